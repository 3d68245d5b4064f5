"""Who takes part in which regular election after, and before, a municipal merger."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from process.rules.timetable import (
    ElectionKind,
    UnknownElection,
    first_regular_year_after_merger,
    regular_polling_day,
    takes_part,
    timetable_for_merger,
    timetable_for_polling_day,
)

DATA = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"
needs_data = pytest.mark.skipif(
    not (DATA / "off_cycle_elections.csv").exists(), reason="the shared data are not here"
)


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("merger_year", "first"),
    [
        (2016, 2022),
        (2017, 2022),
        (2018, 2022),
        (2019, 2022),
        (2020, 2026),
        (2021, 2026),
        (2022, 2026),
        (2023, 2026),
        (2027, 2030),
    ],
)
def test_first_regular_election_of_a_merged_municipality(merger_year: int, first: int) -> None:
    assert first_regular_year_after_merger(merger_year=merger_year) == first
    assert takes_part(regular_year=first, merger_year=merger_year)
    assert regular_polling_day(year=first) > dt.date(merger_year, 1, 1)


@pytest.mark.parametrize(
    ("regular_year", "merger_year", "expected"),
    [
        (2018, 2019, False),  # the old ones wait for the merger
        (2018, 2016, False),  # Edam-Volendam
        (2018, 2017, False),  # Meierijstad
        (2018, 2020, True),
        (2022, 2021, False),
        (2022, 2022, False),
        (2022, 2023, False),
        (2022, 2019, True),
        (2026, 2027, False),
        (2026, 2023, True),
    ],
)
def test_who_takes_part(*, regular_year: int, merger_year: int, expected: bool) -> None:
    assert takes_part(regular_year=regular_year, merger_year=merger_year) is expected


def test_participation_is_only_asked_of_regular_elections() -> None:
    with pytest.raises(UnknownElection):
        takes_part(regular_year=2024, merger_year=2027)


@needs_data
def test_the_municipalities_that_stayed_away_are_the_ones_of_the_rule() -> None:
    off_cycle: dict[int, set[str]] = {2018: set(), 2022: set(), 2026: set()}
    for row in _rows("off_cycle_elections.csv"):
        off_cycle[int(row["regular_election"][:4])].add(row["municipality_code"])
    # Merged in 2016 and 2017, before the table of mergers begins; see the test above.
    off_cycle[2018] -= {"GM0385", "GM1948"}
    merged: dict[str, set[int]] = {}
    for row in _rows("mergers_2018_2027.csv"):
        effective = dt.date.fromisoformat(row["effective_date"])
        if (effective.month, effective.day) != (1, 1) or not row["council_election_date"]:
            continue  # Amsterdam and Weesp; a part that joined without an election
        for code in (row["municipality_code"], row["merged_from_code"]):
            merged.setdefault(code, set()).add(effective.year)
    for year, expected in off_cycle.items():
        existing = {row["code"] for row in _rows(f"municipalities_{year}.csv")}
        away = {
            code
            for code, years in merged.items()
            if code in existing
            and not all(takes_part(regular_year=year, merger_year=merger) for merger in years)
        }
        assert away == expected
        counted = {2018: 335 + 2, 2022: 334, 2026: 340}[year]  # 2018: the two taken out above
        assert len(existing) - len(away) == counted


@needs_data
def test_polling_days_of_the_shared_tables_are_known() -> None:
    checked = set()
    for row in _rows("mergers_2018_2027.csv"):
        effective = dt.date.fromisoformat(row["effective_date"])
        voted = row["council_election_date"]
        if (effective.month, effective.day) == (1, 1) and len(voted) == len("2022-11-23"):
            timetable = timetable_for_merger(effective_date=effective)
            assert timetable.polling_day.isoformat() == voted
            checked.add(voted)
    assert len(checked) == 5
    for row in _rows("off_cycle_elections.csv"):
        regular = dt.date.fromisoformat(row["regular_election"])
        assert timetable_for_polling_day(polling_day=regular).kind == ElectionKind.REGULAR
