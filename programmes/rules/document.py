"""A programme document as structure, and the JSON that the command prints of it.

Everything carries the keys of the blocks it was made of (``sources``), so that the preview can
stand beside the file and a test can show that nothing disappeared: every block of the file is a
source of exactly one thing here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Why(StrEnum):
    """Why a block is left out of the structure."""

    TITLE_PAGE = "title_page"
    COLOPHON = "colophon"
    CONTENTS = "contents"
    RUNNING_HEAD = "running_head"
    PAGE_NUMBER = "page_number"
    LIST_LABEL = "list_label"  # "Onze keuzes" and the like: says what kind of text follows
    LONE_MARK = "lone_mark"  # a bullet sign without text, where a list broke over pages
    CAPTION = "caption"  # letters on or under a picture
    SIGNATURE = "signature"
    TABLE_HEAD = "table_head"
    RULE = "rule"  # a line of dashes or stars
    BY_HAND = "by_hand"  # a person said so
    UNPLACED = "unplaced"  # nothing tells where it belongs


class Doubt(StrEnum):
    """What a person should look at; the words are in ``programmes.wording``."""

    NO_CHAPTERS = "no_chapters"
    NO_MEASURES = "no_measures"
    MEASURES_OF_PROSE = "measures_of_prose"  # no list anywhere: paragraphs that promise
    CHAPTER_WITHOUT_MEASURES = "chapter_without_measures"
    CHAPTER_NOT_FOUND = "chapter_not_found"  # named in the contents, not met in the text
    FOOTNOTE_WITHOUT_TEXT = "footnote_without_text"
    FOOTNOTE_WITHOUT_MARK = "footnote_without_mark"
    REFERENCE_NOT_FOUND = "reference_not_found"
    TORN_SENTENCE = "torn_sentence"  # ends without a full stop and nothing was found to go on
    LONG_MEASURE = "long_measure"
    SAME_TWICE = "same_twice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph of text."""

    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A pointer to another chapter; ``chapter`` is its title as this document writes it there."""

    chapter: str
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One thing that the programme promises.

    ``text`` is joined over line and page breaks, without bullet, footnote marks or emphasis signs.
    ``placeholders`` are the places to fill in as they stand in the text ("[...]", "[plaatsnaam]"),
    in order, repeated as often as they occur. ``group`` is the heading between a section's title
    and this list ("Binnen de bebouwde kom"), also for variants.
    """

    text: str
    placeholders: tuple[str, ...] = ()
    footnotes: tuple[int, ...] = ()
    cross_references: tuple[Reference, ...] = ()
    group: str | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a chapter. ``title`` is ``None`` for what stands before the first heading in it.

    ``sources`` are those of the title; ``group_sources`` those of the headings of groups.
    """

    title: str | None
    introduction: tuple[Passage, ...] = ()
    measures: tuple[Measure, ...] = ()
    sources: tuple[str, ...] = ()
    group_sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """A note; its number counts within its chapter."""

    number: int
    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A good example from elsewhere. ``links`` are whole addresses, joined over line breaks.

    A block that holds text and a link is a source of the passage; a block with links alone is in
    ``link_sources``.
    """

    title: str
    text: tuple[Passage, ...] = ()
    links: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    link_sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter. A foreword and a chapter of advice are chapters without measures."""

    title: str
    introduction: tuple[Passage, ...] = ()
    sections: tuple[Section, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    examples: tuple[Example, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A block that is not in the structure, and why not."""

    text: str
    why: Why
    page: int | None = None
    line: int | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something to look at: what, where (a block's key, or empty), and the text it is about."""

    doubt: Doubt
    text: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole programme."""

    title: str
    chapters: tuple[Chapter, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    remarks: tuple[Remark, ...] = field(default=())
    title_sources: tuple[str, ...] = ()

    @property
    def measure_count(self) -> int:
        """How many measures it has."""
        return sum(
            len(section.measures) for chapter in self.chapters for section in chapter.sections
        )
