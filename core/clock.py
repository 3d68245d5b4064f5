"""Today, and only here: views, tasks and commands read it and hand it down as ``today=``.

Everything depends on "today", so today can be set: a demonstration reads its day from a file that
web and worker share. A production setting uses the machine's clock (checked in ``config.checks``).
"""

from __future__ import annotations

import json
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

    def set_today(self, *, day: date) -> None:
        """Let today be ``day`` for every process of this checkout."""
        offset = (day - timezone.localdate()).days
        self.path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self.path.with_suffix(".new")
        temporary.write_text(json.dumps({"offset_days": offset}), encoding="ascii")
        temporary.replace(self.path)

    def _offset(self, real_day: date) -> int:
        try:
            return int(json.loads(self.path.read_text(encoding="ascii"))["offset_days"])
        except FileNotFoundError:
            return (date.fromisoformat(settings.DEMO_START) - real_day).days


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


def set_today(*, day: date) -> None:
    """Move a demonstration's clock, and tell those whom the setting ``CLOCK_HOOKS`` names.

    Each hook is called with ``before=`` and ``after=``, once the clock stands on its new day.

    Raises:
        ClockIsReal: this installation runs on the machine's clock.
    """
    clock = _clock(settings.CLOCK)
    if not isinstance(clock, FileClock):
        raise ClockIsReal
    before = today()
    clock.set_today(day=day)
    for path in settings.CLOCK_HOOKS:
        import_string(path)(before=before, after=day)
