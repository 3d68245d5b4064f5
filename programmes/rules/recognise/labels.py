"""List labels: short lines that say that the measures follow ("Onze keuzes", "Wij willen:")."""

from __future__ import annotations

from collections import Counter
from typing import Final

from programmes.rules.blocks import Role
from programmes.rules.recognise import language
from programmes.rules.recognise.units import Shape, Unit, bare, title_like, words

_MOST_WORDS: Final = 7
_OFTEN: Final = 3
_LONGEST: Final = 80
_LEAST_LINES: Final = 2
_SHARE: Final = 0.6


def find_labels(units: list[Unit]) -> set[int]:
    """Return the places of the list labels among the units.

    A short line is a label if a list stands directly after most of its three or more
    occurrences, whatever it says; or if it is one of the customary ones and a text follows.
    """
    following = _following(units)
    short: list[tuple[int, str]] = []
    for place, unit in enumerate(units):
        if (
            unit.shape in {Shape.TEXT, Shape.HEADING}
            and unit.role is None
            and unit.entry is None
            and len(unit.text) <= _LONGEST
            and 0 < words(unit.text) <= _MOST_WORDS
            and bare(unit.text)[-1:] not in {".", "!", ";", ","}
        ):
            short.append((place, language.key(unit.text)))
    total: Counter[str] = Counter()
    before_list: Counter[str] = Counter()
    for place, key in short:
        after = following[place]
        total[key] += 1
        before_list[key] += after is not None and units[after].shape is Shape.BULLET
    found: set[int] = set()
    front = _front(units)
    often = {key for key, count in before_list.items() if count >= _LEAST_LINES}
    for place, key in short:
        after = following[place]
        if after is None or not key:
            continue
        if place < front and often - {key} and total[key] == 1 and not _has_colon(units[place]):
            continue  # the chapter that the document opens with, which has other labels
        repeated = before_list[key] >= _OFTEN and before_list[key] >= _SHARE * total[key]
        if (repeated and before_list[key]) or _is_customary(units[place], key, units[after]):
            found.add(place)
    return found


def _front(units: list[Unit]) -> int:
    """Return where the short lines end with which the document begins."""
    for place, unit in enumerate(units):
        if unit.shape not in {Shape.OUT, Shape.NOTE} and not title_like(unit):
            return place
    return len(units)


def _has_colon(unit: Unit) -> bool:
    return bare(unit.text).endswith(":")


def _following(units: list[Unit]) -> list[int | None]:
    """Return for each unit the place of the next one in the running text."""
    result: list[int | None] = [None] * len(units)
    after: int | None = None
    for place in range(len(units) - 1, -1, -1):
        result[place] = after
        if units[place].shape not in {Shape.OUT, Shape.NOTE}:
            after = place
    return result


def _is_customary(unit: Unit, key: str, after: Unit) -> bool:
    if after.role in {Role.CHAPTER, Role.SECTION} or after.entry is not None:
        return False
    colon = _has_colon(unit)
    if key in language.LABELS:
        return after.shape is Shape.BULLET or colon or words(key) > 1
    if after.shape is Shape.BULLET and colon:
        return language.PARTY_LABEL.fullmatch(key) is not None
    return False


def labelled_lines(units: list[Unit], labels: set[int]) -> set[int]:
    """Return the places of short lines that are a list without signs under a label.

    Under "Wij willen:" some files write their measures as bare lines. One short line before a
    list is the heading of a group; two or more, of which the last has no text under it, are a
    list.
    """
    found: set[int] = set()
    for label in labels:
        run: list[int] = []
        place = label + 1
        while place < len(units):
            unit = units[place]
            if unit.shape in {Shape.OUT, Shape.NOTE}:
                place += 1
                continue
            if not (
                unit.shape is Shape.TEXT
                and unit.role is None
                and unit.entry is None
                and title_like(unit)
                and not unit.bold
                and place not in labels
            ):
                break
            run.append(place)
            place += 1
        ends = place >= len(units)
        after = None if ends else units[place]
        if after is not None and after.shape is Shape.BULLET:
            continue
        text = after is not None and after.shape is Shape.TEXT and after.entry is None
        if place in labels or text:
            run = run[:-1]  # the last one is the heading of what follows
        if len(run) >= _LEAST_LINES:
            found.update(run)
    return found
