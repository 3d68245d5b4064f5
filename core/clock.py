"""Today, and only here: views, tasks and commands read it and hand it down as ``today=``.

Everything depends on "today", so today can be set: a demonstration reads its day from a file that
web and worker share. A production setting uses the machine's clock (checked in ``config.checks``).
"""

from __future__ import annotations

import json
import os
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string


class Clock(Protocol):
    """What every clock can tell."""

    def now(self) -> datetime:
        """Return the moment, aware, in the current time zone."""


class ClockIsReal(RuntimeError):
    """Somebody tried to move the machine's own clock."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's moment in Europe/Amsterdam."""
        return timezone.localtime()


class FileClock:
    """A clock that stands days away from the machine's: the offset lives in a small JSON file."""

    def __init__(self) -> None:
        self.path = Path(settings.DEMO_CLOCK_FILE)

    def now(self) -> datetime:
        """Return the machine's time of day on the day that the file says."""
        real = timezone.localtime()
        return timezone.localtime(real + timedelta(days=self._offset(real.date())))

    def set_today(self, *, day: date, destination: date | None = None) -> None:
        """Let today be ``day`` for every process of this checkout.

        Args:
            day: the day.
            destination: where it is on its way to, while the days in between are being lived.
        """
        offset = (day - timezone.localdate()).days
        written = {"offset_days": offset}
        if destination is not None and destination != day:
            written["days_to_go"] = (destination - day).days
        self.path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self.path.with_suffix(f".{os.getpid()}.new")
        temporary.write_text(json.dumps(written), encoding="ascii")
        temporary.replace(self.path)

    def days_to_go(self) -> int:
        """Return how many days away the day is to which the clock is on its way; 0: it stands."""
        return self._written().get("days_to_go", 0)

    def _offset(self, real_day: date) -> int:
        written = self._written()
        if "offset_days" in written:
            return written["offset_days"]
        return (date.fromisoformat(settings.DEMO_START) - real_day).days

    def _written(self) -> dict[str, int]:
        try:
            found: dict[str, int] = json.loads(self.path.read_text(encoding="ascii"))
        except FileNotFoundError:
            return {}
        return found


@cache
def _clock(path: str) -> Clock:
    clock: Clock = import_string(path)()
    return clock


def now() -> datetime:
    """Return the product's moment (aware, Europe/Amsterdam)."""
    return _clock(settings.CLOCK).now()


def today() -> date:
    """Return the product's day in Amsterdam."""
    return now().date()


def is_movable() -> bool:
    """Tell whether this clock can be set."""
    return isinstance(_clock(settings.CLOCK), FileClock)


def destination() -> date | None:
    """Return the day to which a demonstration's clock is on its way, or ``None``: it stands."""
    clock = _clock(settings.CLOCK)
    if not isinstance(clock, FileClock) or not (days := clock.days_to_go()):
        return None
    return clock.now().date() + timedelta(days=days)


def set_today(*, day: date, seconds: float | None = None) -> date:
    """Move a demonstration's clock, and return the day on which it stands then.

    Where the setting ``CLOCK_TRAVELLER`` names somebody, the days in between are lived one by one.

    Args:
        day: where to.
        seconds: how long the caller wants to wait; after that the clock may still be on its way
            (see ``destination``). ``None``: until it is there.

    Raises:
        ClockIsReal: this installation runs on the machine's clock.
    """
    clock = _clock(settings.CLOCK)
    if not isinstance(clock, FileClock):
        raise ClockIsReal
    if settings.CLOCK_TRAVELLER:
        import_string(settings.CLOCK_TRAVELLER)(before=today(), after=day, seconds=seconds)
    else:
        clock.set_today(day=day)
    return today()


def stand(*, day: date, destination: date | None = None) -> None:
    """Put a demonstration's clock on a day and do nothing else: for who lives the days between.

    Raises:
        ClockIsReal: this installation runs on the machine's clock.
    """
    clock = _clock(settings.CLOCK)
    if not isinstance(clock, FileClock):
        raise ClockIsReal
    clock.set_today(day=day, destination=destination)
