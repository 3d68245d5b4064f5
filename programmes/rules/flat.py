"""A document as rows for tables: chapters, sections, measures and the rest, each pointing by place.

Pure. Where the structure says more than the recogniser looked for, it is added here: which measures
are variants of one another (R6), what a footnote tells the next writer (R75), of which municipality
an example is (R43), and to which chapter a reference points (R50).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from programmes.rules.document import Chapter, Document, Measure, Section
from programmes.rules.plain import plain

# "Variant A:", "Optie 2 -", "Keuze B." before the text of a measure.
_VARIANT: Final = re.compile(
    r"(?:variant|optie|keuze|option)\s+(?:[A-Za-z]|\d{1,2})\s*[:.)–—-]", re.IGNORECASE
)
# A heading over a list that says that its items are variants.
_VARIANTS: Final = re.compile(
    r"\b(?:varianten|opties|kies (?:een|één|uit)|variants|options)\b", re.IGNORECASE
)
# A footnote that speaks to whoever writes: "Benoem hier …", "Alternatieve formulering …".
_TO_WRITERS: Final = re.compile(
    r"(?:benoem|noem|kies|vul|geef (?:hier|aan)|schrijf|pas (?:dit|deze|hier)|maak een keuze|bepaal"
    r"|let op|alternatie(?:f|ve) (?:formulering|tekst)|andere formulering"
    r"|(?:noot|opmerking|aantekening) voor)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatChapter:
    """A chapter; its place in ``Flat.chapters`` is its position."""

    title: str
    introduction: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatSection:
    """A section; ``chapter`` is a place in ``Flat.chapters``, ``position`` counts within it."""

    chapter: int
    position: int
    title: str
    introduction: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatReference:
    """A pointer to a chapter: ``target`` is a place in ``Flat.chapters``, ``None`` when dead."""

    title: str
    page: int | None
    target: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatMeasure:
    """A measure; its place in ``Flat.measures``, from 1, is its number."""

    section: int
    text: str
    group: str
    placeholders: tuple[str, ...]
    footnotes: tuple[int, ...]
    author_note: str
    variant_set: int
    references: tuple[FlatReference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatFootnote:
    """A footnote of the chapter at that place."""

    chapter: int
    position: int
    number: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatExample:
    """An example of the chapter at that place."""

    chapter: int
    position: int
    title: str
    municipality: str
    text: tuple[str, ...]
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flat:
    """A whole document as rows, in the order of reading."""

    chapters: tuple[FlatChapter, ...]
    sections: tuple[FlatSection, ...]
    measures: tuple[FlatMeasure, ...]
    footnotes: tuple[FlatFootnote, ...]
    examples: tuple[FlatExample, ...]


def flatten(document: Document, *, place_of: Callable[[str, str], str]) -> Flat:
    """Return a document as rows.

    Args:
        document: as it was recognised.
        place_of: given an example's title and its text, the municipality that it is of, or "".
    """
    titles = _Titles(document)
    sections: list[FlatSection] = []
    measures: list[FlatMeasure] = []
    sets = 0
    for at, chapter in enumerate(document.chapters):
        notes = {note.number: note.text for note in chapter.footnotes}
        for position, section in enumerate(chapter.sections):
            sections.append(
                FlatSection(
                    chapter=at,
                    position=position,
                    title=section.title or "",
                    introduction=tuple(one.text for one in section.introduction),
                )
            )
            variants, sets = _variants(section, sets)
            measures += [
                _measure(measure, len(sections) - 1, variant, notes, titles)
                for measure, variant in zip(section.measures, variants, strict=True)
            ]
    return Flat(
        chapters=tuple(
            FlatChapter(
                title=chapter.title,
                introduction=tuple(one.text for one in chapter.introduction),
            )
            for chapter in document.chapters
        ),
        sections=tuple(sections),
        measures=tuple(measures),
        footnotes=tuple(
            FlatFootnote(chapter=at, position=position, number=note.number, text=note.text)
            for at, chapter in enumerate(document.chapters)
            for position, note in enumerate(chapter.footnotes)
        ),
        examples=tuple(
            found
            for at, chapter in enumerate(document.chapters)
            for found in _examples(chapter, at, place_of)
        ),
    )


def _measure(
    measure: Measure, section: int, variant: int, notes: dict[int, str], titles: _Titles
) -> FlatMeasure:
    to_writers = [
        notes[number]
        for number in measure.footnotes
        if number in notes and _TO_WRITERS.match(notes[number])
    ]
    return FlatMeasure(
        section=section,
        text=measure.text,
        group=measure.group or "",
        placeholders=measure.placeholders,
        footnotes=measure.footnotes,
        author_note="\n".join(to_writers),
        variant_set=variant,
        references=tuple(
            FlatReference(title=one.chapter, page=one.page, target=titles.find(one.chapter))
            for one in measure.cross_references
        ),
    )


def _variants(section: Section, sets: int) -> tuple[list[int], int]:
    """Return the variant set of each measure, 0 for none, and the highest set given out."""
    found: list[int] = []
    before: tuple[bool, str | None] = (False, None)
    for measure in section.measures:
        group = measure.group if measure.group and _VARIANTS.search(measure.group) else None
        is_variant = group is not None or _VARIANT.match(measure.text) is not None
        if is_variant and before != (True, group):
            sets += 1
        found.append(sets if is_variant else 0)
        before = (is_variant, group)
    # One variant alone is none.
    return [one if found.count(one) > 1 else 0 for one in found], sets


def _examples(chapter: Chapter, at: int, place_of: Callable[[str, str], str]) -> list[FlatExample]:
    return [
        FlatExample(
            chapter=at,
            position=position,
            title=example.title,
            municipality=place_of(example.title, " ".join(one.text for one in example.text)),
            text=tuple(one.text for one in example.text),
            links=example.links,
        )
        for position, example in enumerate(chapter.examples)
    ]


class _Titles:
    """The titles of a document's chapters, to find the one that a reference means."""

    def __init__(self, document: Document) -> None:
        self._places: dict[str, int] = {}
        for at, chapter in enumerate(document.chapters):
            self._places.setdefault(_bare(chapter.title), at)

    def find(self, title: str) -> int | None:
        """Return the place of the chapter with this title, or with one that goes on after it."""
        wanted = _bare(title)
        if wanted in self._places:
            return self._places[wanted]
        near = [
            at
            for known, at in self._places.items()
            if wanted and (known.startswith(f"{wanted} ") or wanted.startswith(f"{known} "))
        ]
        return near[0] if len(near) == 1 else None


def _bare(title: str) -> str:
    """Return a title to compare with: plain, without "Hoofdstuk 3" or "3." before it."""
    return re.sub(r"^(?:hoofdstuk )?(?:\d{1,3} )?", "", plain(title)) or plain(title)
