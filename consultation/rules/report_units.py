"""Blocks of a file as the lines of a report: heading, item, text, or nothing. Pure.

Levels of headings in reports are not to be trusted: people type "#" before items of a list, and
take the level that looks right. So a heading is only what something stands under.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from typing import Final

from consultation.rules import report_lines as lines
from consultation.rules.report_parts import Passage, Why
from programmes.rules import signs
from programmes.rules.blocks import Block, BlockKind

BOLD_LEVEL: Final = 90
"""A bold line as heading: under every real one."""

_TORN: Final = 40  # characters: what is shorter is a line of its own, not a torn one
_WIDEST: Final = 110
_FULL: Final = 0.72
_LONGEST: Final = 15_000
_TWO: Final = 2
_AND_OR: Final = ("en ", "of ", "and ", "or ")


class Shape(Enum):
    """What a line is by its looks."""

    HEAD = auto()
    ITEM = auto()
    TEXT = auto()
    OUT = auto()


@dataclass(slots=True)
class Unit:
    """One or more blocks that are one thing."""

    shape: Shape
    text: str
    sources: tuple[str, ...]
    last: Block
    level: int = 0
    why: Why = Why.SIGN

    @property
    def passage(self) -> Passage:
        """Its text with where it came from."""
        return Passage(self.text, self.sources)


def units_of(blocks: Sequence[Block]) -> list[Unit]:
    """Return the lines of a report in their order, torn sentences made whole; linear time."""
    item_levels = _levels_of_items(blocks)
    width = _width(blocks)
    result: list[Unit] = []
    for block in blocks:
        unit = _unit(block, item_levels)
        before = result[-1] if result else None
        if before is not None and unit.shape is Shape.TEXT and _goes_on(before, block, width):
            _append(before, unit)
        else:
            result.append(unit)
    return result


def _unit(block: Block, item_levels: frozenset[int]) -> Unit:
    shape, why, level = _shape(block, item_levels)
    if shape is Shape.HEAD:
        text = lines.heading_text(block.text)
    else:
        text = lines.without_emphasis(lines.without_sign(block.text)) or block.text
    return Unit(shape, text, (block.key,), block, level=level, why=why)


def _shape(block: Block, item_levels: frozenset[int]) -> tuple[Shape, Why, int]:
    text = block.text
    if block.kind is BlockKind.FOOTNOTE:
        return Shape.OUT, Why.FOOTNOTE, 0
    if not lines.has_words(text):
        return Shape.OUT, Why.SIGN, 0
    if block.kind is BlockKind.HEADING:
        if block.level in item_levels:
            return Shape.ITEM, Why.SIGN, 0
        fits = len(text) <= lines.LONGEST_HEADING
        return (Shape.HEAD if fits else Shape.TEXT), Why.SIGN, block.level
    if _is_typed_heading(block):
        return Shape.HEAD, Why.SIGN, BOLD_LEVEL
    is_item = block.kind in {BlockKind.BULLET, BlockKind.ROW}
    return (Shape.ITEM if is_item else Shape.TEXT), Why.SIGN, 0


def _is_typed_heading(block: Block) -> bool:
    """Tell whether a line that the format calls no heading is one to who reads it."""
    if block.kind is BlockKind.ROW:
        return False
    text = block.text
    if lines.looks_like_session(text):
        return block.kind is not BlockKind.BULLET or signs.depth(block.mark) == 1
    if block.kind is BlockKind.BULLET:
        return False
    if lines.is_closing(text):
        return True
    emphasised = block.bold or lines.is_all_emphasis(text)
    bare = lines.heading_text(text)
    # "**Let op!**" is no heading; "**Wonen:**" is.
    return emphasised and len(bare) <= lines.LONGEST_HEADING and not lines.is_ended(bare)


def _levels_of_items(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the levels of "headings" that are items of lists.

    Nothing stands under most of them, and they themselves stand right under a heading of a lower
    rank, which no outline does.
    """
    counts: Counter[int] = Counter()
    bare: Counter[int] = Counter()
    under_lower: set[int] = set()
    there = [block for block in blocks if lines.has_words(block.text)]
    for block, after in [*pairwise(there), *((one, None) for one in there[-1:])]:
        if block.kind is not BlockKind.HEADING:
            continue
        counts[block.level] += 1
        bare[block.level] += after is None or after.kind is BlockKind.HEADING
        if after is not None and after.kind is BlockKind.HEADING and after.level < block.level:
            under_lower.add(after.level)
    return frozenset(
        level
        for level, count in counts.items()
        if level in under_lower and count >= _TWO and bare[level] * 2 > count
    )


def _width(blocks: Sequence[Block]) -> int | None:
    """Return how wide the lines of a wrapped text are; None: its lines are not wrapped."""
    longest = max((len(b.text) for b in blocks if b.kind is BlockKind.LINE), default=0)
    return longest if _TORN <= longest <= _WIDEST else None


def _goes_on(before: Unit, block: Block, width: int | None) -> bool:
    """Tell whether a block goes on with what stands before it."""
    if before.shape not in {Shape.TEXT, Shape.ITEM} or lines.is_label(before.text):
        return False
    if len(before.text) + len(block.text) > _LONGEST:
        return False
    last, text = before.last.text, block.text
    torn = len(last) >= _TORN and not lines.is_ended(last) and not last.endswith("?")
    if torn and lines.starts_small(text):
        return True
    if block.gap or block.kind is not BlockKind.LINE:
        return False
    if block.indent > before.last.indent and before.shape is Shape.ITEM:
        return True
    return width is not None and len(last) >= _FULL * width


def _append(unit: Unit, more: Unit) -> None:
    text, rest = unit.text, more.text
    if text.endswith("-") and text[-2:-1].isalpha() and not rest.startswith(_AND_OR):
        unit.text = f"{text[:-1]}{rest}"
    else:
        unit.text = f"{text} {rest}"
    unit.sources += more.sources
    unit.last = more.last
