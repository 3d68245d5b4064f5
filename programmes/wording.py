"""Sentences for what the recogniser says in codes, in the language of the moment."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from programmes.reading.errors import Code
from programmes.reading.sentences import sentence_of
from programmes.rules.document import Doubt, Remark, Why

WHY: dict[Why, str | Promise] = {
    Why.TITLE_PAGE: _("This stands on the title page."),
    Why.COLOPHON: _("This is the colophon: who made it, and where it can be had."),
    Why.CONTENTS: _("This is the table of contents; the chapters themselves were read."),
    Why.RUNNING_HEAD: _("This line stands at the top or bottom of many pages."),
    Why.PAGE_NUMBER: _("This is a page number."),
    Why.LIST_LABEL: _("This line only says what kind of text follows."),
    Why.LONE_MARK: _("This is a bullet without text, where a list went over to the next page."),
    Why.CAPTION: _("These letters stand on or under a picture."),
    Why.SIGNATURE: _("This is who signed."),
    Why.TABLE_HEAD: _("This is the head of a table."),
    Why.RULE: _("This is a line drawn between two parts."),
    Why.BY_HAND: _("Somebody said to leave this out."),
    Why.UNPLACED: _("Nothing tells where this belongs. Have a look at it."),
}

DOUBTS: dict[Doubt, str | Promise] = {
    Doubt.NO_CHAPTERS: _("We found no chapters. Say which lines are the titles of chapters."),
    Doubt.NO_MEASURES: _("We found no measures. Say which lines are measures."),
    Doubt.MEASURES_OF_PROSE: _(
        "This programme has no lists. We took each paragraph that promises something as one "
        "measure. Have a good look at them."
    ),
    Doubt.CHAPTER_WITHOUT_MEASURES: _("No measures were found in the chapter “%(text)s”."),
    Doubt.CHAPTER_NOT_FOUND: _(
        "“%(text)s” stands in the table of contents, but we did not find that chapter."
    ),
    Doubt.FOOTNOTE_WITHOUT_TEXT: _("There is a mark of a footnote here without a note: “%(text)s”"),
    Doubt.FOOTNOTE_WITHOUT_MARK: _("Nothing points at this footnote: “%(text)s”"),
    Doubt.REFERENCE_NOT_FOUND: _("This points at a chapter that we did not find: “%(text)s”"),
    Doubt.TORN_SENTENCE: _("This sentence seems to break off: “%(text)s”"),
    Doubt.LONG_MEASURE: _("This is long for one measure. Are these several? “%(text)s”"),
    Doubt.SAME_TWICE: _("This stands here twice: “%(text)s”"),
}

_LONGEST = 120


def why_words(why: Why | str) -> str:
    """Return the sentence for why a block was left out."""
    return str(WHY[Why(why)])


def remark_words(remark: Remark) -> str:
    """Return the sentence for a doubt, with the beginning of the text that it is about."""
    text = remark.text
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rsplit(" ", 1)[0] + " …"
    return str(DOUBTS[remark.doubt]) % {"text": text}


def refusal_words(code: str) -> str:
    """Return the sentence for why a file could not be read; a strange code gets a general one."""
    try:
        return sentence_of(Code(code))
    except ValueError:
        return _now("This file could not be read.")
