"""Days on which no volunteer should have a deadline: weekends, public and school holidays.

Facts come from the library ``holidays`` (public: the national act on holidays; school: the yearly
regulation per region). Only internal targets avoid them; a day that the law fixes never moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

SATURDAY = 5
# The longest school holiday is six weeks, with weekends around it; more means a mistake in data.
LONGEST_WALK = 60


@dataclass(frozen=True, slots=True)
class RestDays:
    """Answers why a day is not a good deadline.

    ``named`` maps a day to ``holiday:<name>`` or ``school:<name>``; weekends need no row.
    """

    named: Mapping[date, str]

    def reason(self, day: date) -> str:
        """Return why ``day`` is no working day, or an empty text."""
        if found := self.named.get(day):
            return found
        return "weekend" if day.weekday() >= SATURDAY else ""

    def earlier(self, day: date) -> tuple[date, str]:
        """Return the last good day on or before ``day``, and why it had to move (or "")."""
        first = self.reason(day)
        for step in range(LONGEST_WALK):
            found = day - timedelta(days=step)
            if not self.reason(found):
                return found, first
        raise ValueError(f"no working day within {LONGEST_WALK} days before {day}")

    def later(self, day: date) -> date:
        """Return the first good day on or after ``day``."""
        for step in range(LONGEST_WALK):
            found = day + timedelta(days=step)
            if not self.reason(found):
                return found
        raise ValueError(f"no working day within {LONGEST_WALK} days after {day}")


NO_REST = RestDays({})


@cache
def rest_days(*, school_region: str, years: tuple[int, ...]) -> RestDays:
    """Return the rest days of a region.

    Args:
        school_region: ``noord``, ``midden`` or ``zuid``.
        years: the calendar years wanted.
    """
    public = holidays.country_holidays(
        "NL", years=years, categories=("public", "optional"), language="nl"
    )
    school = holidays.country_holidays(
        "NL",
        subdiv=school_region.capitalize(),
        years=years,
        categories=("school",),
        language="nl",
    )
    # No holidays by law, but nobody holds a meeting on them.
    named = {date(year, 12, 24): "holiday:Kerstavond" for year in years}
    named |= {date(year, 12, 31): "holiday:Oudejaarsavond" for year in years}
    named |= {day: f"school:{name}" for day, name in school.items()}
    named |= {day: f"holiday:{name}" for day, name in public.items()}
    return RestDays(named)


def years_around(days: Iterable[date]) -> tuple[int, ...]:
    """Return every calendar year from the first day's to the last day's."""
    found = sorted({day.year for day in days})
    return tuple(range(found[0], found[-1] + 1)) if found else ()
