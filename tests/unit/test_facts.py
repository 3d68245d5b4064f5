"""The table of municipalities, held against itself."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from branches.facts import tables
from branches.facts.provinces import Province
from branches.facts.tables import (
    BrokenTable,
    DayBeforeTable,
    Extent,
    MergerStatus,
    MunicipalityFact,
    NotARegularElection,
    SchoolRegion,
    UnknownMerger,
    UnknownMunicipality,
    first_regular_election_year,
    mergers,
    municipalities,
    municipalities_on,
    municipality,
    voting_in_merger_election,
    voting_in_regular_election,
)

MARCH_2018 = date(2018, 3, 21)
MARCH_2022 = date(2022, 3, 16)
MARCH_2026 = date(2026, 3, 18)
MARCH_2030 = date(2030, 3, 20)


def codes(facts: tuple[MunicipalityFact, ...]) -> set[str]:
    return {fact.code for fact in facts}


def replayed(*, until: date) -> set[str]:
    """The list of 1 January 2018 with every later merger up to and on ``until`` applied."""
    present = codes(municipalities_on(day=date(2018, 1, 1)))
    later = {m.effective_date for m in mergers() if date(2018, 1, 1) < m.effective_date <= until}
    for day in sorted(later):
        pairs = [m for m in mergers() if m.effective_date == day]
        assert {m.from_code for m in pairs} <= present
        present = (present - {m.from_code for m in pairs}) | {m.into_code for m in pairs}
    return present


def test_codes_are_unique_well_formed_and_in_order() -> None:
    found = [fact.code for fact in municipalities()]
    assert found == sorted(set(found))
    assert all(len(code) == 6 and code[:2] == "GM" and code[2:].isdigit() for code in found)


def test_no_two_municipalities_of_one_day_have_the_same_full_name() -> None:
    for day in (date(2018, 1, 1), date(2022, 1, 1), date(2026, 1, 1)):
        names = [fact.name for fact in municipalities_on(day=day)]
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2017, 1, 1), 388),
        (date(2017, 12, 31), 388),
        (date(2018, 1, 1), 380),
        (date(2018, 12, 31), 380),
        (date(2019, 1, 1), 355),
        (date(2021, 1, 1), 352),
        (date(2022, 1, 1), 345),
        (date(2022, 3, 23), 345),
        (date(2022, 3, 24), 344),
        (date(2023, 1, 1), 342),
        (date(2026, 12, 31), 342),
        (date(2027, 1, 1), 341),
    ],
)
def test_so_many_municipalities_exist_on_a_day(day: date, count: int) -> None:
    assert len(municipalities_on(day=day)) == count


@pytest.mark.parametrize("until", sorted({m.effective_date for m in mergers()}))
def test_replaying_the_mergers_gives_the_dates_in_the_table(until: date) -> None:
    assert replayed(until=until) == codes(municipalities_on(day=until))


def test_every_merger_names_municipalities_of_the_day_before_and_the_day_itself() -> None:
    for merger in mergers():
        day = merger.effective_date
        assert municipality(code=merger.into_code).exists_on(day)
        old = municipality(code=merger.from_code)
        assert old.valid_from is None or old.valid_from < day
        assert old.valid_until is None or old.valid_until >= day


def test_mergers_are_sorted_and_name_each_pair_once() -> None:
    pairs = [(m.effective_date, m.into_code, m.from_code) for m in mergers()]
    assert pairs == sorted(set(pairs))


def test_what_goes_over_in_parts_goes_to_more_than_one() -> None:
    parts: dict[tuple[date, str], list[str]] = {}
    for merger in mergers():
        if merger.extent is Extent.PART:
            parts.setdefault((merger.effective_date, merger.from_code), []).append(merger.into_code)
    assert {code: len(into) for (_, code), into in parts.items()} == {
        "GM0140": 3,  # Littenseradiel
        "GM0053": 2,  # Winsum
        "GM0788": 4,  # Haaren
    }


def test_the_councils_of_one_merger_are_elected_on_one_wednesday_before_it() -> None:
    for merger in mergers():
        if merger.polling_day is None:
            continue
        assert merger.polling_day.isoweekday() == 3
        assert 0 < (merger.effective_date - merger.polling_day).days <= 45


def test_only_mergers_still_to_come_are_planned() -> None:
    planned = {m.effective_date for m in mergers() if m.status is MergerStatus.PLANNED}
    assert planned == {date(2027, 1, 1)}
    assert municipality(code="GM1696").valid_until == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("polling_day", "count"),
    [(MARCH_2018, 335), (MARCH_2022, 334), (MARCH_2026, 340), (MARCH_2030, 341)],
)
def test_so_many_councils_are_elected_on_the_regular_day(polling_day: date, count: int) -> None:
    assert len(voting_in_regular_election(polling_day=polling_day)) == count


def test_tilburg_and_amsterdam_grew_without_an_election_of_their_own() -> None:
    voting = codes(voting_in_regular_election(polling_day=MARCH_2022))
    assert {"GM0855", "GM0363", "GM0457"} <= voting
    assert voting_in_merger_election(effective_date=date(2022, 3, 24)) == ()
    tilburg = next(m for m in mergers() if m.into_code == "GM0855")
    assert not tilburg.has_own_election
    assert tilburg.first_regular_year == 2022


def test_hilversum_and_wijdemeren_skip_2026_and_are_one_in_2030() -> None:
    assert not {"GM0402", "GM1696"} & codes(voting_in_regular_election(polling_day=MARCH_2026))
    voting = codes(voting_in_regular_election(polling_day=MARCH_2030))
    assert "GM0402" in voting
    assert "GM1696" not in voting
    merging = voting_in_merger_election(effective_date=date(2027, 1, 1))
    assert [fact.short_name for fact in merging] == ["Hilversum", "Wijdemeren"]


@pytest.mark.parametrize(
    ("merger_year", "first"), [(2019, 2022), (2020, 2026), (2021, 2026), (2022, 2026), (2023, 2026)]
)
def test_the_council_of_a_merger_sits_until_this_regular_election(
    merger_year: int, first: int
) -> None:
    assert first_regular_election_year(merger_year=merger_year) == first


@pytest.mark.parametrize(
    ("effective_date", "old", "new"),
    [
        (date(2018, 1, 1), 14, 6),
        (date(2019, 1, 1), 37, 12),
        (date(2021, 1, 1), 7, 4),
        (date(2022, 1, 1), 11, 4),
        (date(2023, 1, 1), 3, 1),
        (date(2027, 1, 1), 2, 1),
    ],
)
def test_so_many_vote_for_a_merger_and_so_many_councils_come_of_it(
    effective_date: date, old: int, new: int
) -> None:
    voting = voting_in_merger_election(effective_date=effective_date)
    assert len(voting) == old
    pairs = [merger for merger in mergers() if merger.effective_date == effective_date]
    (day,) = {merger.polling_day for merger in pairs} - {None}
    assert day is not None
    assert codes(voting) <= codes(municipalities_on(day=day))
    assert len({merger.into_code for merger in pairs if merger.has_own_election}) == new


def test_between_two_regular_elections_every_municipality_has_one_council_election() -> None:
    """Nobody falls through: who skips the regular day votes for a merger before or after it."""
    for polling_day in (MARCH_2022, MARCH_2026):
        skipping = codes(municipalities_on(day=polling_day)) - codes(
            voting_in_regular_election(polling_day=polling_day)
        )
        own = {
            code
            for m in mergers()
            if m.has_own_election and abs(m.effective_date.year - polling_day.year) <= 1
            for code in (m.from_code, m.into_code)
        }
        assert skipping <= own


def test_two_are_called_bergen_and_one_den_haag() -> None:
    bergen = [f for f in municipalities_on(day=MARCH_2022) if f.short_name == "Bergen"]
    assert [f.province for f in bergen] == [Province.NOORD_HOLLAND, Province.LIMBURG]
    the_hague = municipality(code="GM0518")
    assert (the_hague.name, the_hague.short_name) == ("'s-Gravenhage", "Den Haag")
    assert the_hague.demonym == "Hagenezen"
    assert the_hague.school_region is SchoolRegion.MIDDEN


def test_populations_have_a_believable_size_and_a_year_in_which_it_existed() -> None:
    for fact in municipalities():
        assert 900 <= fact.population <= 1_000_000
        assert fact.exists_on(date(fact.population_year, 1, 1))


def test_demonyms_belong_to_municipalities_and_are_plural_words() -> None:
    path = Path(tables.__file__).with_name("demonyms.csv")
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    found = [row["code"] for row in rows]
    assert found == sorted(set(found))
    assert len(found) >= 120
    for row in rows:
        assert municipality(code=row["code"]).demonym == row["demonym_plural"]
        assert row["demonym_plural"].endswith(("s", "en"))
        assert row["demonym_plural"][0].isupper()


def test_provinces_have_a_tile_and_an_abbreviation_each() -> None:
    assert len({(p.column, p.row) for p in Province}) == len(Province) == 12
    assert len({p.abbreviation for p in Province}) == 12
    assert len({p.dutch_name for p in Province}) == 12
    assert Province("PV21").dutch_name == "Fryslân"
    assert {fact.province for fact in municipalities()} == set(Province)


# Questions that have no answer


@pytest.mark.parametrize("code", ["GM9999", "gm0518", "518", "", "GM0518\x00", "Den Haag"])
def test_an_unknown_code_is_named_in_the_refusal(code: str) -> None:
    with pytest.raises(UnknownMunicipality, match="CBS code") as refusal:
        municipality(code=code)
    assert refusal.value.code == code
    assert repr(code) in str(refusal.value)


def test_a_day_before_the_table_is_refused() -> None:
    with pytest.raises(DayBeforeTable, match="2016-12-31"):
        municipalities_on(day=date(2016, 12, 31))
    with pytest.raises(DayBeforeTable):
        voting_in_regular_election(polling_day=date(2014, 3, 19))


@pytest.mark.parametrize("day", [date(2021, 3, 17), date(2022, 11, 23), date(2023, 3, 15)])
def test_another_election_is_no_regular_council_election(day: date) -> None:
    with pytest.raises(NotARegularElection, match=day.isoformat()):
        voting_in_regular_election(polling_day=day)


def test_a_day_without_a_merger_is_refused() -> None:
    with pytest.raises(UnknownMerger, match="2020-01-01"):
        voting_in_merger_election(effective_date=date(2020, 1, 1))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("GM0001,A,A,PV99,Noord,,,10,2022", "PV99"),
        ("GM0001,A,A,PV20,Oost,,,10,2022", "Oost"),
        ("GM0001,A,A,PV20,Noord,2022-13-01,,10,2022", "2022-13-01|month"),
        ("GM0001,A,A,PV20,Noord,,,veel,2022", "veel"),
        ("GM0001,A,A,PV20,Noord,,", "cells"),
        ("GM0001,A, B,A,PV20,Noord,,,10,2022", "cells"),
    ],
)
def test_a_mistake_in_the_table_is_told_with_file_and_line(
    tmp_path: Path, row: str, reason: str
) -> None:
    header = Path(tables.__file__).with_name("municipalities.csv").read_text("utf-8").split("\n")[0]
    good = "GM0000,A,A,PV20,Noord,,,10,2022"
    (tmp_path / "demonyms.csv").write_text("code,demonym_plural\n", "utf-8")
    (tmp_path / "municipalities.csv").write_text(f"{header}\n{good}\n{row}\n", "utf-8")
    with pytest.raises(BrokenTable, match=rf"municipalities\.csv, line 3: .*({reason})"):
        tables._read_municipalities(folder=tmp_path)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    (tmp_path / "demonyms.csv").write_text("code,people\nGM0518,Hagenezen\n", "utf-8")
    with pytest.raises(BrokenTable, match="demonym_plural"):
        tables._read_municipalities(folder=tmp_path)
