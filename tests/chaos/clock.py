"""Time in a hurry: a day that stands in a file, and rounds that come every few seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings

from config.schedules import HERE

FIRST_DAY = date(2021, 10, 4)


class DayInAFile:
    """Noon on the day that ``STATE_DIR/day`` names: everybody's hour has come."""

    def __init__(self) -> None:
        self.path = Path(settings.STATE_DIR, "day")

    def now(self) -> datetime:
        day = date.fromisoformat(self.path.read_text()) if self.path.exists() else FIRST_DAY
        return datetime.combine(day, time(12), tzinfo=HERE)


@dataclass(frozen=True)
class Seconds:
    """Each so many seconds."""

    seconds: int

    def latest(self, now: datetime) -> datetime:
        moment = now.astimezone(UTC).replace(microsecond=0)
        return moment - timedelta(seconds=moment.second % self.seconds)
