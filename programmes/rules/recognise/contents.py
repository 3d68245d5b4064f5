"""The table of contents: which headings it names, and where they stand in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from programmes.rules import signs
from programmes.rules.document import Why
from programmes.rules.recognise import language
from programmes.rules.recognise.units import MOST_TITLE_WORDS, Shape, Unit, bare, words

_PAGED = re.compile(r"(?P<title>.*?\S)(?:\s*[.…·_]{2,}\s*|\t\s*|\s{2,}|\s+)(?P<page>\d{1,3})")
_DOTTED = re.compile(r"[.…·_]{3,}")
_SHORTEST_LIST: Final = 4
_LOOKAHEAD: Final = 400
_LONGEST_TITLE: Final = 160
_WIDE: Final = 3
_LARGE: Final = 1.15


@dataclass(slots=True)
class Entry:
    """A line of the table of contents; ``level`` is 0 for a chapter."""

    title: str
    key: str
    level: int
    unit: Unit
    found: bool = False


@dataclass(slots=True)
class Contents:
    """The entries in order; empty for a document without a table of contents."""

    entries: list[Entry] = field(default_factory=list)

    @property
    def chapters_found(self) -> int:
        """How many entries of the highest level were met in the text."""
        return sum(entry.found for entry in self.entries if entry.level == 0)


def find_contents(units: list[Unit]) -> Contents:
    """Find the table of contents, leave its lines out, and mark the headings it names.

    It stands under "Inhoud" and the like, or is a run of lines that end on rising page numbers.
    It ends where a line is no entry any more, or repeats the first one: there the text begins.
    """
    start = _start(units)
    if start is None:
        return Contents()
    label, first = start
    contents = Contents()
    end = _collect(units, first, contents)
    if not contents.entries:
        return Contents()
    for unit in units[label:end]:
        if unit.shape is not Shape.OUT and unit.role is None:
            unit.drop(Why.CONTENTS)
    _levels(contents)
    _place(units, range(end, len(units)), contents)
    if not any(entry.found for entry in contents.entries):
        _place(units, range(label), contents)  # a table at the end of the document
    return contents


def _start(units: list[Unit]) -> tuple[int, int] | None:
    for index, unit in enumerate(units):
        if unit.shape in {Shape.TEXT, Shape.HEADING} and unit.role is None:
            text = unit.text
            if len(text) < _LONGEST_TITLE and language.key(text) in language.CONTENTS:
                return index, index + 1
    run = 0
    page = -1
    for index, unit in enumerate(units):
        if unit.shape is Shape.OUT:
            continue
        match = _entry(unit)
        if match is not None and match[1] is not None and match[1] >= page:
            run, page = run + 1, match[1]
            if run >= _SHORTEST_LIST:
                return _first_of_run(units, index, run), _first_of_run(units, index, run)
        else:
            run, page = 0, -1
    return None


def _first_of_run(units: list[Unit], index: int, run: int) -> int:
    while run > 1:
        index -= 1
        run -= units[index].shape is not Shape.OUT
    return index


def _entry(unit: Unit) -> tuple[str, int | None] | None:
    """Return title and page of what may be a line of a table of contents."""
    if unit.shape in {Shape.NOTE, Shape.ROW} or unit.role is not None:
        return None
    text = unit.text
    if len(text) > _LONGEST_TITLE:
        return None
    match = _PAGED.fullmatch(text)
    if match is not None:
        return _DOTTED.sub("", match["title"]).strip(), int(match["page"])
    plain = _DOTTED.sub("", bare(text)).strip()
    if plain and words(plain) <= MOST_TITLE_WORDS and plain[-1] not in ".!?;:,":
        return plain, None
    return None


def _collect(units: list[Unit], first: int, contents: Contents) -> int:
    """Fill the entries; return the index of the first unit after the table."""
    seen: set[str] = set()
    any_page = _any_page(units, first)
    index = first
    while index < min(len(units), first + _LOOKAHEAD):
        unit = units[index]
        if unit.shape is Shape.OUT:
            index += 1
            continue
        entry = _entry(unit)
        if entry is None:
            break
        title, page = entry
        key = language.key(title)
        if page is None and title.isdigit():  # a page number on a line of its own
            index += 1
            continue
        if page is None and (key in seen or (any_page and unit.shape is Shape.HEADING)):
            break
        if page is None and any_page and not _goes_on(units, index):
            break
        if key:
            seen.add(key)
            contents.entries.append(Entry(title, key, 0, unit))
        index += 1
    if not any_page:
        return _bare_end(units, first, index, contents)
    return index


def _any_page(units: list[Unit], first: int) -> bool:
    """Say whether most of the first lines name a page."""
    looked = [_entry(unit) for unit in units[first : first + _SHORTEST_LIST]]
    return sum(entry is not None and entry[1] is not None for entry in looked) * 2 > len(looked)


def _goes_on(units: list[Unit], index: int) -> bool:
    """Say whether one of the next lines names a page again: this one is an entry cut in two."""
    ahead = (_entry(unit) for unit in units[index + 1 : index + 3])
    return any(entry is not None and entry[1] is not None for entry in ahead)


def _bare_end(units: list[Unit], first: int, end: int, contents: Contents) -> int:
    """A table without pages ends where its first heading comes back; without that it is none."""
    keys = {entry.key for entry in contents.entries}
    for unit in units[end : end + _LOOKAHEAD]:
        shaped = unit.shape in {Shape.TEXT, Shape.HEADING, Shape.BULLET}
        if shaped and len(unit.text) < _LONGEST_TITLE and language.key(unit.text) in keys:
            return end
    contents.entries.clear()
    return first


def _levels(contents: Contents) -> None:
    """Give each entry its level: by its number, or by its indent where there are two."""
    depths = [signs.depth(entry.unit.number or entry.unit.mark) for entry in contents.entries]
    if len({depth for depth in depths if depth}) > 1:
        for entry, depth in zip(contents.entries, depths, strict=True):
            entry.level = max(0, depth - 1)
        return
    indents = [entry.unit.first.indent for entry in contents.entries]
    lowest = min(indents)
    if 1 < indents.count(lowest) < len(indents):
        for entry, indent in zip(contents.entries, indents, strict=True):
            entry.level = int(indent > lowest)


def _place(units: list[Unit], where: range, contents: Contents) -> None:
    """Mark the units that are the named headings: the most that keep the order of the table."""
    places: dict[str, list[int]] = {}
    for place, entry in enumerate(contents.entries):
        places.setdefault(entry.key, []).append(place)
    longest = max(len(key) for key in places)
    candidates: list[tuple[int, int, int]] = []
    previous: Unit | None = None
    for index in where:
        unit = units[index]
        if unit.shape is Shape.OUT or unit.shape is Shape.ROW:
            previous = unit
            continue
        text = unit.text
        if len(text) <= longest + 40:
            key = language.key(text)
            if key not in places:
                key = _over_two_lines(units, index, key, places)
            weight = 8 + _look(unit, previous)
            candidates.extend((index, place, weight) for place in reversed(places.get(key, ())))
        previous = unit
    for index, place in _best(candidates, len(contents.entries)):
        unit = units[index]
        _absorb(units, index, contents.entries[place].key)
        unit.entry = place
        if unit.shape is Shape.BULLET and unit.role is None:
            unit.shape = Shape.TEXT
        contents.entries[place].found = True


def _over_two_lines(units: list[Unit], index: int, key: str, places: dict[str, list[int]]) -> str:
    if (
        key
        and units[index].role is None
        and index + 1 < len(units)
        and units[index + 1].shape in {Shape.TEXT, Shape.HEADING}
        and units[index + 1].role is None
        and units[index + 1].first.joins is None
    ):
        both = f"{key} {language.key(units[index + 1].text[:_LONGEST_TITLE])}"
        if both in places:
            return both
    return key


def _absorb(units: list[Unit], index: int, key: str) -> None:
    """Take the second line of a heading into the first."""
    unit = units[index]
    if language.key(unit.text) != key and index + 1 < len(units):
        second = units[index + 1]
        unit.put([unit.text, " ", second.text])
        unit.blocks += second.blocks
        second.blocks = []
        second.shape = Shape.OUT


def _look(unit: Unit, previous: Unit | None) -> int:
    """Return how much a unit looks like a chapter's heading, 0 to 4."""
    block = unit.first
    look = 2 * (unit.shape is Shape.HEADING) + (unit.bold or block.size > _LARGE)
    if previous is not None and previous.blocks:
        before = previous.last
        if block.page != before.page:
            look += 1
        elif block.line is not None and before.line is not None:
            look += block.line - before.line >= _WIDE
    return min(look, 4)


def _best(candidates: list[tuple[int, int, int]], count: int) -> list[tuple[int, int]]:
    """Return the (unit, entry) pairs of the heaviest rising sequence.

    Candidates are (unit, entry, weight), in the order of the units and, for one unit, of falling
    entries. A tree of maxima over the entries keeps it at n log n.
    """
    tree: list[tuple[int, int]] = [(0, -1)] * (count + 1)
    back: list[int] = []
    best = (0, -1)
    for number, (_, place, weight) in enumerate(candidates):
        total, before = 0, -1
        node = place  # entries 0 … place-1
        while node:
            if tree[node][0] > total:
                total, before = tree[node]
            node -= node & -node
        back.append(before)
        here = (total + weight, number)
        if here[0] > best[0]:
            best = here
        node = place + 1
        while node <= count:
            if here[0] > tree[node][0]:
                tree[node] = here
            node += node & -node
    chosen: list[tuple[int, int]] = []
    number = best[1]
    while number >= 0:
        chosen.append(candidates[number][:2])
        number = back[number]
    return chosen[::-1]
