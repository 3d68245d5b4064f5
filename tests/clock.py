"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import ClassVar
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FIRST_DAY = date(2021, 10, 4)


class FixedClock:
    """Named by ``settings.CLOCK`` in every test; noon of one day in Amsterdam."""

    day: ClassVar[date] = FIRST_DAY

    def now(self) -> datetime:
        """Return noon of the day."""
        return datetime.combine(self.day, time(12), tzinfo=AMSTERDAM)

    @classmethod
    def set_today(cls, day: date) -> date:
        """Let today be ``day`` for the rest of this test."""
        cls.day = day
        return day
