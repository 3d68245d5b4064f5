"""A recognised document as JSON and as lines to read, for the command ``import_programme``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.rules.document import Chapter, Document, LeftOut, Measure, Section
from programmes.wording import remark_words, why_words


def as_json(document: Document) -> dict[str, Any]:
    """Return a document in plain values, for ``json.dumps``.

    ``{"title", "chapters": [{"title", "introduction": [text], "sections": [{"title" or null,
    "introduction": [text], "measures": [{"text", "placeholders": [text], "footnotes": [int],
    "cross_references": [{"chapter", "page" or null}], "group" or null}]}], "footnotes": [{"number",
    "text"}], "examples": [{"title", "text": [text], "links": [url]}]}], "left_out": [{"line" or
    "page", "text", "why"}], "warnings": [text]}``. Of what is left out, the line is given where the
    format has lines, else the page; in a format that has neither, the line is the paragraph's place
    in the file. Reasons and warnings are sentences in the language of the moment.
    """
    return {
        "title": document.title,
        "chapters": [_chapter(chapter) for chapter in document.chapters],
        "left_out": [_left_out(one) for one in document.left_out],
        "warnings": [remark_words(remark) for remark in document.remarks],
    }


def _chapter(chapter: Chapter) -> dict[str, Any]:
    return {
        "title": chapter.title,
        "introduction": [one.text for one in chapter.introduction],
        "sections": [_section(section) for section in chapter.sections],
        "footnotes": [{"number": note.number, "text": note.text} for note in chapter.footnotes],
        "examples": [
            {
                "title": example.title,
                "text": [one.text for one in example.text],
                "links": list(example.links),
            }
            for example in chapter.examples
        ],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "introduction": [one.text for one in section.introduction],
        "measures": [_measure(measure) for measure in section.measures],
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "text": measure.text,
        "placeholders": list(measure.placeholders),
        "footnotes": list(measure.footnotes),
        "cross_references": [
            {"chapter": one.chapter, "page": one.page} for one in measure.cross_references
        ],
        "group": measure.group,
    }


def _left_out(one: LeftOut) -> dict[str, Any]:
    place: dict[str, Any] = {}
    if one.line is not None:
        place["line"] = one.line
    elif one.page is not None:
        place["page"] = one.page
    elif one.sources:
        place["line"] = int(one.sources[0].partition(".")[0]) + 1
    return {**place, "text": one.text, "why": why_words(one.why)}


def summary(document: Document) -> Iterator[str]:
    """Yield lines to read: chapters with their numbers, what was left out by reason, warnings."""
    yield document.title or _("(without a title)")
    yield ""
    width = max((len(chapter.title) for chapter in document.chapters), default=0)
    for chapter in document.chapters:
        yield f"  {chapter.title.ljust(width)}  {_counts(chapter)}"
    yield "  " + ngettext(
        "In all: %(count)s measure.", "In all: %(count)s measures.", document.measure_count
    ) % {"count": document.measure_count}
    yield from _reasons(document)
    if document.remarks:
        yield ""
        yield _("To look at:")
        yield from (f"  {remark_words(remark)}" for remark in document.remarks)


def _counts(chapter: Chapter) -> str:
    measures = sum(len(section.measures) for section in chapter.sections)
    parts = [
        ngettext("%(count)s measure", "%(count)s measures", measures) % {"count": measures},
        ngettext("%(count)s footnote", "%(count)s footnotes", len(chapter.footnotes))
        % {"count": len(chapter.footnotes)},
        ngettext("%(count)s example", "%(count)s examples", len(chapter.examples))
        % {"count": len(chapter.examples)},
    ]
    return ", ".join(
        part
        for part, count in zip(
            parts, (1, len(chapter.footnotes), len(chapter.examples)), strict=True
        )
        if count
    )


def _reasons(document: Document) -> Iterator[str]:
    reasons = Counter(one.why for one in document.left_out)
    if not reasons:
        return
    yield ""
    yield _("Left out:")
    for why, count in reasons.most_common():
        yield f"  {count:>5} × {why_words(why)}"
