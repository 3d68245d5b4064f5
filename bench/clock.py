"""The day of the bench: in the thick of the 2022 cycle."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo


class BenchClock:
    """Always noon on 4 October 2021."""

    def now(self) -> datetime:
        """Return that moment."""
        return datetime(2021, 10, 4, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
