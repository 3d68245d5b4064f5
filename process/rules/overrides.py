"""Exceptions to the rule: reviewed rows with a reason and a source.

National rows hold for every municipality and are applied by `timetable` itself. Rows for one
municipality are asked for with `municipal_overrides` and handed in; so are decisions of a
provincial executive about a merger election (Wet arhi 55) and anything a branch is told. A row
is added after somebody has read its source; the program makes none up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from process.rules.confidence import Confidence
from process.rules.regimes import StatutoryKey

NATIONAL = "national"
"""The scope of a row that holds everywhere; other scopes are a CBS code (`GM0363`) or free."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """One date that is fixed otherwise than by the rule.

    `reason` and `source` are shown to people and may not be empty. `scope` is `NATIONAL`, a CBS
    municipality code, or whatever the caller tells its own rows apart with. A key or confidence
    that comes as plain text, as from a database, is turned into its enum.

    Raises:
        ValueError: no reason, no source, or a key or confidence that does not exist.
    """

    key: StatutoryKey
    date: dt.date
    reason: str
    source: str
    scope: str
    confidence: Confidence = Confidence.B

    def __post_init__(self) -> None:
        """Refuse a row that nobody could check."""
        object.__setattr__(self, "key", StatutoryKey(self.key))
        object.__setattr__(self, "confidence", Confidence(self.confidence))
        if not self.reason.strip() or not self.source.strip():
            raise ValueError("An override needs a reason and a source.")


_COVID = "Temporary covid-19 elections act: more time to count and to fix the result"
_COVID_SOURCE = "Tijdelijke wet verkiezingen covid-19"

# Keyed on the polling day that the rule gives.
_NATIONAL: dict[dt.date, tuple[Override, ...]] = {
    dt.date(2018, 3, 21): (
        Override(
            key=StatutoryKey.NAME_REGISTRATION,
            date=dt.date(2017, 12, 27),
            reason="The 42nd day was Christmas Day; requests were taken until 27 December 2017",
            source="Election calendars published for 21 March 2018",
            scope=NATIONAL,
            confidence=Confidence.A,
        ),
    ),
    dt.date(2021, 11, 24): (
        Override(
            key=StatutoryKey.RESULT,
            date=dt.date(2021, 11, 29),
            reason=_COVID,
            source=_COVID_SOURCE,
            scope=NATIONAL,
            confidence=Confidence.B,
        ),
    ),
    dt.date(2022, 3, 16): (
        Override(
            key=StatutoryKey.RESULT,
            date=dt.date(2022, 3, 21),
            reason=_COVID,
            source=_COVID_SOURCE,
            scope=NATIONAL,
            confidence=Confidence.A,
        ),
        Override(
            key=StatutoryKey.NEW_COUNCIL,
            date=dt.date(2022, 3, 30),
            reason=_COVID,
            source=_COVID_SOURCE,
            scope=NATIONAL,
            confidence=Confidence.A,
        ),
    ),
}

_MUNICIPAL: dict[dt.date, tuple[Override, ...]] = {
    dt.date(2022, 3, 16): (
        Override(
            key=StatutoryKey.NEW_COUNCIL,
            date=dt.date(2022, 3, 24),
            reason="Weesp joined Amsterdam on 24 March 2022; its council started a week early",
            source="Act on the merger of Amsterdam and Weesp (Kamerstukken 35 623)",
            scope="GM0363",
            confidence=Confidence.A,
        ),
    ),
}

# A remark that moves nothing: what a reader of that date should know.
_NOTES: dict[tuple[dt.date, StatutoryKey], str] = {
    (dt.date(2021, 11, 24), StatutoryKey.POLLING_DAY): (
        "Early voting on the two days before, under the temporary covid-19 elections act"
    ),
    (dt.date(2022, 3, 16), StatutoryKey.POLLING_DAY): (
        "Early voting on the two days before, under the temporary covid-19 elections act"
    ),
}

# No calendar of the time was found for these: what is given is the rule of today, worked back.
_NO_CALENDAR_FOUND = "no calendar of the time found, so this is the rule worked back"
_SOURCE_REMARKS: dict[tuple[dt.date, StatutoryKey], str] = {
    (dt.date(2018, 3, 21), StatutoryKey.LIST_DEPOSIT): _NO_CALENDAR_FOUND,
    (dt.date(2018, 3, 21), StatutoryKey.POLLING_CARDS): _NO_CALENDAR_FOUND,
    (dt.date(2022, 3, 16), StatutoryKey.LIST_DEPOSIT): _NO_CALENDAR_FOUND,
}


def national_overrides(*, polling_day: dt.date) -> tuple[Override, ...]:
    """Give the reviewed rows that hold everywhere for the election with this polling day."""
    return _NATIONAL.get(polling_day, ())


def municipal_overrides(
    *, polling_day: dt.date, municipality_codes: Collection[str]
) -> tuple[Override, ...]:
    """Give the reviewed rows for some municipalities (CBS codes such as `GM0363`)."""
    return tuple(row for row in _MUNICIPAL.get(polling_day, ()) if row.scope in municipality_codes)


def note_for(*, polling_day: dt.date, key: StatutoryKey) -> str:
    """Give the reviewed remark with a date, or an empty text."""
    return _NOTES.get((polling_day, key), "")


def source_remark(*, polling_day: dt.date, key: StatutoryKey) -> str:
    """Give what is wanting in the source of a date, or an empty text."""
    return _SOURCE_REMARKS.get((polling_day, key), "")
