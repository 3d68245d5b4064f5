"""What a reader makes of a file: blocks in the order of reading, before they mean anything.

A reader (``programmes.reading``) only turns a format into blocks; the recogniser
(``programmes.rules.recognise``) turns blocks into a programme. A person's corrections in the
preview are blocks too: the same ones, with a ``role`` or a ``joins`` that the recogniser must
follow.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class BlockKind(StrEnum):
    """What the format itself says that a block is; ``LINE`` when it says nothing."""

    HEADING = "heading"
    BULLET = "bullet"
    PARAGRAPH = "paragraph"
    FOOTNOTE = "footnote"
    ROW = "row"
    LINE = "line"


class Role(StrEnum):
    """What a block is in the programme. On a block: a person's word, stronger than any guess."""

    TITLE = "title"
    CHAPTER = "chapter"
    SECTION = "section"
    GROUP = "group"
    MEASURE = "measure"
    TEXT = "text"
    FOOTNOTE = "footnote"
    EXAMPLE = "example"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One line, paragraph, heading, list item, footnote or table row of a file.

    Attributes:
        number: its place in the file, from 0, without gaps.
        piece: 0, or which part of a block that a person split, from 1.
        kind: what the format says.
        text: without its bullet sign or list number; never blank. Emphasis is kept as
            ``**bold**`` and ``*italic*`` only where the file is plain text or Markdown and wrote
            it so; other formats say it in ``bold``.
        mark: the bullet sign, list or footnote number as it was printed ("-", "►", "3.", "²").
        level: of a heading, 1 is the highest; of a bullet, 0 is the outermost; otherwise 0.
        page: from 1, where the format has pages.
        line: from 1, where the format has lines; of a table row its row.
        gap: white space stands between this block and the one before it.
        bold: all of it is bold.
        size: of its letters, relative to that of the running text of the same file (1.0).
        indent: spaces or ems before it, for formats that say nothing else.
        cells: the cells of a table row, in order; ``text`` is then the non-empty ones joined
            by " | ".
        role: what a person said that it is; ``None``: the recogniser finds out.
        joins: what a person said: ``True`` it goes on with the text of the block before it,
            ``False`` it does not; ``None``: the recogniser finds out.
    """

    number: int
    kind: BlockKind
    text: str
    piece: int = 0
    mark: str = ""
    level: int = 0
    page: int | None = None
    line: int | None = None
    gap: bool = False
    bold: bool = False
    size: float = 1.0
    indent: int = 0
    cells: tuple[str, ...] = ()
    role: Role | None = None
    joins: bool | None = None

    @property
    def key(self) -> str:
        """How other texts point at this block: "12", or "12.2" for a part of one."""
        return f"{self.number}.{self.piece}" if self.piece else str(self.number)


def dump(block: Block) -> dict[str, Any]:
    """Return a block as plain JSON values, without what is at its default."""
    row: dict[str, Any] = {"number": block.number, "kind": block.kind.value, "text": block.text}
    for name, default in _DEFAULTS.items():
        value = getattr(block, name)
        if value != default:
            row[name] = list(value) if isinstance(value, tuple) else value
    return row


def load(row: dict[str, Any]) -> Block:
    """Return the block that ``dump`` wrote.

    Raises:
        KeyError, TypeError, ValueError: it is not one.
    """
    values = dict(row)
    values["kind"] = BlockKind(values["kind"])
    values["cells"] = tuple(values.get("cells", ()))
    if values.get("role") is not None:
        values["role"] = Role(values["role"])
    return Block(**values)


_DEFAULTS: dict[str, Any] = {
    "piece": 0,
    "mark": "",
    "level": 0,
    "page": None,
    "line": None,
    "gap": False,
    "bold": False,
    "size": 1.0,
    "indent": 0,
    "cells": (),
    "role": None,
    "joins": None,
}


def numbered(blocks: list[Block]) -> list[Block]:
    """Return the blocks with ``number`` 0, 1, 2 … in their order."""
    return [replace(block, number=number) for number, block in enumerate(blocks)]
