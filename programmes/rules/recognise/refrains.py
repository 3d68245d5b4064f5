"""Headings that come back in most chapters: "Wat willen we bereiken?", "Hoe gaan we dat doen?".

Such a line says what kind of text follows, not what it is about. It is a label, so that the
chapter reads as introduction and measures, whatever the words are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from programmes.rules.recognise import language
from programmes.rules.recognise.candidates import Candidate
from programmes.rules.recognise.units import Shape, Unit, words

_LEAST: Final = 2
_MOST_DIFFERENT: Final = 3
_MOST_WORDS: Final = 8


def by_look(units: Sequence[Unit], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates of those looks in which nothing occurs but a few repeated lines."""
    looks: defaultdict[int, defaultdict[str, list[Candidate]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for candidate in candidates:
        looks[candidate.weight][language.key(units[candidate.place].text)].append(candidate)
    return [
        candidate
        for lines in looks.values()
        if len(lines) <= _MOST_DIFFERENT and all(_may_be(units, found) for found in lines.values())
        for found in lines.values()
        for candidate in found
    ]


def by_chapter(units: Sequence[Unit], sections: Sequence[int], chapters: Sequence[int]) -> set[int]:
    """Return the places of section headings that stand in half of the chapters or more.

    Where more than a few do, the chapters are alike (a village each): those are sections.
    """
    found: defaultdict[str, list[int]] = defaultdict(list)
    inside: defaultdict[str, set[int]] = defaultdict(set)
    passed = 0
    for place in sections:
        while passed < len(chapters) and chapters[passed] < place:
            passed += 1
        key = language.key(units[place].text)
        if passed and words(key) <= _MOST_WORDS:
            found[key].append(place)
            inside[key].add(passed)
    often = [
        key
        for key, where in inside.items()
        if len(where) >= _LEAST and len(where) * 2 >= len(chapters)
    ]
    if len(often) > _MOST_DIFFERENT:
        return set()
    return {place for key in often for place in found[key]}


def before_list(units: Sequence[Unit], places: Sequence[int]) -> dict[int, bool]:
    """Say of each refrain whether it stands directly before a list most of the times."""
    votes: defaultdict[str, list[bool]] = defaultdict(list)
    for place in places:
        votes[language.key(units[place].text)].append(_list_follows(units, place))
    return {
        place: sum(vote := votes[language.key(units[place].text)]) * 2 >= len(vote)
        for place in places
    }


def _may_be(units: Sequence[Unit], found: list[Candidate]) -> bool:
    if len(found) < _LEAST:
        return False
    return all(
        units[one.place].role is None and words(units[one.place].text) <= _MOST_WORDS
        for one in found
    )


def _list_follows(units: Sequence[Unit], place: int) -> bool:
    for after in range(place + 1, len(units)):
        unit = units[after]
        if unit.shape not in {Shape.OUT, Shape.NOTE}:
            return unit.shape is Shape.BULLET
    return False
