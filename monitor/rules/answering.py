"""How long a branch waits for an answer of the office, in days on which the office works (R60).

The office rests at weekends and on public holidays. School holidays, which a branch's own plan
avoids, count as working days here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Final

from process.rules.restdays import SATURDAY, RestDays

QUICK: Final = 2
"""Working days within which the office wants to answer."""

LONGEST: Final = 366
"""Days that are counted one by one; who waited longer has waited too long anyhow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTimes:
    """How quick first answers were.

    Attributes:
        answered: how many questions got their first answer.
        quick: how many of these within ``QUICK`` working days.
        median: working days within which half of them had it; ``None``: there were none.
    """

    answered: int
    quick: int
    median: float | None


def is_office_day(day: date, *, rest: RestDays) -> bool:
    """Tell whether the office works on a day."""
    return day.weekday() < SATURDAY and not rest.reason(day).startswith("holiday:")


def office_days(first: date, last: date, *, rest: RestDays) -> int:
    """Return the working days after ``first``, up to and including ``last``.

    Asked and answered on one day is 0; asked on Friday and answered on Monday is 1.
    """
    days = min((last - first).days, LONGEST)
    return sum(
        is_office_day(first + timedelta(days=step), rest=rest) for step in range(1, days + 1)
    )


def answer_times(spans: Iterable[tuple[date, date]], *, rest: RestDays) -> AnswerTimes:
    """Return how quick answers were.

    Args:
        spans: the day of each question, and of its first answer.
        rest: of all the years in which these days lie; of any region.
    """
    waited = [office_days(asked, answered, rest=rest) for asked, answered in spans]
    return AnswerTimes(
        answered=len(waited),
        quick=sum(days <= QUICK for days in waited),
        median=median(waited) if waited else None,
    )


def month_before(day: date) -> date:
    """Return the first day of the month before that of ``day``."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)
