"""What the readers have in common: blocks under construction, cleaned and measured at the end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from core.characters import clean
from programmes.reading.errors import Code, Unreadable
from programmes.rules import signs
from programmes.rules.blocks import Block, BlockKind

MOST_BLOCKS = 20_000
"""Blocks that a file may have."""

LONGEST_TEXT = 20_000
"""Characters that one block may have."""

MOST_TEXT = 4_000_000
"""Characters that all blocks together may have: some fifteen programmes of 130 pages."""

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# Spaces of a kind of their own, and characters without width, read as in plain text.
_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2007"), " ")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060"), None)
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011"), "-")
_PLAIN = {**_SPACES, **_INVISIBLE, **_HYPHENS}
_SYMBOLS = re.compile("[\ue000-\uf8ff]")
# What the symbol fonts (Symbol, Wingdings) draw in the places that lists use.
_SYMBOL_SIGNS = {
    "\uf0a7": "▪",
    "\uf06e": "■",
    "\uf071": "□",
    "\uf0d8": "➢",
    "\uf0e0": "→",
    "\uf0fc": "✓",
    "\uf02d": "-",
    "\uf02a": "*",
}


@dataclass(slots=True, kw_only=True)
class Draft:
    """A block under construction; ``points`` is the size of its letters, where that is known."""

    kind: BlockKind
    text: str
    mark: str = ""
    level: int = 0
    page: int | None = None
    line: int | None = None
    gap: bool = False
    bold: bool = False
    points: float | None = None
    indent: int = 0
    cells: tuple[str, ...] = ()


def readable(text: str, *, many_lines: bool = False) -> str:
    """Return a text as it may be stored, without the characters that cannot be kept."""
    return clean(_UNSTORABLE.sub("", text).translate(_PLAIN), many_lines=many_lines)


def sign(text: str) -> str:
    """Return a bullet sign as people see it: those of symbol fonts as their common likeness."""
    return _SYMBOLS.sub(lambda match: _SYMBOL_SIGNS.get(match[0], "•"), text)


def typed_sign(text: str) -> signs.Sign | None:
    """Split a typed bullet sign or list number off, as in plain text; ``None`` without one."""
    return signs.bullet(text) or signs.number(text)


def as_typed(draft: Draft) -> Iterator[Draft]:
    """Yield a paragraph of which the format says nothing: list signs and line ends as in text."""
    lines = [line.strip() for line in draft.text.split("\n") if line.strip()]
    if not lines:
        yield draft
        return
    for at, line in enumerate(lines):
        typed = typed_sign(line)
        whole = BlockKind.PARAGRAPH if len(lines) == 1 else BlockKind.LINE
        yield replace(
            draft,
            kind=BlockKind.BULLET if typed else whole,
            text=typed.text if typed else line,
            mark=typed.mark if typed else "",
            gap=draft.gap and not at,
        )


def table_row(cells: list[list[Draft]], *, line: int) -> Iterator[Draft]:
    """Yield the row that these cells make, and after it the footnotes that stood in them.

    Args:
        cells: the blocks of each cell.
        line: which row of its table it is, from 1.
    """
    texts = [[one for one in cell if one.kind is not BlockKind.FOOTNOTE] for cell in cells]
    shown = tuple(" ".join(one.text for one in cell) for cell in texts)
    yield Draft(
        kind=BlockKind.ROW,
        text=" | ".join(filter(None, shown)),
        cells=shown,
        line=line,
        gap=line == 1,
        bold=all(one.bold for cell in texts for one in cell if one.text.strip()),
    )
    for cell in cells:
        yield from (one for one in cell if one.kind is BlockKind.FOOTNOTE)


def superscript(text: str) -> str:
    """Return digits as superscript digits, anything else as it is."""
    return text.translate(SUPERSCRIPTS) if text.strip().isdecimal() else text


def finished(drafts: Iterable[Draft]) -> list[Block]:
    """Return clean, numbered blocks; an empty draft leaves a gap before the next one.

    Raises:
        Unreadable: there are too many, one is too long, or all are empty.
    """
    kept: list[Draft] = []
    gap = False
    total = 0
    for draft in drafts:
        cells = tuple(readable(cell) for cell in draft.cells)
        text = " | ".join(filter(None, cells)) if cells else readable(draft.text)
        if not text:
            gap = True
            continue
        total += len(text)
        if len(text) > LONGEST_TEXT:
            raise Unreadable(Code.TOO_LONG_BLOCK)
        kept.append(replace(draft, text=text, cells=cells, gap=(draft.gap or gap) and bool(kept)))
        if len(kept) > MOST_BLOCKS or total > MOST_TEXT:
            raise Unreadable(Code.TOO_MANY_BLOCKS)
        gap = False
    if not kept:
        raise Unreadable(Code.NOTHING_IN_IT)
    running = running_size(kept)
    return [
        Block(
            number=number,
            kind=draft.kind,
            text=draft.text,
            mark=readable(sign(draft.mark))[:20],
            level=draft.level,
            page=draft.page,
            line=draft.line,
            gap=draft.gap,
            bold=draft.bold,
            size=round(draft.points / running, 2) if draft.points and running else 1.0,
            indent=draft.indent,
            cells=draft.cells,
        )
        for number, draft in enumerate(kept)
    ]


def running_size(drafts: Iterable[Draft]) -> float:
    """Return the size in points that most letters have outside headings and footnotes; or 0."""
    sizes: Counter[float] = Counter()
    for draft in drafts:
        if draft.points and draft.kind not in {BlockKind.HEADING, BlockKind.FOOTNOTE}:
            sizes[draft.points] += len(draft.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
