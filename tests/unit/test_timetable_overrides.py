"""Overrides of the statutory timetable: what they move, what they leave, what is refused."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from process.rules.timetable import (
    NATIONAL,
    Confidence,
    InvalidOverride,
    Override,
    StatutoryKey,
    Timetable,
    dependents,
    municipal_overrides,
    regular_polling_day,
    timetable_for_merger,
    timetable_for_polling_day,
)

K = StatutoryKey
V2022 = dt.date(2022, 3, 16)
V2026 = dt.date(2026, 3, 18)


def _row(key: StatutoryKey, day: dt.date, scope: str = "branch-1") -> Override:
    return Override(key=key, date=day, reason="We were told so", source="A letter", scope=scope)


def _dates(timetable: Timetable) -> dict[StatutoryKey, dt.date]:
    return {item.key: item.date for item in timetable}


def test_the_graph_is_the_one_of_the_law() -> None:
    after_polling = {K.POLLING_CARDS, K.RESULT}
    assert dependents(key=K.POLLING_DAY) == after_polling
    assert dependents(key=K.EXAMINATION) == {K.REPAIR}
    assert dependents(key=K.NOMINATION) == after_polling | {
        K.NAME_REGISTRATION,
        K.LIST_DEPOSIT,
        K.EXAMINATION,
        K.REPAIR,
        K.VALIDITY,
        K.POLLING_DAY,
    }
    leaves = set(StatutoryKey) - {K.NOMINATION, K.POLLING_DAY, K.EXAMINATION}
    assert all(dependents(key=key) == frozenset() for key in leaves)


@given(
    year=st.sampled_from(range(2014, 2099, 4)),
    key=st.sampled_from(StatutoryKey),
    days=st.integers(1, 2),
)
def test_an_override_moves_its_dependents_and_nothing_else(
    year: int, key: StatutoryKey, days: int
) -> None:
    polling_day = regular_polling_day(year=year)
    before = timetable_for_polling_day(polling_day=polling_day)
    # Rows of the reviewed table stay where they are: they are days that somebody fixed.
    fixed = {item.key for item in before if item.override_reason is not None} - {key}
    shift = dt.timedelta(days=days)
    row = _row(key, before[key].date + shift)
    after = timetable_for_polling_day(polling_day=polling_day, overrides=[row])
    expected = {key, *dependents(key=key)} - fixed
    for item in before:
        moved = after[item.key]
        assert moved.computed_date == item.computed_date
        if item.key in expected:
            assert moved.date == item.date + shift
            assert moved.override_reason == row.reason
        else:
            assert moved == item


@given(
    year=st.sampled_from(range(2014, 2099, 4)),
    rows=st.dictionaries(st.sampled_from(StatutoryKey), st.integers(-3, 3), max_size=4),
)
def test_another_day_than_computed_always_has_a_reason(
    year: int, rows: dict[StatutoryKey, int]
) -> None:
    polling_day = regular_polling_day(year=year)
    plain = timetable_for_polling_day(polling_day=polling_day)
    overrides = [_row(key, plain[key].date + dt.timedelta(days=days)) for key, days in rows.items()]
    try:
        timetable = timetable_for_polling_day(polling_day=polling_day, overrides=overrides)
    except InvalidOverride as error:
        event(error.msgid)
        return
    for item in timetable:
        assert item.date == item.computed_date or item.override_reason
        if item.key in rows:
            assert item.date == plain[item.key].date + dt.timedelta(days=rows[item.key])


def test_a_moved_date_is_no_surer_than_the_row_that_moved_it() -> None:
    row = replace(_row(K.NOMINATION, dt.date(2026, 2, 3)), confidence=Confidence.C)
    timetable = timetable_for_polling_day(polling_day=V2026, overrides=[row])
    assert timetable[K.VALIDITY].confidence == Confidence.C
    assert timetable[K.NEW_COUNCIL].confidence == Confidence.A
    assert timetable[K.NOMINATION].source == "A letter"
    assert timetable[K.VALIDITY].source == "Kieswet (BWBR0004627)"


def test_an_override_to_the_same_day_keeps_its_reason_and_moves_nothing() -> None:
    plain = timetable_for_polling_day(polling_day=V2026)
    row = _row(K.NOMINATION, plain[K.NOMINATION].date)
    timetable = timetable_for_polling_day(polling_day=V2026, overrides=[row])
    assert _dates(timetable) == _dates(plain)
    assert {item.key for item in timetable if item.override_reason} == {K.NOMINATION}


def test_nomination_can_move_while_polling_day_stays() -> None:
    rows = [_row(K.NOMINATION, dt.date(2026, 1, 28)), _row(K.POLLING_DAY, V2026)]
    timetable = timetable_for_polling_day(polling_day=V2026, overrides=rows)
    assert timetable[K.EXAMINATION].date == dt.date(2026, 1, 29)
    assert timetable[K.RESULT].date == dt.date(2026, 3, 26)
    assert timetable[K.RESULT].override_reason is None


def test_repair_starts_the_day_after_a_moved_examination() -> None:
    rows = [_row(K.EXAMINATION, dt.date(2026, 2, 4))]
    timetable = timetable_for_polling_day(polling_day=V2026, overrides=rows)
    assert timetable[K.REPAIR].starts == dt.date(2026, 2, 5)
    assert timetable[K.REPAIR].date == dt.date(2026, 2, 6)


def test_amsterdam_2022_started_a_week_before_the_others() -> None:
    rows = municipal_overrides(polling_day=V2022, municipality_codes={"GM0363", "GM0384"})
    amsterdam = timetable_for_polling_day(polling_day=V2022, overrides=rows)
    elsewhere = timetable_for_polling_day(
        polling_day=V2022,
        overrides=municipal_overrides(polling_day=V2022, municipality_codes={"GM0518"}),
    )
    assert amsterdam[K.NEW_COUNCIL].date == dt.date(2022, 3, 24)
    assert "Weesp" in str(amsterdam[K.NEW_COUNCIL].override_reason)
    assert elsewhere[K.NEW_COUNCIL].date == dt.date(2022, 3, 30)
    differing = {item.key for item in amsterdam if item != elsewhere[item.key]}
    assert differing == {K.NEW_COUNCIL}
    assert not municipal_overrides(polling_day=V2026, municipality_codes={"GM0363"})


def test_a_provincial_executive_shifts_a_merger_election() -> None:
    effective_date = dt.date(2027, 1, 1)
    rows = [_row(K.NOMINATION, dt.date(2026, 10, 12), scope="PV27")]
    timetable = timetable_for_merger(effective_date=effective_date, overrides=rows)
    assert timetable.polling_day == dt.date(2026, 11, 25)
    assert timetable[K.POLLING_DAY].computed_date == dt.date(2026, 11, 18)
    assert timetable[K.NEW_COUNCIL].date == dt.date(2027, 1, 4)
    assert timetable[K.NEW_COUNCIL].override_reason is None


def test_the_vote_has_to_come_before_the_merger() -> None:
    rows = [
        _row(K.POLLING_DAY, dt.date(2027, 1, 1)),
        _row(K.RESULT, dt.date(2027, 1, 2)),
    ]
    with pytest.raises(InvalidOverride, match="before the merger") as caught:
        timetable_for_merger(effective_date=dt.date(2027, 1, 1), overrides=rows)
    assert caught.value.params["merger"] == dt.date(2027, 1, 1)


def test_the_order_of_the_dates_names_both() -> None:
    rows = [_row(K.RESULT, dt.date(2026, 3, 18))]
    with pytest.raises(InvalidOverride) as caught:
        timetable_for_polling_day(polling_day=V2026, overrides=rows)
    assert str(caught.value) == ("polling_day (2026-03-18) has to come before result (2026-03-18).")


def test_two_rows_for_one_date_are_refused() -> None:
    rows = [_row(K.RESULT, dt.date(2026, 3, 27)), _row(K.RESULT, dt.date(2026, 3, 28))]
    with pytest.raises(InvalidOverride, match="Two overrides were given for result"):
        timetable_for_polling_day(polling_day=V2026, overrides=rows)


@pytest.mark.parametrize("narrow_first", [True, False])
def test_a_narrow_row_wins_over_a_national_one_in_any_order(*, narrow_first: bool) -> None:
    narrow = _row(K.RESULT, dt.date(2026, 3, 27))
    wide = _row(K.RESULT, dt.date(2026, 3, 25), scope=NATIONAL)
    rows = [narrow, wide] if narrow_first else [wide, narrow]
    timetable = timetable_for_polling_day(polling_day=V2026, overrides=rows)
    assert timetable[K.RESULT].date == narrow.date


@pytest.mark.parametrize(("reason", "source"), [("", "A letter"), ("Because", "  ")])
def test_a_row_that_nobody_could_check_is_refused(reason: str, source: str) -> None:
    with pytest.raises(ValueError, match="a reason and a source"):
        Override(key=K.RESULT, date=V2026, reason=reason, source=source, scope=NATIONAL)


def test_a_key_from_a_database_becomes_its_enum_and_a_forged_one_is_refused() -> None:
    row = Override(
        key="result",  # type: ignore[arg-type]
        date=V2026,
        reason="x",
        source="y",
        scope=NATIONAL,
        confidence="C",  # type: ignore[arg-type]
    )
    assert row.key is K.RESULT
    assert row.confidence is Confidence.C
    with pytest.raises(ValueError, match="school_day"):
        replace(row, key="school_day")  # type: ignore[arg-type]
