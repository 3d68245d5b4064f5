"""Which elections there are, and which municipality takes part in which.

Two kinds are known: the regular council election every four years (Kieswet), and the election
in the November before municipalities merge (Wet algemene regels herindeling, "Wet arhi").
Provincial, water-board and other elections would be further members of `ElectionKind` with
their own anchors in `regimes`; nothing here assumes that there are only two.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

FIRST_REGULAR_YEAR = 2014
"""The first regular election under the days of Stb. 2013, 289; before it, other days held."""

FIRST_MERGER_YEAR = 2016
"""The first merger (1 January) for which the rule was checked against real elections."""

LAST_YEAR = 2098
"""No law says when it ends; we stop here, so that a mistyped century is caught."""

_CYCLE_YEARS = 4
_REGULAR_REMAINDER = 2


class ElectionKind(StrEnum):
    """What is elected, and on which occasion."""

    REGULAR = "municipal_regular"
    MERGER = "municipal_merger"


class UnknownElection(ValueError):
    """No rule knows the election that was asked for.

    Attributes:
        msgid: the English sentence with named places (`%(asked)s`, …), for translation.
        params: what belongs in those places: dates, or years as `int`.
        nearest: the nearest elections that are known: polling days, dates of merger or 1 January
            of a regular year, in the order in which the sentence names them.
    """

    def __init__(
        self,
        *,
        msgid: str,
        params: Mapping[str, dt.date | int],
        nearest: tuple[dt.date, ...],
    ) -> None:
        """Keep the parts; the text of the error is the English sentence with ISO dates."""
        super().__init__(msgid % params)
        self.msgid = msgid
        self.params = dict(params)
        self.nearest = nearest


def is_regular_year(*, year: int) -> bool:
    """Tell whether the rules give a regular council election in `year` (year ≡ 2 mod 4)."""
    return FIRST_REGULAR_YEAR <= year <= LAST_YEAR and year % _CYCLE_YEARS == _REGULAR_REMAINDER


def nearest_regular_year(*, year: int) -> int:
    """Give the known regular year closest to `year`; of two equally close ones the later."""
    later = year + (_REGULAR_REMAINDER - year) % _CYCLE_YEARS
    earlier = later - _CYCLE_YEARS
    nearest = later if later - year <= year - earlier else earlier
    return min(max(nearest, FIRST_REGULAR_YEAR), LAST_YEAR)


def require_regular_year(*, year: int) -> None:
    """Refuse a year without a regular election.

    Raises:
        UnknownElection: `year` is not a regular election year that the rules know.
    """
    if is_regular_year(year=year):
        return
    nearest = nearest_regular_year(year=year)
    raise UnknownElection(
        msgid=(
            "No rule knows a regular council election in %(asked)s; the nearest one is in"
            " %(nearest)s."
        ),
        params={"asked": year, "nearest": nearest},
        nearest=(dt.date(nearest, 1, 1),),
    )


def nearest_merger_date(*, asked: dt.date) -> dt.date:
    """Give the known 1 January closest to `asked`; of two equally close ones the later."""
    this = dt.date(min(max(asked.year, FIRST_MERGER_YEAR), LAST_YEAR), 1, 1)
    if this.year == LAST_YEAR or asked < this:
        return this
    following = dt.date(this.year + 1, 1, 1)
    return following if following - asked <= asked - this else this


def require_merger_date(*, effective_date: dt.date) -> None:
    """Refuse a day on which no municipal merger can take effect.

    A merger takes effect on 1 January (Wet arhi). Amsterdam and Weesp (24 March 2022, by an act
    of their own) need no merger timetable: their council was elected on the regular day.

    Raises:
        UnknownElection: not a 1 January, or a year outside the rules.
    """
    known_year = FIRST_MERGER_YEAR <= effective_date.year <= LAST_YEAR
    if known_year and (effective_date.month, effective_date.day) == (1, 1):
        return
    nearest = nearest_merger_date(asked=effective_date)
    raise UnknownElection(
        msgid=(
            "A municipal merger takes effect on 1 January, and no rule knows one on %(asked)s;"
            " the nearest date is %(nearest)s."
            if known_year
            else "No rule knows a municipal merger on %(asked)s; the nearest date is %(nearest)s."
        ),
        params={"asked": effective_date, "nearest": nearest},
        nearest=(nearest,),
    )


# Wet arhi (explained in Kamerstukken 33 889): a council elected in a November serves on past a
# regular election that comes too soon. Years to add, keyed on the year of the merger modulo 4.
_YEARS_UNTIL_FIRST_REGULAR: dict[int, int] = {3: 3, 0: 6, 1: 5, 2: 4}


def first_regular_year_after_merger(*, merger_year: int) -> int:
    """Give the first regular election a municipality created on 1 January takes part in.

    Worked out from the Wet arhi and checked on the mergers of 2016-2023: for a merger in
    2019 → 2022, 2020 → 2026, 2021 → 2026, 2022 → 2026, 2023 → 2026.
    """
    return merger_year + _YEARS_UNTIL_FIRST_REGULAR[merger_year % _CYCLE_YEARS]


def takes_part(*, regular_year: int, merger_year: int) -> bool:
    """Tell whether a municipality in a merger of 1 January votes in a regular election.

    Before the merger this is about the old municipalities: they skip the regular election in
    the year before (their council stays until the merger). From the merger on it is about the
    new one.

    Raises:
        UnknownElection: `regular_year` is not a regular election year that the rules know.
    """
    require_regular_year(year=regular_year)
    if regular_year < merger_year:
        return regular_year != merger_year - 1
    return regular_year >= first_regular_year_after_merger(merger_year=merger_year)
