"""A day and a time as somebody writes them down, as a moment in the Netherlands, and back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")


class NoSuchTime(ValueError):
    """The clock skips this time: the night in which summer time begins."""


def moment_of(*, day: date, at: time) -> datetime:
    """Return the moment at which a clock on a wall in the Netherlands says this.

    In the night in which summer time ends an hour comes twice: the first of the two is meant.

    Raises:
        NoSuchTime: no clock ever says this.
    """
    found = datetime.combine(day, at, tzinfo=AMSTERDAM)
    if found.astimezone(UTC).astimezone(AMSTERDAM).replace(tzinfo=None) != found.replace(
        tzinfo=None
    ):
        raise NoSuchTime
    return found


def local(moment: datetime) -> datetime:
    """Return an aware moment as a clock on a wall in the Netherlands says it."""
    return moment.astimezone(AMSTERDAM)


def first_moment(day: date) -> datetime:
    """Return the moment at which a day begins in the Netherlands (aware)."""
    return datetime.combine(day, time.min, tzinfo=AMSTERDAM)


def month_after(month: date) -> date:
    """Return the first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
