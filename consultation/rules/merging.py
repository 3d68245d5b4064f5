"""Counting what stands behind a contribution, and which of two leads (R97)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

_RANK: Final = {"adopted": 2, "partly": 2, "not_adopted": 2, "considered": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One contribution, as far as counting needs it.

    Attributes:
        pk: its number.
        root: the one that it was cut from, or itself.
        counts: whether people brought it in as a thing of its own.
    """

    pk: int
    root: int
    counts: bool = True


def count_sources(family: Iterable[Source]) -> int:
    """Return of how many things that came in a family is made.

    Two parts of one text are one thing; a point that gathers post-its is none.
    """
    return len({one.root for one in family if one.counts})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One of two that say the same.

    Attributes:
        pk: its number; a lower one came in earlier.
        status: a value of ``Status``.
        sources: how many things stand behind it.
    """

    pk: int
    status: str
    sources: int


def leader(candidates: Sequence[Candidate]) -> int:
    """Return the number of the one that the others are best merged into.

    What the committee said most of, then what most people said, then what came in first: so that
    nothing that was decided becomes "not looked at yet" again.
    """
    best = max(candidates, key=lambda one: (_RANK.get(one.status, 0), one.sources, -one.pk))
    return best.pk
