"""Which measure of a corrected file is which measure of the earlier one. Pure.

What people recorded about a measure (a verdict, evidence) hangs on its row, so a corrected file
must find the rows again: also when a sentence was mended, moved to another chapter, or cut in two.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from programmes.rules.plain import plain, words


class How(StrEnum):
    """How a measure was found again."""

    SAME = "same"  # the same words in the same chapter
    MOVED = "moved"  # the same words in another chapter
    EDITED = "edited"  # about the same words


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A measure to compare: its text, and the title of its chapter."""

    text: str
    chapter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A new measure and the old one that it is, as places in the two lists."""

    new: int
    old: int
    how: How


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """What became of what.

    Attributes:
        pairs: in the order of the new measures; each new and each old one at most once.
        added: new measures that are nothing of before.
        gone: old measures that are not there any more.
    """

    pairs: tuple[Pair, ...] = ()
    added: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()


LEAST_LIKE_HERE: Final = 0.5
"""From this likeness on two measures of one chapter are the same one, edited."""

LEAST_LIKE_ELSEWHERE: Final = 0.65
"""The same, when they stand in different chapters."""

LEAST_PART: Final = 0.8
"""So much of a measure must stand in another one to be a part of it."""

_FEWEST_PART_TOKENS: Final = 7  # of four words: the words and their three pairs
_PART: Final = 0.6  # how alike a piece is to the whole that it was cut from
_AT_HOME: Final = 0.1
_RAREST: Final = 12  # words by which a measure is looked up
_MOST_HOLDERS: Final = 60  # a word in more measures than this finds nothing
_MOST_CANDIDATES: Final = 12
_NEIGHBOURS: Final = 2  # on either side of where it should be


def match(*, old: Sequence[Known], new: Sequence[Known]) -> Matching:
    """Find the old measures again among the new ones.

    First the same words in the same chapter, then the same words anywhere, both in their order when
    a text occurs twice; then the likest that are left, the likest of all first. Likeness is the
    share of words and pairs of neighbouring words that two texts have in common, 0 to 1. Only texts
    that share an uncommon word, or stand between the same neighbours, are compared: the work grows
    with the number of measures, not with its square.
    """
    pairs: dict[int, Pair] = {}
    taken: set[int] = set()
    old_plain, new_plain = _plain(old), _plain(new)
    for how in (How.SAME, How.MOVED):
        waiting: defaultdict[tuple[str, str], deque[int]] = defaultdict(deque)
        for place, (chapter, text) in enumerate(old_plain):
            if place not in taken:
                waiting[chapter if how is How.SAME else "", text].append(place)
        for place, (chapter, text) in enumerate(new_plain):
            found = waiting[chapter if how is How.SAME else "", text]
            if place not in pairs and found:
                pairs[place] = Pair(new=place, old=found.popleft(), how=how)
                taken.add(pairs[place].old)
    left_old = [place for place in range(len(old)) if place not in taken]
    left_new = [place for place in range(len(new)) if place not in pairs]
    for pair in _likest(
        old_plain, new_plain, left_old=left_old, left_new=left_new, pairs=dict(pairs)
    ):
        if pair.new not in pairs and pair.old not in taken:
            pairs[pair.new] = pair
            taken.add(pair.old)
    added = tuple(place for place in left_new if place not in pairs)
    gone = tuple(place for place in left_old if place not in taken)
    return Matching(
        pairs=tuple(pairs[place] for place in sorted(pairs)),
        added=added,
        gone=gone,
    )


def _plain(measures: Sequence[Known]) -> list[tuple[str, str]]:
    """Return chapter and text of each, as they are compared."""
    titles = {title: plain(title) for title in {known.chapter for known in measures}}
    return [(titles[known.chapter], plain(known.text)) for known in measures]


def _tokens(text: str) -> frozenset[str]:
    """Return the words and the pairs of neighbouring words of a text."""
    found = words(text)
    return frozenset([*found, *map(" ".join, pairwise(found))])


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    size, other_size = len(one), len(other)
    if not size or not other_size:
        return 0.0
    common = len(one & other)
    alike = 2 * common / (size + other_size)
    fewest = min(size, other_size)
    if fewest >= _FEWEST_PART_TOKENS and common >= LEAST_PART * fewest:
        # All of one stands in the other: a piece of it, however small.
        alike = max(alike, _PART * common / fewest)
    return alike


def _likest(
    old: Sequence[tuple[str, str]],
    new: Sequence[tuple[str, str]],
    *,
    left_old: Sequence[int],
    left_new: Sequence[int],
    pairs: dict[int, Pair],
) -> list[Pair]:
    """Return the possible pairs of what is left, the likest first."""
    tokens = {place: _tokens(old[place][1]) for place in left_old}
    holders = _Holders(tokens)
    between = _Between(pairs, left_old, len(new))
    found: list[tuple[float, int, Pair]] = []
    for place in left_new:
        mine = _tokens(new[place][1])
        for other in {*holders.nearest(mine), *between.around(place)}:
            here = old[other][0] == new[place][0]
            alike = _likeness(mine, tokens[other])
            if alike >= (LEAST_LIKE_HERE if here else LEAST_LIKE_ELSEWHERE):
                pair = Pair(new=place, old=other, how=How.EDITED)
                # In one chapter before elsewhere, when they are about as alike.
                found.append((alike + (_AT_HOME if here else 0.0), len(found), pair))
    found.sort(key=lambda entry: (-entry[0], entry[1]))
    return [pair for _rank, _order, pair in found]


class _Holders:
    """Which texts hold a token, to find the few that have uncommon tokens in common."""

    def __init__(self, texts: Mapping[int, Iterable[str]]) -> None:
        self._of: defaultdict[str, list[int]] = defaultdict(list)
        for place, tokens in texts.items():
            for token in tokens:
                self._of[token].append(place)

    def nearest(self, tokens: Iterable[str]) -> list[int]:
        """Return the places that share the most of the rarest tokens."""
        known = [
            (len(self._of[token]), token)
            for token in tokens
            if token in self._of and len(self._of[token]) <= _MOST_HOLDERS
        ]
        shared = Counter(
            place
            for _holders, token in heapq.nsmallest(_RAREST, known)
            for place in self._of[token]
        )
        return [place for place, _count in shared.most_common(_MOST_CANDIDATES)]


class _Between:
    """Which old measures that are left stand between the same neighbours as a new one."""

    def __init__(self, pairs: Mapping[int, Pair], left: Sequence[int], size: int) -> None:
        self._left = list(left)
        # Of each new place: the old neighbour above, and how many new ones stand in between.
        self._above: list[tuple[int, int]] = []
        above, distance = -1, 0
        for place in range(size):
            self._above.append((above, distance))
            above, distance = (pairs[place].old, 0) if place in pairs else (above, distance + 1)

    def around(self, place: int) -> list[int]:
        """Return the ones about as far below the neighbour above."""
        above, distance = self._above[place]
        middle = bisect_right(self._left, above) + distance
        return self._left[max(middle - _NEIGHBOURS, 0) : middle + _NEIGHBOURS + 1]
