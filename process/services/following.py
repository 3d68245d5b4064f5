"""Rooms above that work towards the next election: told inside the transaction of a roll-out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from branches.models import User
from process.models import Timeline


def rolled_out(*, timelines: Sequence[Timeline], by: User | None, today: date) -> None:
    """Tell that branches have a new timeline, as many of them at once as were made at once."""
    for path in settings.TIMELINE_FOLLOWERS:
        import_string(path)().rolled_out(timelines=timelines, by=by, today=today)
