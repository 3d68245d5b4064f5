"""The ten of invented branches: which branch has which, and how each goes for four years.

Pure. The days come from the windows of the milestones of phase 7 (R59).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from evaluation.rules.pledge import ENDED, PledgeStatus
from evaluation.rules.verdict import Reason

IN_A_HUNDRED = 16
"""So many branches in a hundred fill in their ten; the others keep them on paper."""

IN_A_CHAPTER = 4
ROUNDS = (
    "top_ten_under_way",
    "first_hundred_days",
    *(f"half_year_{number}" for number in range(1, 8)),
)
_DAY = timedelta(days=1)
_A, _S, _U, _X, _D, _P, _G = (
    PledgeStatus.AGREED,
    PledgeStatus.STARTED,
    PledgeStatus.UNDER_WAY,
    PledgeStatus.STUCK,
    PledgeStatus.DONE,
    PledgeStatus.PARTLY,
    PledgeStatus.GIVEN_UP,
)
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How one pledge goes, round after round, until it has ended or nobody tells any more.

    Attributes:
        told: the status of each round, from the kick-off on.
        reasons: round → why it is stuck, done in part, or given up.
        late: what was done came late.
        corrected: the round in which it was called done too early.
        handed_over: the round after which somebody else is in the lead.
    """

    told: tuple[PledgeStatus, ...]
    reasons: Mapping[int, Reason]
    late: bool = False
    corrected: int | None = None
    handed_over: int | None = None


_NONE: Mapping[int, Reason] = {}
COURSES = (
    Course(told=(_S, _U, _U, _D), reasons=_NONE),
    Course(told=(_S, _S, _U, _U, _U, _D), reasons=_NONE),
    Course(
        told=(_S, _U, _X, _X, _U, _U, _U, _D),
        reasons={2: Reason.NO_MONEY, 3: Reason.NO_MONEY},
        late=True,
    ),
    Course(
        told=(_S, _U, _U, _U, _X, _U, _P),
        reasons={4: Reason.NO_MAJORITY, 6: Reason.NO_MAJORITY},
    ),
    Course(
        told=(_A, _X, _X, _U, _X, _X, _X, _X, _X),
        reasons={
            1: Reason.NO_MAJORITY,
            2: Reason.NO_MAJORITY,
            **dict.fromkeys(range(4, 9), Reason.NO_PRIORITY),
        },
    ),
    Course(told=(_S, _U, _X, _G), reasons={2: Reason.NO_PRIORITY, 3: Reason.NOT_MUNICIPAL}),
    Course(told=(_S, *[_U] * 8), reasons=_NONE),
    Course(told=(_S, _U, _U, _U, _D), reasons=_NONE, corrected=2),
    Course(told=(_S, _U, _U, _U, _U, _U, _D), reasons=_NONE, handed_over=2),
    Course(told=(_A, _S, _U, _U, _X, _G), reasons={4: Reason.NO_MONEY, 5: Reason.OVERTAKEN}),
)
"""One for each place of a ten."""

SILENT = Course(told=(_S, _S, _U), reasons=_NONE)
"""After a while nobody tells any more."""
RUNNING = 6
"""The place in ``COURSES`` of the one that takes all four years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One update.

    Attributes:
        rank: of which pledge.
        number: the round that it belongs to.
        day: the day of it.
        status: how the pledge stood.
        before: how it stood in the round before; ``None`` in the first.
        reason: why, where that is asked.
    """

    rank: int
    number: int
    day: date
    status: PledgeStatus
    before: PledgeStatus | None
    reason: Reason | None


def shuffled(*, chance: random.Random, silent: bool) -> tuple[Course, ...]:
    """Return the courses of one ten, in the order of its ranks.

    Args:
        chance: the branch's own.
        silent: of one of them nothing is heard after a while.
    """
    courses = list(COURSES)
    if silent:
        courses[RUNNING] = SILENT
    return tuple(chance.sample(courses, len(courses)))


def tell(
    *, courses: Sequence[Course], windows: Mapping[str, date], chance: random.Random
) -> Iterator[Told]:
    """Yield all updates of four years, rank after rank.

    Args:
        courses: in the order of the ranks.
        windows: milestone key → the first day of its round; rounds that are not there are not told.
        chance: the branch's own.
    """
    for rank, course in enumerate(courses, start=1):
        for number, status in enumerate(course.told):
            # Drawn for every round, there or not: the next one's day stays its own.
            late = chance.choice((0, 0, 0, 1))
            if ROUNDS[number] not in windows:
                continue
            yield Told(
                rank=rank,
                number=number,
                day=windows[ROUNDS[number]] + late * _DAY,
                status=status,
                before=course.told[number - 1] if number else None,
                reason=course.reasons.get(number),
            )


def unfinished(courses: Sequence[Course]) -> frozenset[str]:
    """Return the rounds in which not all of the ten are heard of: nobody can call them done."""
    return frozenset(
        key
        for number, key in enumerate(ROUNDS)
        if any(len(row.told) <= number and row.told[-1] not in ENDED for row in courses)
    )


def pick(
    *,
    chance: random.Random,
    chapters: Mapping[str, Sequence[T]],
    followed: Mapping[str, Sequence[T]],
) -> tuple[dict[str, list[T]], list[T]]:
    """Return what an invented branch adopts, by chapter, and its twelve candidates, best first.

    Args:
        chance: the branch's own.
        chapters: all ideas, by chapter.
        followed: those that have to be among the twelve as far as there is room: two a chapter;
            empty for a branch that nobody follows.
    """
    adopted: dict[str, list[T]] = {}
    firsts: list[T] = []
    for chapter, rows in chapters.items():
        first = chance.sample(list(followed.get(chapter) or rows), 2)
        others = chance.sample([row for row in rows if row not in first], IN_A_CHAPTER - 2)
        adopted[chapter] = [row for row in rows if row in first or row in others]
        firsts += first
    return adopted, chance.sample(firsts, len(firsts))
