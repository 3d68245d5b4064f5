"""The statutory timetable of an election: what the law fixes, with its article next to it.

Shapes: an election is asked for by its polling day or, after a municipal merger, by the
1 January of the merger; the answer is a `Timetable` of ten `StatutoryDate`s in the order of
`StatutoryKey`. Days are calendar days without a time, as the law counts them. Everything that
other rooms need can be imported from here; how the dates are found stands in `resolving`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from process.rules.confidence import Confidence
from process.rules.election import (
    FIRST_MERGER_YEAR,
    FIRST_REGULAR_YEAR,
    LAST_YEAR,
    ElectionKind,
    UnknownElection,
    first_regular_year_after_merger,
    is_regular_year,
    require_merger_date,
    require_regular_year,
    takes_part,
)
from process.rules.overrides import NATIONAL, Override, municipal_overrides
from process.rules.regimes import (
    DAYS_TO_POLLING,
    StatutoryKey,
    dependents,
    nomination_window_day,
)
from process.rules.resolving import InvalidOverride, StatutoryDate, Timetable, resolve

__all__ = [
    "NATIONAL",
    "Confidence",
    "ElectionKind",
    "InvalidOverride",
    "Override",
    "StatutoryDate",
    "StatutoryKey",
    "Timetable",
    "UnknownElection",
    "dependents",
    "first_regular_year_after_merger",
    "merger_nomination_day",
    "merger_polling_day",
    "municipal_overrides",
    "nearest_polling_day",
    "nomination_day",
    "regular_polling_day",
    "takes_part",
    "timetable_for_merger",
    "timetable_for_polling_day",
]


def nomination_day(*, year: int) -> dt.date:
    """Give nomination day of the regular election in `year` (Kieswet F 1).

    Raises:
        UnknownElection: no regular election in that year.
    """
    require_regular_year(year=year)
    return nomination_window_day(kind=ElectionKind.REGULAR, year=year)


def regular_polling_day(*, year: int) -> dt.date:
    """Give polling day of the regular election in `year`: 44 days on (Kieswet J 1).

    Raises:
        UnknownElection: no regular election in that year.
    """
    return nomination_day(year=year) + DAYS_TO_POLLING


def merger_nomination_day(*, effective_date: dt.date) -> dt.date:
    """Give nomination day before the merger of 1 January `effective_date` (Wet arhi 55).

    Raises:
        UnknownElection: no merger can take effect on that day.
    """
    require_merger_date(effective_date=effective_date)
    return nomination_window_day(kind=ElectionKind.MERGER, year=effective_date.year - 1)


def merger_polling_day(*, effective_date: dt.date) -> dt.date:
    """Give polling day before the merger of 1 January `effective_date` (Wet arhi 55).

    Raises:
        UnknownElection: no merger can take effect on that day.
    """
    return merger_nomination_day(effective_date=effective_date) + DAYS_TO_POLLING


def nearest_polling_day(*, asked: dt.date, kind: ElectionKind) -> dt.date:
    """Give the known polling day of a kind closest to `asked`; of two as close the later."""
    if kind == ElectionKind.REGULAR:
        known = [
            regular_polling_day(year=year)
            for year in range(FIRST_REGULAR_YEAR, LAST_YEAR + 1)
            if is_regular_year(year=year)
        ]
    else:
        known = [
            merger_polling_day(effective_date=dt.date(year, 1, 1))
            for year in range(FIRST_MERGER_YEAR, LAST_YEAR + 1)
        ]
    return min(reversed(known), key=lambda day: abs(day - asked))


def timetable_for_polling_day(
    *,
    polling_day: dt.date,
    kind: ElectionKind | None = None,
    overrides: Sequence[Override] = (),
) -> Timetable:
    """Work out the timetable of the election with this polling day.

    `polling_day` is the day that the rule gives; an election that was moved is asked for by that
    day, with an override for the new one. Without `kind` the day itself tells the kind. Reviewed
    national overrides are applied always; `overrides` come on top and win, the narrower ones
    over those with scope `NATIONAL`.

    Raises:
        UnknownElection: no rule (of that kind) gives this polling day.
        InvalidOverride: the overrides contradict each other or the order of the dates.
    """
    if kind != ElectionKind.MERGER and _is_regular(polling_day=polling_day):
        return resolve(
            kind=ElectionKind.REGULAR,
            nomination=nomination_day(year=polling_day.year),
            effective_date=None,
            overrides=overrides,
        )
    effective_date = _merger_voted_on(polling_day=polling_day)
    if kind != ElectionKind.REGULAR and effective_date is not None:
        return timetable_for_merger(effective_date=effective_date, overrides=overrides)
    raise _unknown_polling_day(polling_day=polling_day, kind=kind)


def timetable_for_merger(
    *, effective_date: dt.date, overrides: Sequence[Override] = ()
) -> Timetable:
    """Work out the timetable of the election before a merger on 1 January `effective_date`.

    The provincial executive may shift nomination day, and polling day with it or separately, as
    long as the vote comes before the merger (Wet arhi 55): hand its decision in as `overrides`.

    Raises:
        UnknownElection: no merger can take effect on that day.
        InvalidOverride: the overrides contradict each other or the order of the dates.
    """
    return resolve(
        kind=ElectionKind.MERGER,
        nomination=merger_nomination_day(effective_date=effective_date),
        effective_date=effective_date,
        overrides=overrides,
    )


def _is_regular(*, polling_day: dt.date) -> bool:
    year = polling_day.year
    return is_regular_year(year=year) and regular_polling_day(year=year) == polling_day


def _merger_voted_on(*, polling_day: dt.date) -> dt.date | None:
    merger_year = polling_day.year + 1
    if not FIRST_MERGER_YEAR <= merger_year <= LAST_YEAR:
        return None
    effective_date = dt.date(merger_year, 1, 1)
    same = merger_polling_day(effective_date=effective_date) == polling_day
    return effective_date if same else None


def _unknown_polling_day(*, polling_day: dt.date, kind: ElectionKind | None) -> UnknownElection:
    if kind is not None:
        nearest = nearest_polling_day(asked=polling_day, kind=kind)
        return UnknownElection(
            msgid=(
                "No rule knows %(asked)s as the polling day of such an election; the nearest one"
                " is %(nearest)s."
            ),
            params={"asked": polling_day, "nearest": nearest},
            nearest=(nearest,),
        )
    regular = nearest_polling_day(asked=polling_day, kind=ElectionKind.REGULAR)
    merger = nearest_polling_day(asked=polling_day, kind=ElectionKind.MERGER)
    return UnknownElection(
        msgid=(
            "No rule knows %(asked)s as a polling day; the nearest regular election is on"
            " %(regular)s, the nearest election before a merger on %(merger)s."
        ),
        params={"asked": polling_day, "regular": regular, "merger": merger},
        nearest=(regular, merger),
    )
