"""The sentences of the page on which a file is looked at and corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programmes.models import ProgrammeImport
from programmes.rules.blocks import Role
from programmes.rules.document import Document

ROLE_NAMES: Mapping[Role, Promise] = {
    Role.TITLE: gettext_lazy("the title of the document"),
    Role.CHAPTER: gettext_lazy("the heading of a chapter"),
    Role.SECTION: gettext_lazy("the heading of a section"),
    Role.GROUP: gettext_lazy("a heading above a list"),
    Role.MEASURE: gettext_lazy("a measure"),
    Role.TEXT: gettext_lazy("ordinary text"),
    Role.FOOTNOTE: gettext_lazy("a footnote"),
    Role.EXAMPLE: gettext_lazy("the title of an example"),
    Role.LEFT_OUT: gettext_lazy("left out"),
}
"""What a block is, to finish the sentence "this is …"."""

ROLE_BUTTONS: Mapping[Role, Promise] = {
    Role.CHAPTER: gettext_lazy("Heading of a chapter"),
    Role.SECTION: gettext_lazy("Heading of a section"),
    Role.GROUP: gettext_lazy("Heading above a list"),
    Role.MEASURE: gettext_lazy("A measure"),
    Role.TEXT: gettext_lazy("Ordinary text"),
    Role.FOOTNOTE: gettext_lazy("A footnote"),
    Role.EXAMPLE: gettext_lazy("Title of an example"),
    Role.LEFT_OUT: gettext_lazy("Leave it out"),
}
"""The same on a button, after "What is it then?"."""

_EXCERPT = 60


def totals(document: Document) -> str:
    """Count what was recognised, in one line: "14 chapters, 612 measures, 34 lines left out"."""
    return ", ".join(
        (
            count_chapters(len(document.chapters)),
            count_measures(document.measure_count),
            count_left_out(len(document.left_out)),
        )
    )


def count_chapters(count: int) -> str:
    """Say how many chapters."""
    return ngettext("%(count)s chapter", "%(count)s chapters", count) % {"count": count}


def count_measures(count: int) -> str:
    """Say how many measures."""
    return ngettext("%(count)s measure", "%(count)s measures", count) % {"count": count}


def count_left_out(count: int) -> str:
    """Say how many lines were left out."""
    return ngettext("%(count)s line left out", "%(count)s lines left out", count) % {"count": count}


def last_correction(row: ProgrammeImport) -> str:
    """Tell the last thing that somebody corrected; empty when nobody did."""
    if not row.corrections:
        return ""
    return correction_words(row.corrections[-1], row.blocks)


def correction_words(correction: Mapping[str, Any], blocks: Sequence[Mapping[str, Any]]) -> str:
    """Tell one correction in a sentence.

    Args:
        correction: as ``programmes.rules.corrections`` stores it.
        blocks: of the file, dumped; to quote from.
    """
    names = {"text": _quoted(str(correction.get("block", "")), blocks)}
    match correction.get("op"):
        case "role":
            role = Role(correction["role"])
            if role is Role.LEFT_OUT:
                return _("“%(text)s” is left out.") % names
            return _("“%(text)s” is now: %(role)s.") % (names | {"role": ROLE_NAMES[role]})
        case "join":
            return _("“%(text)s” now goes on with what stands above it.") % names
        case "apart":
            return _("“%(text)s” now stands by itself.") % names
        case _:
            return _("“%(text)s” is cut in two.") % names


def _quoted(key: str, blocks: Sequence[Mapping[str, Any]]) -> str:
    """Quote the beginning of a block; of a part of one, that of the whole."""
    number = key.partition(".")[0]
    for block in blocks:
        if str(block["number"]) == number:
            text = str(block["text"])
            return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT].rsplit(' ', 1)[0]} …"
    return key
