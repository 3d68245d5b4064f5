"""What happens by itself, and how often: one list (the setting ``SCHEDULES``) for both engines.

An engine's own schedule is nothing but a tick a minute. What is due at a tick is worked out here,
as a pure function of the moment, so that it does not matter which engine ticks, how often, or how
long nobody did: each entry has one latest due moment, and (entry, moment) is one job.

Entries that count minutes follow the world's time and know no summer time. Entries that name a
time of day follow the clock on the wall in the Netherlands, and may not name one between 02:00 and
03:00: in March that hour is not there, in October it is there twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Amsterdam")
HOUR = 60
CLOCK_CHANGES_FROM, CLOCK_CHANGES_UNTIL = time(2), time(3)


class NoSuchCadence(ValueError):
    """These minutes do not divide an hour, or this time of day is not there every day."""


class Cadence(Protocol):
    """What an entry must tell."""

    def latest(self, now: datetime) -> datetime:
        """Return the last moment, ``now`` included, at which it was due (aware, UTC)."""


@dataclass(frozen=True)
class Every:
    """Each so many minutes, counted from the whole hour."""

    minutes: int

    def __post_init__(self) -> None:
        if self.minutes <= 0 or HOUR % self.minutes:
            raise NoSuchCadence(self.minutes)

    def latest(self, now: datetime) -> datetime:
        """Return the last moment, ``now`` included, at which it was due (aware, UTC)."""
        moment = now.astimezone(UTC).replace(second=0, microsecond=0)
        return moment - timedelta(minutes=moment.minute % self.minutes)


@dataclass(frozen=True)
class Daily:
    """Each day at this time in the Netherlands."""

    at: time

    def __post_init__(self) -> None:
        if CLOCK_CHANGES_FROM <= self.at < CLOCK_CHANGES_UNTIL or self.at.tzinfo is not None:
            raise NoSuchCadence(self.at)

    def latest(self, now: datetime) -> datetime:
        """Return the last moment, ``now`` included, at which it was due (aware, UTC)."""
        local = now.astimezone(HERE)
        day = local.date() if local.time() >= self.at else local.date() - timedelta(days=1)
        return datetime.combine(day, self.at, tzinfo=HERE).astimezone(UTC)


SCHEDULES: dict[str, Cadence] = {
    "notifications.plan": Every(10),
    "process.calendars": Every(1),
    "notifications.send": Every(1),
    # Nothing is done where no mailbox is named (BOUNCE_IMAP_URL).
    "notifications.bounces": Every(10),
    "consultation.mailboxes": Every(5),
    # Once an hour, so that a machine that sleeps at night keeps its promise too.
    "consultation.retention": Every(60),
    # Before breakfast; a machine that was off then does it as soon as it is on.
    "evaluation.ten_news": Daily(time(6, 30)),
    "jobs.tidy": Daily(time(4, 30)),
    # Makes what is not there yet: on the first of a month, or as soon as the machine is on again.
    "monitor.monthly_report": Daily(time(5, 30)),
}


def due(schedules: Mapping[str, Cadence], *, now: datetime) -> Iterator[tuple[str, str]]:
    """Return each handler with the key of its latest due moment.

    However long nobody looked, only the latest moment counts: what was missed before it is not
    done once for each time. ``now`` is aware. The key tells the moment as the wall in the
    Netherlands did, with its distance to UTC, so that the hour that comes twice is two hours.
    """
    for handler, cadence in schedules.items():
        moment = cadence.latest(now).astimezone(HERE)
        yield handler, f"{handler}@{moment.isoformat(timespec='seconds')}"
