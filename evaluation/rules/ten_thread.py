"""A pledge as a thread in time: where it is solid, open, frayed or loose, and where its knots are.

Pure geometry for whoever draws it, on a page or in a picture. Places run from 0 (the day on which
the ten were agreed) to 1 (the end of the term).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Final

from evaluation.rules.pledge import PledgeStatus

TERM: Final = timedelta(days=4 * 365 + 1)
"""So long does a council sit: the next polling day is about then."""

_TOUCH: Final = 0.018
_SHORTEST_FRAY: Final = 0.07
_AIR: Final = 0.012


class Yarn(Enum):
    """What a piece of the thread looks like."""

    SOLID = "solid"
    OPEN = "open"
    FRAYED = "frayed"
    LOOSE = "loose"


class Knot(Enum):
    """What lies on the thread."""

    TOLD = "told"
    PLANNED = "planned"
    DONE = "done"
    PARTLY = "partly"
    GIVEN_UP = "given_up"


_LAST: Final = {
    PledgeStatus.DONE: Knot.DONE,
    PledgeStatus.PARTLY: Knot.PARTLY,
    PledgeStatus.GIVEN_UP: Knot.GIVEN_UP,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What the drawing shows: ``first`` is at 0, ``last`` at 1; ``today`` lies where it lies."""

    first: date
    last: date
    today: date

    def place(self, day: date) -> float:
        """Return where a day lies, never outside the drawing."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return min(max(share, 0.0), 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What is known of one pledge.

    Attributes:
        status: how it stands.
        told: the days of its updates and how it stood then, in order of time.
        planned: the days of its coming steps.
        by_when: the day on which it is to be ready.
    """

    status: PledgeStatus
    told: Sequence[tuple[date, PledgeStatus]] = ()
    planned: Sequence[date] = ()
    by_when: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """What is to be drawn of it.

    Attributes:
        pieces: yarn from place to place.
        knots: in order of place.
        goal: where it is to be ready; None: no day was agreed.
    """

    pieces: tuple[tuple[Yarn, float, float], ...]
    knots: tuple[tuple[Knot, float], ...]
    goal: float | None


def period_of(
    *, agreed_on: date, polling_day: date, today: date, goals: Sequence[date] = ()
) -> Period:
    """Return the time that ten threads run through: a term, or longer when something lies beyond.

    Args:
        agreed_on: the day of the decision.
        polling_day: from which the term counts.
        today: the day.
        goals: days on which pledges are to be ready.
    """
    last = max(polling_day + TERM, today + timedelta(days=14), *goals, agreed_on)
    return Period(first=min(agreed_on, today), last=last, today=today)


def thread_of(way: Way, period: Period) -> Thread:
    """Return the thread of a pledge."""
    told = [(period.place(day), status) for day, status in way.told]
    if not told:
        pieces = [(Yarn.OPEN, 0.0, 1.0)]
        return _thread(way, period, pieces=pieces, knots=[], until=0.0)
    last = told[-1][0]
    knots = _apart([(Knot.TOLD, place) for place, _status in told])
    if way.status in _LAST:
        knots = [*(knot for knot in knots if last - knot[1] >= _TOUCH), (_LAST[way.status], last)]
        pieces = [(Yarn.SOLID, 0.0, last)]
        if way.status is PledgeStatus.GIVEN_UP:
            pieces.append((Yarn.LOOSE, min(last + _AIR, 1.0), 1.0))
        return Thread(pieces=tuple(pieces), knots=tuple(knots), goal=_goal(way, period))
    if way.status is PledgeStatus.STUCK:
        begins = _stuck_since(told)
        ends = max(period.place(period.today), last, begins + _SHORTEST_FRAY)
        ends = min(ends, 1.0)
        begins = min(begins, ends - _SHORTEST_FRAY)
        pieces = [
            (Yarn.SOLID, 0.0, max(begins, 0.0)),
            (Yarn.FRAYED, max(begins, 0.0), ends),
            (Yarn.OPEN, min(ends + _AIR, 1.0), 1.0),
        ]
        return _thread(way, period, pieces=pieces, knots=knots, until=ends)
    pieces = [(Yarn.SOLID, 0.0, last), (Yarn.OPEN, last, 1.0)]
    return _thread(way, period, pieces=pieces, knots=knots, until=last)


def _thread(
    way: Way,
    period: Period,
    *,
    pieces: Sequence[tuple[Yarn, float, float]],
    knots: Sequence[tuple[Knot, float]],
    until: float,
) -> Thread:
    planned = sorted(period.place(day) for day in way.planned)
    coming = _apart([(Knot.PLANNED, place) for place in planned if place - until >= _TOUCH])
    return Thread(
        pieces=tuple(piece for piece in pieces if piece[2] > piece[1]),
        knots=(*knots, *coming),
        goal=_goal(way, period),
    )


def _goal(way: Way, period: Period) -> float | None:
    return None if way.by_when is None else period.place(way.by_when)


def _stuck_since(told: Sequence[tuple[float, PledgeStatus]]) -> float:
    since = told[-1][0]
    for place, status in reversed(told):
        if status is not PledgeStatus.STUCK:
            break
        since = place
    return since


def _apart(knots: Sequence[tuple[Knot, float]]) -> list[tuple[Knot, float]]:
    """Leave out knots that would lie on the one after them: what came last is always there."""
    kept: list[tuple[Knot, float]] = []
    for knot in reversed(knots):
        if not kept or kept[-1][1] - knot[1] >= _TOUCH:
            kept.append(knot)
    return kept[::-1]
