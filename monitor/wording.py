"""How a branch stands, in one sentence for whoever picks up the phone."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from core.dates import day_words, distance
from process.rules.forecast import ForecastResult, Outlook

_DAYS_PER_WEEK = 7


def reason(*, result: ForecastResult, title: str, today: date) -> str:
    """Say why a branch has its forecast.

    Args:
        result: the forecast.
        title: of the milestone that it speaks of, in the reader's language.
        today: the day of the forecast.
    """
    day = result.day
    if day is None or not result.key:
        return _("Nothing is open.")
    match result.outlook:
        case Outlook.SILENT:
            text = _("Nothing heard for %(weeks)s weeks; “%(milestone)s” is due.")
        case Outlook.LATE:
            text = _("“%(milestone)s”: the last day was %(day)s, %(distance)s.")
        case Outlook.TIGHT:
            text = _("“%(milestone)s”: %(day)s is the last day, %(distance)s.")
        case Outlook.UNKNOWN:
            text = _("Nothing recorded since the start on %(day)s; “%(milestone)s” is due.")
        case _:
            text = _("Next: “%(milestone)s”, %(day)s.")
    return text % {
        "milestone": title,
        "day": day_words(day),
        "distance": distance(day, today=today),
        "weeks": result.quiet_days // _DAYS_PER_WEEK,
    }
