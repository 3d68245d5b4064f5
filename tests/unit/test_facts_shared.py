"""The table of municipalities, held against the shared lists where they are present."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from branches.facts.provinces import Province
from branches.facts.tables import (
    MunicipalityFact,
    mergers,
    municipalities,
    municipalities_on,
    voting_in_regular_election,
)

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared lists are not here")

MARCH_2018 = date(2018, 3, 21)
MARCH_2022 = date(2022, 3, 16)
MARCH_2026 = date(2026, 3, 18)


def shared(name: str) -> list[dict[str, str]]:
    with (SHARED / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def codes(facts: tuple[MunicipalityFact, ...]) -> set[str]:
    return {fact.code for fact in facts}


@pytest.mark.parametrize("year", [2018, 2022, 2026])
def test_names_and_provinces_equal_the_list_of_that_year(year: int) -> None:
    ours = {
        f.code: (f.name, f.short_name, f.province.dutch_name, f.province.code)
        for f in municipalities_on(day=date(year, 1, 1))
    }
    theirs = {
        row["code"]: (row["name"], row["short_name"], row["province"], row["province_code"])
        for row in shared(f"municipalities_{year}.csv")
    }
    assert ours == theirs


def test_populations_equal_the_lists() -> None:
    years = {
        year: {row["code"]: row for row in shared(f"municipalities_{year}.csv")}
        for year in (2022, 2026, 2018)
    }
    compared = 0
    for fact in municipalities():
        row = next((years[y][fact.code] for y in years if fact.code in years[y]), None)
        if row is None:
            assert fact.valid_until == date(2018, 1, 1)
            continue
        compared += 1
        assert fact.population == int(row["population"])
        assert str(fact.population_year) == row["population_date"][:4]
    assert compared == 394
    in_2022 = municipalities_on(day=date(2022, 1, 1))
    assert {fact.population_year for fact in in_2022} == {2022}
    assert sum(fact.population for fact in in_2022) == 17_590_672


def test_school_regions_equal_the_list_and_pass_on_to_what_vanished() -> None:
    regions = {row["code"]: row["school_region"] for row in shared("municipalities_2026.csv")}
    successors: dict[str, set[str]] = {}
    for merger in mergers():
        successors.setdefault(merger.from_code, set()).add(merger.into_code)
    for fact in municipalities():
        heirs = {fact.code} if fact.code in regions else successors[fact.code]
        assert {regions[code] for code in heirs} == {fact.school_region.value}


def test_mergers_equal_the_list() -> None:
    ours = {
        (
            m.effective_date.isoformat(),
            m.into_code,
            m.from_code,
            m.extent.value,
            m.polling_day.isoformat() if m.polling_day else "",
            m.status.value,
        )
        for m in mergers()
    }
    theirs = {
        (
            row["effective_date"],
            row["municipality_code"],
            row["merged_from_code"],
            row["extent"],
            # The list has the month only; the day follows from Wet arhi 55.
            row["council_election_date"].replace("2026-11", "2026-11-18"),
            row["status"],
        )
        for row in shared("mergers_2018_2027.csv")
    }
    assert ours == theirs
    assert len(ours) == len(mergers())


@pytest.mark.parametrize("polling_day", [MARCH_2018, MARCH_2022, MARCH_2026])
def test_who_does_not_vote_regularly_equals_the_list(polling_day: date) -> None:
    skipping = codes(municipalities_on(day=polling_day)) - codes(
        voting_in_regular_election(polling_day=polling_day)
    )
    listed = {
        row["municipality_code"]
        for row in shared("off_cycle_elections.csv")
        if row["regular_election"] == polling_day.isoformat()
    }
    assert skipping == listed


def test_who_voted_in_2026_equals_the_list() -> None:
    voted = {
        row["code"] for row in shared("municipalities_2026.csv") if row["voted_2026_03_18"] == "1"
    }
    assert codes(voting_in_regular_election(polling_day=MARCH_2026)) == voted


def test_counts_per_day_equal_the_list() -> None:
    for row in shared("municipality_counts.csv"):
        day = date.fromisoformat(row["date"])
        assert len(municipalities_on(day=day)) == int(row["municipalities"])


def test_the_tile_grid_equals_the_list() -> None:
    ours = {(p.dutch_name, p.code, p.abbreviation, p.column, p.row) for p in Province}
    theirs = {
        (row["province"], row["province_code"], row["abbr"], int(row["col"]), int(row["row"]))
        for row in shared("provinces_tilegrid.csv")
    }
    assert ours == theirs
    for row in shared("provinces_tilegrid.csv"):
        for year in (2018, 2022, 2026):
            here = [
                fact
                for fact in municipalities_on(day=date(year, 1, 1))
                if fact.province == row["province_code"]
            ]
            assert len(here) == int(row[f"municipalities_{year}"])
