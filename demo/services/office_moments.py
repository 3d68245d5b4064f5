"""Moments and numbers of what the national office did: the same ones each time."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time

from monitor.rules.moments import moment_of

_NAMESPACE = uuid.UUID("9d0d1c1e-2021-4010-8022-100420210930")


def moment(day: date, at: time = time(10, 15)) -> datetime:
    """Return a moment on a day; the time of day stands in what was said."""
    return moment_of(day=day, at=at)


def number(*parts: object) -> uuid.UUID:
    """Return the number that a form would carry: for the same parts the same one."""
    return uuid.uuid5(_NAMESPACE, ":".join(str(part) for part in parts))
