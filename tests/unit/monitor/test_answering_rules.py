"""How long an answer of the office takes, in the days on which it works."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.rules.answering import answer_times, is_office_day, month_before, office_days
from process.rules.restdays import NO_REST, rest_days

REST = rest_days(school_region="midden", years=(2021, 2022))


@pytest.mark.parametrize(
    ("asked", "answered", "days"),
    [
        (date(2021, 10, 4), date(2021, 10, 4), 0),
        (date(2021, 10, 4), date(2021, 10, 5), 1),
        # Friday to Monday, and asked on a Saturday.
        (date(2021, 10, 8), date(2021, 10, 11), 1),
        (date(2021, 10, 9), date(2021, 10, 11), 1),
        # Ascension Day 2022 lies between.
        (date(2022, 5, 25), date(2022, 5, 27), 1),
        # A school holiday is none of the office's.
        (date(2021, 10, 18), date(2021, 10, 20), 2),
        # Days that run backwards count as none.
        (date(2021, 10, 5), date(2021, 10, 4), 0),
    ],
)
def test_weekends_and_public_holidays_do_not_count(asked: date, answered: date, days: int) -> None:
    assert office_days(asked, answered, rest=REST) == days


def test_the_office_works_in_school_holidays_and_not_on_kings_day() -> None:
    assert is_office_day(date(2021, 10, 20), rest=REST)
    assert not is_office_day(date(2022, 4, 27), rest=REST)


def test_the_middle_answer_and_the_quick_ones_are_counted() -> None:
    monday = date(2021, 10, 4)
    spans = [(monday, date(2021, 10, day)) for day in (4, 6, 7, 11)]
    times = answer_times(spans, rest=NO_REST)
    assert (times.answered, times.quick, times.median) == (4, 2, 2.5)


def test_no_answers_have_no_middle() -> None:
    times = answer_times([], rest=NO_REST)
    assert (times.answered, times.quick, times.median) == (0, 0, None)


def test_the_month_before_january_is_december() -> None:
    assert month_before(date(2022, 1, 31)) == date(2021, 12, 1)
