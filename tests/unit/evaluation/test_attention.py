"""Which of the ten ask for attention, and what is expected from where a branch stands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation import enums_ten
from evaluation.rules.attention import (
    Looked,
    Round,
    Sign,
    count_told,
    is_silent,
    signs,
    told,
    weeks_silent,
)
from evaluation.rules.pledge import ENDED, PledgeStatus
from evaluation.rules.standing import Means, Standing, expected, means_in_order

POLLING_DAY = date(2022, 3, 16)
HALF_YEAR = Round(since=date(2022, 8, 31), opens=date(2022, 8, 31), ends=date(2022, 9, 28))
KICK_OFF = Round(since=POLLING_DAY, opens=date(2022, 3, 23), ends=date(2022, 4, 13))


def pledge(heard_on: date | None = None, status: str = "under_way", **fields: object) -> Looked:
    return Looked(status=PledgeStatus(status), heard_on=heard_on, **fields)  # type: ignore[arg-type]


def silent(one: Looked, *, today: date, coming: Round | None = None) -> bool:
    return is_silent(one, coming=coming, polling_day=POLLING_DAY, today=today)


def test_half_a_year_without_news_is_silence_and_a_day_less_is_not() -> None:
    heard = date(2023, 1, 2)
    assert not silent(pledge(heard), today=heard + timedelta(weeks=26, days=-1))
    assert silent(pledge(heard), today=heard + timedelta(weeks=26))


def test_of_what_nothing_was_told_the_silence_begins_on_polling_day() -> None:
    assert not silent(pledge(), today=POLLING_DAY - timedelta(days=1))
    assert not silent(pledge(), today=POLLING_DAY + timedelta(weeks=25))
    assert silent(pledge(), today=POLLING_DAY + timedelta(weeks=26))


def test_six_weeks_before_a_round_ends_older_news_counts_as_none() -> None:
    nearly = HALF_YEAR.ends - timedelta(weeks=6)
    before = pledge(nearly - timedelta(days=1))
    assert not silent(before, today=nearly - timedelta(days=1), coming=HALF_YEAR)
    assert silent(before, today=nearly, coming=HALF_YEAR)
    assert not silent(pledge(nearly), today=nearly, coming=HALF_YEAR)


def test_in_the_kick_off_any_news_since_polling_day_counts() -> None:
    assert silent(pledge(), today=POLLING_DAY + timedelta(days=1), coming=KICK_OFF)
    assert not silent(pledge(POLLING_DAY), today=KICK_OFF.ends, coming=KICK_OFF)


@pytest.mark.parametrize("status", sorted(ENDED))
def test_what_has_ended_is_left_in_peace_and_counts_as_told(status: PledgeStatus) -> None:
    one = Looked(status=status, by_when=date(2022, 5, 1), owned=False, overdue=True)
    assert signs(one, coming=HALF_YEAR, polling_day=POLLING_DAY, today=date(2024, 1, 1)) == ()
    assert told(one, since=date(2024, 1, 1))


def test_signs_come_the_most_urgent_first() -> None:
    one = pledge(date(2022, 4, 1), "stuck", by_when=date(2022, 6, 1), owned=False, overdue=True)
    found = signs(one, coming=None, polling_day=POLLING_DAY, today=date(2023, 1, 1))
    assert found == (Sign.STUCK, Sign.OVERDUE, Sign.LATE, Sign.NOBODY, Sign.SILENT)


def test_in_a_round_what_was_told_lately_is_still_to_be_told_in_it() -> None:
    just_before = pledge(HALF_YEAR.opens - timedelta(days=3))
    found = signs(just_before, coming=HALF_YEAR, polling_day=POLLING_DAY, today=HALF_YEAR.opens)
    assert found == (Sign.TO_TELL,)
    assert not signs(
        just_before,
        coming=HALF_YEAR,
        polling_day=POLLING_DAY,
        today=HALF_YEAR.opens - timedelta(days=1),
    )


def test_weeks_are_whole_and_never_less_than_none() -> None:
    assert weeks_silent(heard_on=None, polling_day=POLLING_DAY, today=POLLING_DAY) == 0
    assert weeks_silent(heard_on=None, polling_day=POLLING_DAY, today=date(2022, 3, 29)) == 1
    later = date(2022, 6, 1)
    assert weeks_silent(heard_on=later, polling_day=POLLING_DAY, today=date(2022, 5, 1)) == 0


days = st.dates(min_value=date(2021, 1, 1), max_value=date(2027, 1, 1))


@given(days, days)
def test_news_of_today_is_never_silence(today: date, ends: date) -> None:
    """Whatever the round: who tells something today has done with it."""
    coming = Round(since=ends - timedelta(weeks=4), opens=ends - timedelta(weeks=4), ends=ends)
    assert not silent(pledge(today), today=today, coming=coming)


@given(st.lists(st.none() | days, max_size=10), days)
def test_the_count_never_passes_the_ten(heard: list[date | None], since: date) -> None:
    count = count_told([pledge(day) for day in heard], since=since)
    assert 0 <= count <= len(heard)


def test_the_lists_of_the_rule_are_those_of_the_tables() -> None:
    assert set(Standing) == set(enums_ten.Standing.values)
    assert set(Means) == set(enums_ten.Means.values)


@pytest.mark.parametrize("standing", list(Standing))
def test_something_is_expected_of_every_branch_and_every_means_stays_open(
    standing: Standing,
) -> None:
    """R59: the ten were promised to voters, not to a coalition."""
    assert expected(standing).ways
    assert expected(standing).means
    assert sorted(means_in_order(standing)) == sorted(Means)


def test_the_coalition_has_money_the_opposition_motions_and_who_is_outside_talks() -> None:
    assert {Means.BUDGET, Means.PORTFOLIO} <= set(expected(Standing.COALITION).means)
    assert {Means.MOTION, Means.AMENDMENT, Means.QUESTION} <= set(
        expected(Standing.OPPOSITION).means
    )
    assert expected(Standing.NOT_ELECTED).means[0] is Means.TALK
