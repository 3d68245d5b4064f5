"""Rooms above that keep things about a programme: told inside the transaction that changes it."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from branches.models import User
from programmes.models import Programme


def written(*, programme: Programme, by: User | None, today: date) -> None:
    """Tell that the measures of a programme are others than before.

    Raises:
        Refused: something that is kept about it does not allow that.
    """
    for path in settings.PROGRAMME_FOLLOWERS:
        import_string(path)().written(programme=programme, by=by, today=today)


def withdrawn(*, programme: Programme, by: User | None, today: date) -> None:
    """Tell that a programme is about to be taken away as a whole.

    Raises:
        Refused: something that is kept about it does not allow that.
    """
    for path in settings.PROGRAMME_FOLLOWERS:
        import_string(path)().withdrawn(programme=programme, by=by, today=today)
