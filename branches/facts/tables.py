"""The tables of municipalities and mergers, read once and answered from memory.

Pure: no Django, no clock, no network. A day on which something takes effect is the first
day of the new situation; an end is exclusive. The tables are complete from
``TABLE_STARTS`` on, so a question about an earlier day is refused.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from branches.facts.provinces import Province

#: First day on which the list of municipalities is complete.
TABLE_STARTS: Final = date(2017, 1, 1)

Fact = TypeVar("Fact")

_FOLDER: Final = Path(__file__).resolve().parent

#: Regular council elections fall in years that leave 2 when divided by 4 (Kieswet C 4, J 1).
_TERM_YEARS: Final = 4
_REGULAR_REMAINDER: Final = 2
_POLLING_MONTH: Final = 3

#: Years from a merger on 1 January Y to its first regular election, by Y mod 4 (Wet arhi 55, 56).
_YEARS_TO_REGULAR: Final = {3: 3, 0: 6, 1: 5, 2: 4}


class UnknownMunicipality(LookupError):
    """No municipality in the table has this CBS code."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"No municipality with CBS code {code!r} is known; "
            "a code is GM and four digits, as in GM0518."
        )
        self.code = code


class UnknownMerger(LookupError):
    """No merger in the table takes effect on this day."""

    def __init__(self, effective_date: date) -> None:
        super().__init__(f"No merger of municipalities takes effect on {effective_date}.")
        self.effective_date = effective_date


class NotARegularElection(ValueError):
    """Councils are not elected all over the country in this year."""

    def __init__(self, polling_day: date) -> None:
        super().__init__(
            f"{polling_day} is not the day of a regular council election: "
            "those are held every four years in March, as in 2022 and 2026."
        )
        self.polling_day = polling_day


class DayBeforeTable(ValueError):
    """The question is about a day before the table is complete."""

    def __init__(self, day: date) -> None:
        super().__init__(f"The table of municipalities begins on {TABLE_STARTS}, after {day}.")
        self.day = day


class BrokenTable(ValueError):
    """A table in this folder cannot be read; says file, line and reason."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path.name}, line {line}: {reason}")
        self.line = line


class SchoolRegion(StrEnum):
    """Region for school holidays; the values are the ``subdiv`` names of PyPI ``holidays``."""

    NOORD = "Noord"
    MIDDEN = "Midden"
    ZUID = "Zuid"


class Extent(StrEnum):
    """How much of a municipality went over in a merger."""

    WHOLE = "whole"
    PART = "part"


class MergerStatus(StrEnum):
    """Whether a merger took effect, or is only announced."""

    DONE = "done"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityFact:
    """One municipality, as it was last known under its CBS code.

    Attributes:
        code: CBS code, ``GM`` and four digits.
        name: official name with the suffix CBS gives to tell namesakes apart.
        short_name: name for on screen; not unique (there are two of Bergen).
        province: last province.
        school_region: of a vanished municipality, the one it merged into. Four municipalities
            are split; they have the region of the larger part (``docs/facts.md``).
        valid_from: first day, or None when it is older than the table.
        valid_until: first day on which it no longer exists, or None; may lie in the future.
        population: inhabitants on 1 January of ``population_year``; to show size, not to sum.
        population_year: 2022, or the nearest year known when it did not exist then.
        demonym: what its people are called, plural ("Hagenezen"), or "" when not sure.
    """

    code: str
    name: str
    short_name: str
    province: Province
    school_region: SchoolRegion
    valid_from: date | None
    valid_until: date | None
    population: int
    population_year: int
    demonym: str

    def exists_on(self, day: date) -> bool:
        """Whether the municipality exists on ``day``."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day < self.valid_until
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MergerFact:
    """One pair of old and new municipality in a merger; a merger has a pair per old one.

    Attributes:
        effective_date: first day of the new situation.
        into_code: the municipality after the merger; may be one of the old ones, grown.
        from_code: a municipality before it.
        extent: whether all of it went over, or a part (the rest is in other pairs).
        polling_day: when the council of ``into_code`` was or will be elected, or None when
            the sitting council simply went on.
        status: done or planned.
    """

    effective_date: date
    into_code: str
    from_code: str
    extent: Extent
    polling_day: date | None
    status: MergerStatus

    @property
    def has_own_election(self) -> bool:
        """Whether the council was elected for this merger, outside the regular election."""
        return self.polling_day is not None and not _in_regular_month(self.polling_day)

    @property
    def first_regular_year(self) -> int:
        """Year of the first regular election in which ``into_code`` takes part."""
        if not self.has_own_election:
            # The sitting council went on, or was elected on the regular day: nothing is skipped.
            year = self.effective_date.year
            return year + (_REGULAR_REMAINDER - year) % _TERM_YEARS
        return first_regular_election_year(merger_year=self.effective_date.year)


def first_regular_election_year(*, merger_year: int) -> int:
    """Year in which a municipality born on 1 January of ``merger_year`` first votes regularly.

    Only for mergers with an election of their own (Wet arhi 55, 56).
    """
    return merger_year + _YEARS_TO_REGULAR[merger_year % _TERM_YEARS]


@cache
def municipalities() -> tuple[MunicipalityFact, ...]:
    """Every municipality that existed on any day since ``TABLE_STARTS``, sorted by code.

    Raises:
        BrokenTable: the table was edited and no longer reads.
    """
    return _read_municipalities(folder=_FOLDER)


@cache
def mergers() -> tuple[MergerFact, ...]:
    """Every merger since 1 January 2018, announced ones too, sorted by day, new and old code.

    Raises:
        BrokenTable: the table was edited and no longer reads.
    """
    return _read_table(_FOLDER / "mergers.csv", _merger)


def municipality(*, code: str) -> MunicipalityFact:
    """The municipality with this CBS code, vanished ones too.

    Raises:
        UnknownMunicipality: no municipality has this code.
    """
    try:
        return _by_code()[code]
    except KeyError:
        raise UnknownMunicipality(code) from None


def municipalities_on(*, day: date) -> tuple[MunicipalityFact, ...]:
    """The municipalities that exist on ``day``, sorted by code; announced mergers count.

    Raises:
        DayBeforeTable: ``day`` lies before ``TABLE_STARTS``.
    """
    if day < TABLE_STARTS:
        raise DayBeforeTable(day)
    return tuple(fact for fact in municipalities() if fact.exists_on(day))


def voting_in_regular_election(*, polling_day: date) -> tuple[MunicipalityFact, ...]:
    """The municipalities whose council is elected on a regular polling day, sorted by code.

    Not among them: those born of a merger so recent that their council sits on, those that
    merge on the next 1 January and vote in November (Wet arhi 55, 56), and those listed as
    exceptions because their merger is older than the table.

    Raises:
        NotARegularElection: no regular council election is held in that month of that year.
        DayBeforeTable: ``polling_day`` lies before ``TABLE_STARTS``.
    """
    if not _in_regular_month(polling_day):
        raise NotARegularElection(polling_day)
    sitting_on_or_merging = {code for day, code in _exceptions() if day.year == polling_day.year}
    next_new_year = date(polling_day.year + 1, 1, 1)
    for pair in mergers():
        if not pair.has_own_election:
            continue
        if pair.effective_date <= polling_day and polling_day.year < pair.first_regular_year:
            sitting_on_or_merging.add(pair.into_code)
        elif pair.effective_date == next_new_year:
            sitting_on_or_merging.add(pair.from_code)
    return tuple(
        fact
        for fact in municipalities_on(day=polling_day)
        if fact.code not in sitting_on_or_merging
    )


def voting_in_merger_election(*, effective_date: date) -> tuple[MunicipalityFact, ...]:
    """The old municipalities that go to the polls for the mergers of one day, sorted by code.

    Empty when those mergers had no election of their own, as for Weesp, which voted in the
    regular election of Amsterdam.

    Raises:
        UnknownMerger: no merger takes effect on that day.
    """
    pairs = [pair for pair in mergers() if pair.effective_date == effective_date]
    if not pairs:
        raise UnknownMerger(effective_date)
    codes = {pair.from_code for pair in pairs if pair.has_own_election}
    return tuple(municipality(code=code) for code in sorted(codes))


def _in_regular_month(day: date) -> bool:
    return day.year % _TERM_YEARS == _REGULAR_REMAINDER and day.month == _POLLING_MONTH


@cache
def _by_code() -> dict[str, MunicipalityFact]:
    return {fact.code: fact for fact in municipalities()}


@cache
def _exceptions() -> tuple[tuple[date, str], ...]:
    return _read_table(_FOLDER / "no_regular_election.csv", _exception)


def _read_municipalities(*, folder: Path) -> tuple[MunicipalityFact, ...]:
    demonyms = dict(_read_table(folder / "demonyms.csv", _demonym))

    def build(row: dict[str, str]) -> MunicipalityFact:
        return MunicipalityFact(
            code=row["code"],
            name=row["name"],
            short_name=row["short_name"],
            province=Province(row["province"]),
            school_region=SchoolRegion(row["school_region"]),
            valid_from=_optional_date(row["valid_from"]),
            valid_until=_optional_date(row["valid_until"]),
            population=int(row["population"]),
            population_year=int(row["population_year"]),
            demonym=demonyms.get(row["code"], ""),
        )

    return _read_table(folder / "municipalities.csv", build)


def _merger(row: dict[str, str]) -> MergerFact:
    return MergerFact(
        effective_date=date.fromisoformat(row["effective_date"]),
        into_code=row["into_code"],
        from_code=row["from_code"],
        extent=Extent(row["extent"]),
        polling_day=_optional_date(row["polling_day"]),
        status=MergerStatus(row["status"]),
    )


def _exception(row: dict[str, str]) -> tuple[date, str]:
    return date.fromisoformat(row["polling_day"]), row["code"]


def _demonym(row: dict[str, str]) -> tuple[str, str]:
    return row["code"], row["demonym_plural"]


def _optional_date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _read_table(path: Path, build: Callable[[dict[str, str]], Fact]) -> tuple[Fact, ...]:
    """Read a table; people edit it by hand, so a mistake is told with its line."""
    facts = []
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, strict=True)
        for row in reader:
            # The csv module files cells too many under None, and gives None for cells missing.
            if None in row or None in row.values():
                raise BrokenTable(path, reader.line_num, "not as many cells as the header has")
            try:
                facts.append(build(row))
            except KeyError as missing:
                raise BrokenTable(path, reader.line_num, f"no column {missing}") from missing
            except ValueError as wrong:
                raise BrokenTable(path, reader.line_num, str(wrong)) from wrong
    return tuple(facts)
