"""A recognised document laid out for looking at: a chapter a page, everything an item with a key.

A programme of 130 pages would be one page too heavy for a phone, and a chapter of 5,000 measures
too: so a *leaf* holds one chapter, or a part of a large one. What was left out of the structure
stands on the leaf beside whose text it stood in the file.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from programmes.rules.blocks import Role
from programmes.rules.document import (
    Chapter,
    Document,
    Example,
    LeftOut,
    Passage,
    Reference,
    Section,
)

MOST_ITEMS = 150
"""Items on one leaf."""

Position = tuple[int, int]
_BEFORE_ALL: Position = (-1, 0)


class Fold(StrEnum):
    """What is shown folded, because people skim it."""

    NONE = ""
    TEXT = "text"
    FOOTNOTES = "footnotes"
    EXAMPLE = "example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing of the document, as the preview shows and corrects it.

    Attributes:
        role: what it was taken for.
        text: as recognised.
        sources: keys of the blocks that it was made of; without any it cannot be corrected.
        fold: in which kind of folded list it stands; equal neighbours stand in one.
        number: of a measure, counted over the document from 1; of a footnote, its own.
        level: of a heading, 1 for a chapter; a group is a level below what it stands in.
        footnotes: numbers that a measure refers to.
        placeholders: of a measure, as ``document.Measure`` has them.
        references: of a measure.
        links: of an example.
    """

    role: Role
    text: str
    sources: tuple[str, ...]
    fold: Fold = Fold.NONE
    number: int = 0
    level: int = 0
    footnotes: tuple[int, ...] = ()
    placeholders: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The first of its blocks; empty when it has none."""
        return self.sources[0] if self.sources else ""

    @property
    def anchor(self) -> str:
        """Its name in an address and in a style sheet's selector."""
        return anchor_of(self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Neighbouring items in one fold, or one item that stands free."""

    fold: Fold
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A chapter, or a part of one.

    Attributes:
        number: of the leaf, from 1.
        title: of the chapter; empty only when nothing at all was recognised.
        part: which part of its chapter, from 1, of ``parts``.
        continues: title of the section in which a later part begins, if it has one.
        items: in the order of the structure.
        left_out: what stood between them in the file, in that order.
    """

    number: int
    title: str
    part: int = 1
    parts: int = 1
    continues: str = ""
    items: tuple[Item, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def holders(self) -> list[tuple[str, ...]]:
        """The blocks of each item and each left-out line that has any."""
        every = [item.sources for item in self.items] + [one.sources for one in self.left_out]
        return [sources for sources in every if sources]

    @property
    def measure_count(self) -> int:
        """How many measures stand on it."""
        return sum(item.role is Role.MEASURE for item in self.items)

    @property
    def runs(self) -> list[Run]:
        """Its items, with neighbours of one fold together."""
        found: list[Run] = []
        for fold, several in groupby(self.items, key=lambda item: item.fold):
            items = tuple(several)
            if fold is Fold.NONE:
                found.extend(Run(fold=fold, items=(item,)) for item in items)
            else:
                found.append(Run(fold=fold, items=items))
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """All leaves, and on which one each block of the file is."""

    leaves: tuple[Leaf, ...]
    # Key of a block → index of its leaf, and the key of the item or left-out block that holds it.
    places: Mapping[str, tuple[int, str]]

    def find(self, key: str) -> tuple[int, str] | None:
        """Return the leaf's index and the holder's key for a block, also when it was split since.

        Args:
            key: of a block of the file, now or before a correction; anything else is not found.
        """
        if key in self.places:
            return self.places[key]
        whole = key.partition(".")[0]
        return self.places.get(whole) or self.places.get(f"{whole}.1")


def outline(document: Document) -> Outline:
    """Lay a document out in leaves; there is always at least one."""
    leaves: list[Leaf] = []
    counted = 0
    for chapter in document.chapters:
        items = list(_numbered(_of_chapter(chapter), first=counted + 1))
        counted += sum(item.role is Role.MEASURE for item in items)
        leaves.extend(_cut(chapter.title, items, first=len(leaves) + 1))
    leaves = _with_left_out(leaves or [Leaf(number=1, title="")], document.left_out)
    places: dict[str, tuple[int, str]] = {}
    for index, leaf in enumerate(leaves):
        for sources in leaf.holders:
            places.update(dict.fromkeys(sources, (index, sources[0])))
    return Outline(leaves=tuple(leaves), places=places)


def position(key: str) -> Position:
    """Return where a block stood in the file; "12.2" stands after "12.1"."""
    number, _sign, piece = key.partition(".")
    return int(number), int(piece or 0)


def anchor_of(key: str) -> str:
    """Return a key as the name of a place on the page: "b12-2"."""
    return f"b{key.replace('.', '-')}" if key else ""


def _cut(title: str, items: Sequence[Item], *, first: int) -> Iterator[Leaf]:
    starts = range(0, len(items), MOST_ITEMS)
    section = ""
    for part, at in enumerate(starts, start=1):
        several = tuple(items[at : at + MOST_ITEMS])
        begins = several[0].role in (Role.CHAPTER, Role.SECTION)
        yield Leaf(
            number=first + part - 1,
            title=title,
            part=part,
            parts=len(starts),
            continues="" if begins else section,
            items=several,
        )
        titles = [item.text for item in several if item.role is Role.SECTION]
        section = titles[-1] if titles else section


def _of_chapter(chapter: Chapter) -> Iterator[Item]:
    yield Item(role=Role.CHAPTER, text=chapter.title, sources=chapter.sources, level=1)
    yield from _passages(chapter.introduction)
    for section in chapter.sections:
        yield from _of_section(section)
    for footnote in chapter.footnotes:
        yield Item(
            role=Role.FOOTNOTE,
            text=footnote.text,
            sources=footnote.sources,
            number=footnote.number,
            fold=Fold.FOOTNOTES,
        )
    for example in chapter.examples:
        yield from _of_example(example)


def _of_section(section: Section) -> Iterator[Item]:
    if section.title is not None:
        yield Item(role=Role.SECTION, text=section.title, sources=section.sources, level=2)
    yield from _passages(section.introduction)
    headings = list(section.group_sources)
    group: str | None = None
    for measure in section.measures:
        if measure.group != group:
            group = measure.group
            if group:
                yield Item(
                    role=Role.GROUP,
                    text=group,
                    sources=_taken(headings, before=measure.sources),
                    level=2 if section.title is None else 3,
                )
        yield Item(
            role=Role.MEASURE,
            text=measure.text,
            sources=measure.sources,
            footnotes=measure.footnotes,
            placeholders=measure.placeholders,
            references=measure.cross_references,
        )


def _of_example(example: Example) -> Iterator[Item]:
    yield Item(role=Role.EXAMPLE, text=example.title, sources=example.sources, fold=Fold.EXAMPLE)
    for passage in example.text:
        yield Item(role=Role.TEXT, text=passage.text, sources=passage.sources, fold=Fold.EXAMPLE)
    if example.links:
        yield Item(
            role=Role.TEXT,
            text="",
            sources=example.link_sources,
            links=example.links,
            fold=Fold.EXAMPLE,
        )


def _passages(passages: Sequence[Passage]) -> Iterator[Item]:
    for passage in passages:
        yield Item(role=Role.TEXT, text=passage.text, sources=passage.sources, fold=Fold.TEXT)


def _taken(headings: list[str], *, before: Sequence[str]) -> tuple[str, ...]:
    """Take the blocks of group headings that stand before a measure out of the list."""
    if not before:
        return ()
    limit = position(before[0])
    taken = tuple(key for key in headings if position(key) < limit)
    headings[:] = headings[len(taken) :]
    return taken


def _numbered(items: Iterator[Item], *, first: int) -> Iterator[Item]:
    number = first
    for item in items:
        if item.role is Role.MEASURE:
            yield replace(item, number=number)
            number += 1
        else:
            yield item


def _with_left_out(leaves: list[Leaf], left_out: Sequence[LeftOut]) -> list[Leaf]:
    starts: list[Position] = []
    for leaf in leaves:
        first = min((position(item.key) for item in leaf.items if item.key), default=_BEFORE_ALL)
        starts.append(max(first, starts[-1]) if starts else _BEFORE_ALL)
    beside: list[list[LeftOut]] = [[] for _leaf in leaves]
    for one in left_out:
        at = position(one.sources[0]) if one.sources else _BEFORE_ALL
        beside[max(bisect_right(starts, at) - 1, 0)].append(one)
    return [
        replace(leaf, left_out=tuple(several)) for leaf, several in zip(leaves, beside, strict=True)
    ]
