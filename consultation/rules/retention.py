"""Until when names and addresses are kept (GDPR art. 5 and 9)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

KEPT_AFTER_POLLING_DAY: Final = timedelta(days=182)
"""Half a year: long enough to tell people what the new council did with it."""

ANNOUNCED_BEFORE: Final = timedelta(days=28)
"""The board hears it this long before, to send answers that are still owed."""


def deletion_day(*, polling_day: date, today: date) -> date:
    """Return the day on which the name and address of who writes today are deleted.

    Who writes when that day is over is kept for the same half year.
    """
    return max(polling_day, today) + KEPT_AFTER_POLLING_DAY
