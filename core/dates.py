"""Dates as people write them, and how far away they are.

Words only: nothing here reads the clock. Texts follow the active language.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils import dateformat, timezone
from django.utils.translation import gettext, ngettext

DAYS_UNTIL_WEEKS = 21
"""From this many days on a distance is told in weeks."""

DAYS_UNTIL_MONTHS = 63
"""From this many days on a distance is told in months."""

MONTHS_UNTIL_YEARS = 24
"""From this many months on a distance is told in years."""

_DAYS_PER_WEEK = 7
_DAYS_PER_MONTH = 365.2425 / 12
_MONTHS_PER_YEAR = 12


def day_words(day: date) -> str:
    """Write a day in full: ``wo 16 maart 2022``, ``Wed 16 March 2022``."""
    return dateformat.format(_as_day(day), "D j F Y")


def day_short(day: date) -> str:
    """Write a day for a narrow place: ``16 mrt``. The year must be clear from around it."""
    return dateformat.format(_as_day(day), "j N")


def month_short(day: date) -> str:
    """Write a month under an axis: ``jan 2022`` for January, ``mrt`` for the others."""
    form = "N Y" if day.month == 1 else "N"
    return dateformat.format(_as_day(day), form)


def period_words(first: date, last: date) -> str:
    """Write a period without saying the same year or month twice: ``21 sep – 20 dec 2021``."""
    first, last = _as_day(first), _as_day(last)
    if first == last:
        return day_words(first)
    if first.year != last.year:
        start = f"{day_short(first)} {first.year}"
    elif first.month != last.month:
        start = day_short(first)
    else:
        return f"{first.day} – {day_short(last)} {last.year}"
    return f"{start} – {day_short(last)} {last.year}"


def distance(day: date, *, today: date) -> str:
    """Say how far a day is from today: ``over 12 dagen``, ``vandaag``, ``3 weken geleden``.

    Days up to three weeks (a deadline asks for exactness), then weeks, months, years, rounded.
    """
    days = (_as_day(day) - _as_day(today)).days
    near = _near(days)
    if near is not None:
        return near
    size = abs(days)
    if size < DAYS_UNTIL_WEEKS:
        return _in_days(size) if days > 0 else _days_ago(size)
    if size < DAYS_UNTIL_MONTHS:
        weeks = round(size / _DAYS_PER_WEEK)
        return _in_weeks(weeks) if days > 0 else _weeks_ago(weeks)
    months = round(size / _DAYS_PER_MONTH)
    if months < MONTHS_UNTIL_YEARS:
        return _in_months(months) if days > 0 else _months_ago(months)
    years = round(months / _MONTHS_PER_YEAR)
    return _in_years(years) if days > 0 else _years_ago(years)


def _as_day(value: date) -> date:
    """Take the local day of a moment; a plain day stays what it is."""
    if not isinstance(value, datetime):
        return value
    return (timezone.localtime(value) if timezone.is_aware(value) else value).date()


def _near(days: int) -> str | None:
    """Name the days that have a name of their own, or return None."""
    match days:
        case 0:
            return gettext("today")
        case 1:
            return gettext("tomorrow")
        case -1:
            return gettext("yesterday")
        case 2:
            return gettext("the day after tomorrow")
        case -2:
            return gettext("the day before yesterday")
        case _:
            return None


def _in_days(count: int) -> str:
    return ngettext("in %(count)s day", "in %(count)s days", count) % {"count": count}


def _days_ago(count: int) -> str:
    return ngettext("%(count)s day ago", "%(count)s days ago", count) % {"count": count}


def _in_weeks(count: int) -> str:
    return ngettext("in %(count)s week", "in %(count)s weeks", count) % {"count": count}


def _weeks_ago(count: int) -> str:
    return ngettext("%(count)s week ago", "%(count)s weeks ago", count) % {"count": count}


def _in_months(count: int) -> str:
    return ngettext("in %(count)s month", "in %(count)s months", count) % {"count": count}


def _months_ago(count: int) -> str:
    return ngettext("%(count)s month ago", "%(count)s months ago", count) % {"count": count}


def _in_years(count: int) -> str:
    return ngettext("in %(count)s year", "in %(count)s years", count) % {"count": count}


def _years_ago(count: int) -> str:
    return ngettext("%(count)s year ago", "%(count)s years ago", count) % {"count": count}
