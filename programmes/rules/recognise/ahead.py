"""Looks ahead in the units: what a short line is depends on what comes after it."""

from __future__ import annotations

import re
from typing import Final

from programmes.rules.blocks import Role
from programmes.rules.recognise import language
from programmes.rules.recognise.kinds import Rank, Ranks
from programmes.rules.recognise.units import (
    Shape,
    Unit,
    bare,
    is_phone,
    is_stray,
    title_like,
    words,
)

_LONG: Final = 14
_SENTENCE: Final = 6
_ALIKE: Final = 0.3
_DIGIT = re.compile(r"\d")


class Ahead:
    """What comes after each unit. Everything is looked up once, from the back."""

    def __init__(self, units: list[Unit], ranks: Ranks, *, labelled: bool) -> None:
        self._units = units
        self._ranks = ranks
        self._wanted = "label" if labelled else "list"
        self._next: list[int | None] = [None] * len(units)
        self._stray = [True] * len(units)
        self._coming: dict[int, str] = {}
        after: int | None = None
        coming = ""
        for place in range(len(units) - 1, -1, -1):
            unit, rank = units[place], ranks.get(place)
            self._next[place] = after
            self._stray[place] = self._is_end(after)
            if unit.shape in {Shape.OUT, Shape.NOTE}:
                continue
            after = place
            if rank is Rank.LABEL:
                coming = "label"
            elif unit.shape is Shape.BULLET and rank is None:
                coming = coming if coming == "label" else "list"
            elif rank in {Rank.CHAPTER, Rank.EXAMPLES}:
                coming = ""
            elif rank is not None or title_like(unit):
                self._coming[place] = coming
                coming = "line"

    def _is_end(self, after: int | None) -> bool:
        """Say whether the text that goes on at ``after`` is at its end, but for stray lines."""
        if after is None:
            return True
        unit = self._units[after]
        if unit.entry is not None or unit.role is Role.CHAPTER:
            return True
        return is_stray(unit) and self._stray[after]

    def leaves_examples(self, place: int) -> bool:
        """Say whether a heading among the examples begins a section: a label or list follows."""
        return self._units[place].role is Role.SECTION or self._coming.get(place) == self._wanted

    def is_before_text(self, place: int) -> bool:
        """Say whether a text stands directly under a line."""
        after = self._next[place]
        if after is None:
            return False
        unit = self._units[after]
        shaped = unit.shape in {Shape.TEXT, Shape.BULLET}
        return shaped and unit.entry is None and not title_like(unit)

    def is_before_list(self, place: int) -> bool:
        """Say whether a list stands directly under a line."""
        after = self._next[place]
        if after is None or self._ranks.get(after) is not None:
            return False
        return self._units[after].shape is Shape.BULLET

    def only_stray(self, place: int) -> bool:
        """Say whether nothing but stray lines follows, up to the next chapter or the end."""
        return self._stray[place]


def is_front_line(unit: Unit) -> bool:
    """Say whether a unit could stand on a title page: short, and no sentence."""
    if unit.role is not None or unit.shape not in {Shape.TEXT, Shape.HEADING}:
        return False
    count = words(unit.text)
    return count <= _LONG and not (count >= _SENTENCE and bare(unit.text)[-1:] in ".!?")


def choose_title(units: list[Unit], ranks: Ranks) -> None:
    """Rank the largest of the short lines before anything begins as the title."""
    if Rank.TITLE in ranks.by_place.values():
        return
    best: tuple[float, int] | None = None
    for place, unit in enumerate(units):
        if unit.shape in {Shape.OUT, Shape.NOTE}:
            continue
        rank = ranks.get(place)
        if rank not in {None, Rank.COLOPHON} or not is_front_line(unit):
            break
        if rank is None and title_like(unit) and not is_phone(unit.text):
            heavy = unit.first.size + (unit.shape is Shape.HEADING)
            if best is None or heavy > best[0]:
                best = (heavy, place)
    if best is not None:
        ranks.by_place[best[1]] = Rank.TITLE


def complete_title(units: list[Unit], ranks: Ranks) -> None:
    """Add the name that stands under a title which only says "Verkiezingsprogramma 2026-2030"."""
    titles = [place for place, rank in ranks.by_place.items() if rank is Rank.TITLE]
    if len(titles) != 1 or units[titles[0]].role is not None:
        return
    title = units[titles[0]]
    if not language.is_plain_title(title.text):
        return
    for place in range(titles[0] + 1, len(units)):
        unit = units[place]
        if unit.shape is Shape.NOTE:
            continue
        alike = unit.shape is title.shape and abs(unit.first.size - title.first.size) < _ALIKE
        if (
            place not in ranks.by_place
            and alike
            and is_front_line(unit)
            and title_like(unit)
            and not is_phone(unit.text)
            and _DIGIT.search(unit.text) is None
        ):
            ranks.by_place[place] = Rank.TITLE
        return
