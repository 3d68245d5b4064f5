"""Units that may be headings, and how heavy each looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from programmes.rules import signs
from programmes.rules.blocks import BlockKind
from programmes.rules.document import Why
from programmes.rules.recognise import language
from programmes.rules.recognise.units import (
    MOST_TITLE_WORDS,
    Shape,
    Unit,
    bare,
    has_url,
    is_capitals,
    is_phone,
    is_stray,
    starts_small,
    title_like,
    words,
)

_WIDE: Final = 3
_LARGE: Final = 1.12
_HEADING_WEIGHT: Final = 1000
_NUMBER_WEIGHTS: Final = {1: 12, 2: 8, 3: 4}
_BOLD_WEIGHT: Final = 6
_CAPITALS_WEIGHT: Final = 4
_WIDE_WEIGHT: Final = 2
_ENOUGH: Final = 3
_CAPITAL_LETTERS: Final = frozenset({"A", "A.", "A)", "(A)"})
_MOST_BOLD: Final = 0.4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that may be a heading.

    ``before_bullet``: a list stands directly under it; ``before_list``: a list or label comes
    before the next candidate that looks as heavy.
    """

    place: int
    weight: int
    before_bullet: bool
    before_list: bool


class Looks:
    """What headings look like in this document."""

    plainest: Final = _WIDE_WEIGHT
    widest: Final = _WIDE

    def __init__(self, units: list[Unit], taken: set[int]) -> None:
        self._units = units
        self._taken = taken
        self._text = [place for place, unit in enumerate(units) if _in_text(unit)]
        self._next = dict(zip(self._text, self._text[1:], strict=False))
        self._before = dict(zip(self._text[1:], self._text, strict=False))
        bodies = [unit for unit in units if unit.shape in {Shape.TEXT, Shape.BULLET}]
        bold = sum(len(unit.text) for unit in bodies if unit.bold)
        self._bold = bold <= _MOST_BOLD * sum(len(unit.text) for unit in bodies)
        self._capitals = self._wide = False
        self._items_under_headings()
        self.styled = self._count_styled() >= _ENOUGH
        plain = [place for place in self._text if self._is_plain(place)]
        capitals = [place for place in plain if is_capitals(bare(units[place].text))]
        with_text = [place for place in capitals if self._is_over_text(place)]
        self._capitals = len(with_text) > 1 and len(with_text) * 2 >= len(capitals)
        with_text = [place for place in plain if self.content_follows(place)]
        later = with_text[self.is_first(with_text[0]) :] if with_text else []
        wide = [place for place in later if self.distance(place) >= _WIDE]
        self._wide = 1 < len(wide) <= len(with_text) / 2

    def next_place(self, place: int) -> int | None:
        """Return the place of the next unit of the running text."""
        return self._next.get(place)

    def place_before(self, place: int) -> int | None:
        """Return the place of the unit of the running text before it."""
        return self._before.get(place)

    def is_first(self, place: int) -> bool:
        """Say whether nothing stands before it."""
        return bool(self._text) and self._text[0] == place

    def distance(self, place: int) -> int:
        """Return how many lines it stands under the text before it; a new page is far."""
        if not place or self._before.get(place) is None:
            return _WIDE
        unit, last = self._units[place], self._units[place - 1].last
        if unit.first.page != last.page:
            return _WIDE
        if unit.first.line is None or last.line is None:
            return 1
        return unit.first.line - last.line

    def weight(self, unit: Unit) -> int:
        """Return how heavy a unit looks; only the order of weights means something."""
        if unit.shape is Shape.HEADING:
            return _HEADING_WEIGHT - 10 * unit.level
        size = unit.first.size
        heavy = round((round(size, 1) - 1) * 80) if size > _LARGE else 0
        heavy += _NUMBER_WEIGHTS.get(_depth(unit), 0)
        if self._bold and unit.bold:
            heavy += _BOLD_WEIGHT
        if self._capitals and is_capitals(bare(unit.text)):
            heavy += _CAPITALS_WEIGHT
        return heavy

    def content_follows(self, place: int) -> bool:
        """Say whether a text or a list stands directly under it."""
        after = self._next.get(place)
        if after is None:
            return False
        unit = self._units[after]
        if unit.entry is not None:
            return False
        if after in self._taken:
            return True
        stray = self._is_plain(after) or (is_stray(unit) and not title_like(unit) and _odd(unit))
        return not (stray or self._is_styled(after))

    def candidates(self) -> list[Candidate]:
        """Return the units that may be headings, in order."""
        found: list[tuple[int, int]] = []
        for place in self._text:
            unit = self._units[place]
            if place in self._taken:
                continue
            if self._is_styled(place) or self._is_unnumbered(place):
                found.append((place, self.weight(unit)))
            elif not self.styled and self._is_plain(place):
                heavy = self.weight(unit)
                if self._wide and heavy == 0 and self.distance(place) >= _WIDE:
                    heavy = _WIDE_WEIGHT
                if self.content_follows(place) or self._leads_on(place, heavy):
                    found.append((place, heavy))
        return self._with_lists(found)

    def _is_unnumbered(self, place: int) -> bool:
        """Say whether it is "Voorwoord" and the like, that looks like nothing among numbers."""
        if not (self._is_plain(place) and self.content_follows(place)):
            return False
        return language.key(self._units[place].text) in language.UNNUMBERED

    def _is_over_text(self, place: int) -> bool:
        """Say whether a text or a heading in small letters stands under a line in capitals."""
        if self.content_follows(place):
            return True
        after = self._next.get(place)
        return (
            after is not None
            and self._is_plain(after)
            and not is_capitals(bare(self._units[after].text))
            and self.content_follows(after)
        )

    def _leads_on(self, place: int, heavy: int) -> bool:
        """Say whether a heading of a lower look stands directly under it, with its text."""
        after = self._next.get(place)
        if after is None or after in self._taken or self._units[after].entry is not None:
            return False
        lower = self._units[after]
        is_capital = self._capitals and is_capitals(bare(self._units[place].text))
        if is_phone(self._units[place].text) or not self.content_follows(after):
            return self.is_first(place)
        if self._capitals and is_capitals(bare(lower.text)) and not is_capital:
            return self.is_first(place)
        return heavy > self.weight(lower) or self.is_first(place)

    def left_by_hand(self) -> list[int]:
        """Return the weights of headings that a person left out; they still say what is usual."""
        gone = (unit for unit in self._units if unit.why is Why.BY_HAND)
        return [
            _HEADING_WEIGHT - 10 * unit.level
            for unit in gone
            if unit.first.kind is BlockKind.HEADING
        ]

    def _with_lists(self, found: list[tuple[int, int]]) -> list[Candidate]:
        """Say of each heading whether a list or label comes before the next one as heavy."""
        heavy_at = dict(found)
        following: dict[int, int] = {}  # the next heading of each weight
        nearest = len(self._units)  # the next list or label
        result: list[Candidate] = []
        for place in reversed(self._text):
            unit = self._units[place]
            heavy = heavy_at.get(place)
            if heavy is not None:
                after = self._next.get(place)
                bullet = after is not None and self._units[after].shape is Shape.BULLET
                end = min((p for w, p in following.items() if w >= heavy), default=len(self._units))
                result.append(Candidate(place, heavy, bullet, nearest < end))
                following[heavy] = place
            elif unit.entry is not None:
                nearest = len(self._units)
            elif place in self._taken or unit.shape is Shape.BULLET:
                nearest = place
        return result[::-1]

    def _count_styled(self) -> int:
        return sum(place not in self._taken and self._is_styled(place) for place in self._text)

    def _is_plain(self, place: int) -> bool:
        unit = self._units[place]
        return unit.shape is Shape.TEXT and title_like(unit) and not is_phone(unit.text)

    def _is_styled(self, place: int) -> bool:
        unit = self._units[place]
        if unit.shape is Shape.HEADING:
            return True
        if unit.shape is Shape.TEXT:
            large = unit.first.size > _LARGE
            return (large or (self._bold and unit.bold) or bool(unit.number)) and title_like(unit)
        return self._is_numbered(place)

    def _is_numbered(self, place: int) -> bool:
        """Say whether a number belongs to a heading: a short line that no sibling follows."""
        unit = self._units[place]
        depth = _depth(unit)
        text = bare(unit.text)
        if (
            unit.shape is not Shape.BULLET
            or not depth
            or words(text) > MOST_TITLE_WORDS
            or not text
            or text[-1] in ".!…;:,"
            or starts_small(text)
        ):
            return False
        after = self._next.get(place)
        if after is None:
            return False
        before = self._before.get(place)
        return not _counts_on(unit, self._units[after]) and not (
            before is not None and _counts_on(self._units[before], unit)
        )

    def _items_under_headings(self) -> None:
        """Make list items of "# …" lines that stand in a row under a deeper heading.

        Some plain text files begin their list items with "#".
        """
        deeper, items = 0, 0  # level of the heading directly before; items since then
        for place in self._text:
            unit = self._units[place]
            if unit.shape is not Shape.HEADING or not unit.mark.startswith("#"):
                deeper, items = 0, 0
                continue
            if unit.role is None and unit.entry is None and deeper > unit.level:
                after = self._next.get(place)
                shape = None if after is None else self._units[after].shape
                if shape in {None, Shape.HEADING} or (items and shape is Shape.BULLET):
                    unit.shape = Shape.BULLET
                    items += 1
                    continue
            deeper, items = unit.level, 0


def _in_text(unit: Unit) -> bool:
    return unit.shape not in {Shape.OUT, Shape.NOTE}


def _odd(unit: Unit) -> bool:
    return is_phone(unit.text) or has_url(unit.text)


def _depth(unit: Unit) -> int:
    if unit.shape not in {Shape.BULLET, Shape.TEXT}:
        return 0
    mark = unit.number or unit.mark
    return signs.depth(mark) or int(signs.family(mark) in _CAPITAL_LETTERS)


def _counts_on(before: Unit, after: Unit) -> bool:
    """Say whether two list items are the next of each other: "3." and "4.", "a)" and "b)"."""
    return (
        before.shape is Shape.BULLET
        and after.shape is Shape.BULLET
        and signs.family(before.mark) == signs.family(after.mark)
        and signs.value(before.mark) + 1 == signs.value(after.mark)
    )
