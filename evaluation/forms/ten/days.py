"""Days that people fill in for a pledge."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FIRST_DAY: Final = date(1990, 1, 1)
LAST_DAY: Final = date(2100, 12, 31)


def of_this_age(day: date) -> None:
    """Let a day of this age pass: a mistyped year is a mistake that nobody sees later.

    Raises:
        ValidationError: it lies long ago or far ahead.
    """
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(_("Look at the year once more."), code="year")
