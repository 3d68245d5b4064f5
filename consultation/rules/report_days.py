"""The day that a report names, also when it leaves out the year. Pure: ``today`` comes in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

NEAR: Final = 10
"""So many years back a report without a year may be of: a weekday comes back after 5, 6 or 11."""

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb",
            "maart march mrt mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "augustus august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        (
            "maandag monday",
            "dinsdag tuesday",
            "woensdag wednesday",
            "donderdag thursday",
            "vrijdag friday",
            "zaterdag saturday",
            "zondag sunday",
        )
    )
    for name in names.split()
}
_WORDS = re.compile(
    rf"(?:\b(?P<weekday>{'|'.join(_WEEKDAYS)}),?\s+)?"
    rf"(?<!\d)(?P<day>\d{{1,2}})\s+(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b"
    r"\.?,?(?:\s+(?P<year>(?:19|20)\d\d)\b)?",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(?<![\d-])(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>20\d\d)\b")
_ISO = re.compile(r"(?<!\d)(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDay:
    """What a report says of its day.

    Attributes:
        written: as the file has it ("24 januari"); empty: it names none.
        day: when the year is sure: written, or the only one near in which the weekday fits.
        possible: the days that it may be, latest first, when the year is not written.
        by_weekday: the weekday is written, and ``possible`` follows from it.
    """

    written: str = ""
    day: date | None = None
    possible: tuple[date, ...] = ()
    by_weekday: bool = False


@dataclass(frozen=True, slots=True)
class _Seen:
    written: str
    year: int | None
    month: int
    day: int
    weekday: int | None


def day_of(texts: Iterable[str], *, today: date) -> NamedDay:
    """Return the day that these texts name: the first with a year, else the first at all.

    Without a year: those of the last ``NEAR`` years that have the weekday that is written; only
    when there is one of these it is ``day``. Nothing is guessed from two.
    """
    seen = [one for text in texts for one in _all_in(text)]
    full = next((one for one in seen if one.year is not None), None)
    if full is not None and full.year is not None:
        return NamedDay(written=full.written, day=date(full.year, full.month, full.day))
    if not seen:
        return NamedDay()
    first = seen[0]
    weekday = next(
        (
            one.weekday
            for one in seen
            if (one.month, one.day) == (first.month, first.day) and one.weekday is not None
        ),
        None,
    )
    possible = tuple(_possible(first, weekday, today))
    sure = possible[0] if weekday is not None and len(possible) == 1 else None
    return NamedDay(
        written=first.written, day=sure, possible=possible, by_weekday=weekday is not None
    )


def _all_in(text: str) -> Iterable[_Seen]:
    found = [
        (match.start(), seen)
        for pattern in (_WORDS, _NUMBERS, _ISO)
        for match in pattern.finditer(text)
        if (seen := _seen(match)) is not None
    ]
    return [seen for _at, seen in sorted(found, key=lambda one: one[0])]


def _seen(match: re.Match[str]) -> _Seen | None:
    groups = match.groupdict()
    weekday = groups.get("weekday") or ""
    month = _MONTHS.get(groups["month"].lower()) or int(
        groups["month"] if groups["month"].isdecimal() else 0
    )
    year = int(groups["year"]) if groups["year"] else None
    day = int(groups["day"])
    if _exists(year or 2000, month, day) is None:  # 2000: 29 February may be meant
        return None
    written = match[0][len(weekday) :].strip(" ,.")
    return _Seen(written, year, month, day, _WEEKDAYS.get(weekday.lower()))


def _possible(seen: _Seen, weekday: int | None, today: date) -> Iterable[date]:
    for year in range(today.year, today.year - NEAR, -1):
        day = _exists(year, seen.month, seen.day)
        if day is not None and day <= today and weekday in {None, day.weekday()}:
            yield day


def _exists(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
