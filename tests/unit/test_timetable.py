"""The statutory timetable: every known vector, and what holds for every year."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from process.rules.regimes import nomination_window_day
from process.rules.timetable import (
    ElectionKind,
    StatutoryKey,
    Timetable,
    UnknownElection,
    merger_nomination_day,
    merger_polling_day,
    nearest_polling_day,
    nomination_day,
    regular_polling_day,
    timetable_for_merger,
    timetable_for_polling_day,
)

KEYS = [
    "name_registration",
    "list_deposit",
    "nomination",
    "examination",
    "repair",
    "validity",
    "polling_cards",
    "polling_day",
    "result",
    "new_council",
]
# Per election: (date, confidence) in the order of KEYS.
REGULAR = {
    "2018-03-21": [
        ("2017-12-27", "A"),
        ("2018-01-22", "C"),
        ("2018-02-05", "A"),
        ("2018-02-06", "A"),
        ("2018-02-09", "B"),
        ("2018-02-09", "A"),
        ("2018-03-07", "C"),
        ("2018-03-21", "A"),
        ("2018-03-23", "A"),
        ("2018-03-29", "A"),
    ],
    "2022-03-16": [
        ("2021-12-20", "A"),
        ("2022-01-17", "C"),
        ("2022-01-31", "A"),
        ("2022-02-01", "A"),
        ("2022-02-03", "B"),
        ("2022-02-04", "A"),
        ("2022-03-02", "B"),
        ("2022-03-16", "A"),
        ("2022-03-21", "A"),
        ("2022-03-30", "A"),
    ],
    "2026-03-18": [
        ("2025-12-22", "A"),
        ("2026-01-19", "B"),
        ("2026-02-02", "A"),
        ("2026-02-03", "A"),
        ("2026-02-05", "B"),
        ("2026-02-06", "A"),
        ("2026-03-04", "C"),
        ("2026-03-18", "A"),
        ("2026-03-26", "B"),
        ("2026-04-01", "A"),
    ],
    "2030-03-20": [
        ("2029-12-24", "C"),
        ("2030-01-21", "C"),
        ("2030-02-04", "B"),
        ("2030-02-05", "B"),
        ("2030-02-07", "C"),
        ("2030-02-08", "B"),
        ("2030-03-06", "C"),
        ("2030-03-20", "B"),
        ("2030-03-28", "C"),
        ("2030-04-03", "B"),
    ],
}
# Merger on 1 January: nomination, polling day (both with confidence), first day of the council.
MERGERS = {
    2018: ("2017-10-09", "B", "2017-11-22", "B", "2018-01-02"),
    2019: ("2018-10-08", "A", "2018-11-21", "A", "2019-01-02"),
    2021: ("2020-10-05", "B", "2020-11-18", "B", "2021-01-04"),
    2022: ("2021-10-11", "B", "2021-11-24", "A", "2022-01-03"),
    2023: ("2022-10-10", "B", "2022-11-23", "A", "2023-01-02"),
    2027: ("2026-10-05", "B", "2026-11-18", "B", "2027-01-04"),
    2028: ("2027-10-11", "B", "2027-11-24", "B", "2028-01-03"),
}
REGULAR_YEARS = range(2014, 2099, 4)
ASKED_YEARS = range(1998, 2099)
K = StatutoryKey


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _timetable(polling_day: str) -> Timetable:
    return timetable_for_polling_day(polling_day=_day(polling_day))


@pytest.mark.parametrize("polling_day", REGULAR)
def test_regular_vectors(polling_day: str) -> None:
    timetable = _timetable(polling_day)
    found = [(item.date.isoformat(), item.confidence.value) for item in timetable]
    assert found == REGULAR[polling_day]
    assert [item.key.value for item in timetable] == KEYS
    assert timetable.kind == ElectionKind.REGULAR
    assert timetable.polling_day == _day(polling_day)


@pytest.mark.parametrize("merger_year", MERGERS)
def test_merger_vectors(merger_year: int) -> None:
    effective_date = dt.date(merger_year, 1, 1)
    timetable = timetable_for_merger(effective_date=effective_date)
    nomination, polling = timetable[K.NOMINATION], timetable[K.POLLING_DAY]
    assert (
        nomination.date.isoformat(),
        nomination.confidence.value,
        polling.date.isoformat(),
        polling.confidence.value,
        timetable[K.NEW_COUNCIL].date.isoformat(),
    ) == MERGERS[merger_year]
    assert timetable.kind == ElectionKind.MERGER
    assert timetable.effective_date == effective_date
    assert timetable == timetable_for_polling_day(polling_day=polling.date)
    assert timetable[K.NOMINATION].article == "Wet arhi 55"
    assert timetable[K.NEW_COUNCIL].article == "Wet arhi 56"


def test_registration_before_the_merger_election_of_2022() -> None:
    item = _timetable("2022-11-23")[K.NAME_REGISTRATION]
    assert (item.date, item.confidence.value) == (dt.date(2022, 8, 29), "B")


def test_name_registration_of_2018_departs_from_the_rule() -> None:
    item = _timetable("2018-03-21")[K.NAME_REGISTRATION]
    assert item.computed_date == dt.date(2017, 12, 25)
    assert item.override_reason is not None
    assert "27 December 2017" in item.override_reason


def test_covid_moved_result_and_council_of_2022() -> None:
    timetable = _timetable("2022-03-16")
    moved = {item.key: item.computed_date for item in timetable if item.override_reason}
    assert moved == {K.RESULT: dt.date(2022, 3, 18), K.NEW_COUNCIL: dt.date(2022, 3, 24)}
    assert timetable[K.NEW_COUNCIL].source == "Tijdelijke wet verkiezingen covid-19"
    assert "Early voting" in timetable[K.POLLING_DAY].note


@pytest.mark.parametrize(
    ("polling_day", "first", "last"),
    [
        ("2018-03-21", "2018-02-07", "2018-02-09"),
        ("2018-11-21", "2018-10-10", "2018-10-12"),
        ("2022-03-16", "2022-02-02", "2022-02-03"),
        ("2026-03-18", "2026-02-04", "2026-02-05"),
        ("2030-03-20", "2030-02-06", "2030-02-07"),
    ],
)
def test_repair_is_a_period(polling_day: str, first: str, last: str) -> None:
    timetable = _timetable(polling_day)
    assert timetable[K.REPAIR].starts == _day(first)
    assert timetable[K.REPAIR].date == _day(last)
    assert all(item.starts is None for item in timetable if item.key != K.REPAIR)


def test_a_date_without_a_calendar_of_the_time_says_so_in_its_source() -> None:
    remark = "no calendar of the time found"
    found = {
        (polling_day, item.key.value)
        for polling_day in REGULAR
        for item in _timetable(polling_day)
        if remark in item.source
    }
    assert found == {
        ("2018-03-21", "list_deposit"),
        ("2018-03-21", "polling_cards"),
        ("2022-03-16", "list_deposit"),
    }


@pytest.mark.parametrize(
    ("polling_day", "regime", "council_weekday"),
    [
        ("2014-03-19", "kieswet-2013", calendar.THURSDAY),
        ("2018-03-21", "kieswet-2013", calendar.THURSDAY),
        ("2026-03-18", "kieswet-2023", calendar.WEDNESDAY),
    ],
)
def test_regimes_follow_the_polling_day(
    polling_day: str, regime: str, council_weekday: int
) -> None:
    timetable = _timetable(polling_day)
    assert timetable.regime == regime
    assert timetable[K.NEW_COUNCIL].date.weekday() == council_weekday


def test_records_have_exactly_the_published_fields() -> None:
    record = _timetable("2018-03-21")[K.NAME_REGISTRATION].as_record()
    assert list(record) == [
        "key",
        "date",
        "rule",
        "article",
        "source",
        "confidence",
        "computed_date",
        "override_reason",
    ]
    assert record["date"] == "2017-12-27"
    assert record["computed_date"] == "2017-12-25"
    assert record["article"] == "Kieswet G 3"


@given(year=st.sampled_from(ASKED_YEARS))
def test_every_regular_year_1998_to_2098(year: int) -> None:
    if year not in REGULAR_YEARS:
        with pytest.raises(UnknownElection) as caught:
            regular_polling_day(year=year)
        assert caught.value.nearest[0].year in REGULAR_YEARS
        return
    nomination, polling = nomination_day(year=year), regular_polling_day(year=year)
    assert nomination.weekday() == calendar.MONDAY
    assert dt.date(year, 1, 30) <= nomination <= dt.date(year, 2, 5)
    assert polling.weekday() == calendar.WEDNESDAY
    assert dt.date(year, 3, 15) <= polling <= dt.date(year, 3, 21)
    assert nomination + dt.timedelta(days=44) == polling
    timetable = timetable_for_polling_day(polling_day=polling)
    registration = timetable[K.NAME_REGISTRATION]
    assert registration.computed_date <= nomination - dt.timedelta(days=42)
    if registration.override_reason is None:
        assert registration.date == registration.computed_date
    council = timetable[K.NEW_COUNCIL].date
    first = dt.date(year, 3, 29) if year > 2022 else dt.date(year, 3, 23)
    assert 0 <= (timetable[K.NEW_COUNCIL].computed_date - first).days <= 6
    assert timetable[K.RESULT].date < council


@pytest.mark.parametrize(("year", "day"), [(2040, 6), (2012, 6), (2036, 4), (2023, 30)])
def test_the_window_of_nomination_moves_a_day_in_leap_years(year: int, day: int) -> None:
    """No regular year is a leap year; other elections on the same article (F 1) have them."""
    found = nomination_window_day(kind=ElectionKind.REGULAR, year=year)
    assert found == dt.date(year, 1 if day == 30 else 2, day)


@given(merger_year=st.integers(2016, 2098))
def test_every_merger_year(merger_year: int) -> None:
    effective_date = dt.date(merger_year, 1, 1)
    nomination = merger_nomination_day(effective_date=effective_date)
    polling = merger_polling_day(effective_date=effective_date)
    assert nomination.weekday() == calendar.MONDAY
    assert dt.date(merger_year - 1, 10, 5) <= nomination <= dt.date(merger_year - 1, 10, 11)
    assert polling.weekday() == calendar.WEDNESDAY
    assert polling == nomination + dt.timedelta(days=44)
    council = timetable_for_merger(effective_date=effective_date)[K.NEW_COUNCIL].date
    assert effective_date < council <= dt.date(merger_year, 1, 4)
    assert council.weekday() <= calendar.FRIDAY


@given(
    day=st.dates(dt.date(1990, 1, 1), dt.date(2110, 12, 31)),
    kind=st.sampled_from([None, *ElectionKind]),
)
def test_any_day_is_either_answered_or_refused_with_the_nearest_ones(
    day: dt.date, kind: ElectionKind | None
) -> None:
    nearest = [
        nearest_polling_day(asked=day, kind=one) for one in ElectionKind if kind in (None, one)
    ]
    if day in nearest:
        timetable = timetable_for_polling_day(polling_day=day, kind=kind)
        assert timetable.polling_day == day
        assert kind in (None, timetable.kind)
        return
    with pytest.raises(UnknownElection) as caught:
        timetable_for_polling_day(polling_day=day, kind=kind)
    assert list(caught.value.nearest) == nearest
    for other in nearest:
        assert other.isoformat() in str(caught.value)
        assert timetable_for_polling_day(polling_day=other).polling_day == other


def test_confidence_of_elections_that_nobody_reviewed() -> None:
    near = {item.key: item.confidence.value for item in _timetable("2020-11-18")}
    assert {key for key, letter in near.items() if letter == "B"} == {
        K.NOMINATION,
        K.POLLING_DAY,
        K.NEW_COUNCIL,
    }
    assert {item.confidence.value for item in _timetable("2034-03-15")} == {"C"}


def test_a_wrong_polling_day_is_told_the_nearest_ones() -> None:
    with pytest.raises(UnknownElection) as caught:
        _timetable("2026-03-19")
    assert str(caught.value) == (
        "No rule knows 2026-03-19 as a polling day; the nearest regular election is on"
        " 2026-03-18, the nearest election before a merger on 2025-11-19."
    )
    assert caught.value.params["asked"] == dt.date(2026, 3, 19)
    assert caught.value.nearest == (dt.date(2026, 3, 18), dt.date(2025, 11, 19))


@pytest.mark.parametrize(
    ("polling_day", "kind", "nearest"),
    [
        ("2026-03-18", ElectionKind.MERGER, "2025-11-19"),
        ("2026-11-18", ElectionKind.REGULAR, "2026-03-18"),
        ("1998-03-04", ElectionKind.REGULAR, "2014-03-19"),
        ("3026-03-18", ElectionKind.REGULAR, "2098-03-19"),
        ("0001-01-01", ElectionKind.MERGER, "2015-11-18"),
        ("9999-12-31", ElectionKind.MERGER, "2097-11-20"),
    ],
)
def test_a_polling_day_of_the_other_kind_or_another_age_is_refused(
    polling_day: str, kind: ElectionKind, nearest: str
) -> None:
    with pytest.raises(UnknownElection) as caught:
        timetable_for_polling_day(polling_day=_day(polling_day), kind=kind)
    assert caught.value.nearest == (_day(nearest),)
    assert nearest_polling_day(asked=_day(polling_day), kind=kind) == _day(nearest)


@pytest.mark.parametrize(
    ("effective_date", "nearest"),
    [
        ("2022-03-24", "2022-01-01"),
        ("2022-12-01", "2023-01-01"),
        ("2027-01-02", "2027-01-01"),
        ("2015-01-01", "2016-01-01"),
        ("2099-01-01", "2098-01-01"),
        ("2098-12-31", "2098-01-01"),
        ("0001-01-01", "2016-01-01"),
        ("9999-12-31", "2098-01-01"),
    ],
)
def test_a_merger_takes_effect_on_a_known_first_of_january(
    effective_date: str, nearest: str
) -> None:
    with pytest.raises(UnknownElection) as caught:
        timetable_for_merger(effective_date=_day(effective_date))
    assert caught.value.nearest == (_day(nearest),)
    assert effective_date in str(caught.value)


@pytest.mark.parametrize(
    ("year", "nearest"), [(2027, 2026), (2028, 2030), (2010, 2014), (0, 2014), (20260, 2098)]
)
def test_a_year_without_a_regular_election_is_refused(year: int, nearest: int) -> None:
    with pytest.raises(UnknownElection) as caught:
        nomination_day(year=year)
    assert caught.value.nearest == (dt.date(nearest, 1, 1),)
    assert str(nearest) in str(caught.value)
