"""Does the engine still tick? Asked from outside it, by the process that could end it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError, InterfaceError, connection

from jobs import services


class Watch:
    """Tells when no tick was seen for ``limit`` seconds.

    Nothing here compares clocks of the wall: a tick is seen when its moment differs from the one
    before. While the database is away nobody can tick, and that time does not count.
    """

    def __init__(self, *, limit: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.limit = limit
        self.monotonic = monotonic
        self.seen: datetime | None = None
        self.since = monotonic()

    def is_stuck(self) -> bool:
        """Look once."""
        try:
            tick = services.last_tick()
        except (DatabaseError, InterfaceError):
            self.since = self.monotonic()
            return False
        finally:
            connection.close()
        if tick != self.seen:
            self.seen, self.since = tick, self.monotonic()
        return self.monotonic() - self.since >= self.limit
