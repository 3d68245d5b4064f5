"""How far, and in which words, a demonstration's clock can be moved. Pure: reads no clock.

The bounds are those of what the product knows: the table of municipalities begins in 2017, and
the last election that a demonstration holds is that of 2030 with its first months after it.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

FIRST_DAY: Final = date(2017, 1, 1)
LAST_DAY: Final = date(2031, 12, 31)

_STEP = re.compile(r"\+(\d{1,5})d", re.ASCII)


class OutOfReach(ValueError):
    """The clock was asked to stand before ``FIRST_DAY`` or after ``LAST_DAY``."""


class UnreadableDay(ValueError):
    """A text is neither a day (``2022-03-16``) nor a step (``+7d``)."""


def reachable(day: date) -> date:
    """Return ``day`` when the clock can stand on it.

    Raises:
        OutOfReach: it lies outside the bounds.
    """
    if not FIRST_DAY <= day <= LAST_DAY:
        raise OutOfReach(day)
    return day


def ahead(*, today: date, days: int) -> date:
    """Return the day ``days`` days after ``today``.

    Raises:
        OutOfReach: it lies outside the bounds.
    """
    try:
        return reachable(today + timedelta(days=days))
    except OverflowError:
        raise OutOfReach(days) from None


def read(text: str, *, today: date) -> date:
    """Read a day (``2022-03-16``) or a step from today (``+7d``) as a person types it.

    Raises:
        UnreadableDay: it is neither.
        OutOfReach: it lies outside the bounds.
    """
    step = _STEP.fullmatch(text)
    if step:
        return ahead(today=today, days=int(step[1]))
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UnreadableDay(text) from None
    return reachable(day)
