"""Helpers for tests of the recogniser: read, check that nothing disappeared, and look."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import dedent

from programmes.reading.text import read_text
from programmes.rules.blocks import Block, BlockKind, numbered
from programmes.rules.document import Chapter, Document, Section, Why
from programmes.rules.recognise import recognise
from tests.conservation import missing


def understood(blocks: Iterable[Block], *, name: str = "") -> Document:
    """Recognise blocks, and insist that every one of them is in the document once."""
    kept = list(blocks)
    document = recognise(kept, name=name)
    assert missing(kept, document) == []
    return document


def understood_text(text: str, *, name: str = "") -> Document:
    """Recognise a plain text, written indented in a test."""
    return understood(read_text(dedent(text).encode()), name=name)


def block(text: str, kind: BlockKind = BlockKind.PARAGRAPH, **values: object) -> Block:
    """Return a block whose number is still to be given by ``understood_blocks``."""
    return Block(number=0, kind=kind, text=text, **values)  # type: ignore[arg-type]


def understood_blocks(*blocks: Block, name: str = "") -> Document:
    """Recognise blocks after numbering them in order."""
    return understood(numbered(list(blocks)), name=name)


def outline(document: Document) -> list[tuple[str, list[tuple[str | None, list[str]]]]]:
    """Return chapters, their sections, and the texts of their measures."""
    return [
        (
            chapter.title,
            [
                (section.title, [measure.text for measure in section.measures])
                for section in chapter.sections
            ],
        )
        for chapter in document.chapters
    ]


def chapter_of(document: Document, title: str) -> Chapter:
    """Return the chapter of that title."""
    return next(chapter for chapter in document.chapters if chapter.title == title)


def section_of(document: Document, title: str | None) -> Section:
    """Return the first section of that title."""
    return next(
        section
        for chapter in document.chapters
        for section in chapter.sections
        if section.title == title
    )


def measures(document: Document) -> list[str]:
    """Return the texts of all measures."""
    return [
        measure.text
        for chapter in document.chapters
        for section in chapter.sections
        for measure in section.measures
    ]


def left(document: Document, why: Why) -> list[str]:
    """Return the texts that were left out for that reason."""
    return [item.text for item in document.left_out if item.why is why]
