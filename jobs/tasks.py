"""What the worker does for this room (see the setting ``JOB_HANDLERS``)."""

from __future__ import annotations

from django.utils import timezone

from jobs import services


def tidy() -> None:
    """Forget what was done long ago."""
    services.tidy(now=timezone.now())
