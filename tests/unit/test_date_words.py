"""Dates read as people write them, in both languages, and say how far away they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core import dates

TODAY = date(2022, 3, 4)
DAYS = st.dates(min_value=date(1998, 1, 1), max_value=date(2098, 12, 31))


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_a_day_is_written_in_full() -> None:
    assert dates.day_words(date(2022, 3, 16)) == "Wed 16 March 2022"
    with translation.override("nl"):
        assert dates.day_words(date(2022, 3, 16)) == "wo 16 maart 2022"


def test_a_day_is_written_short() -> None:
    with translation.override("nl"):
        assert dates.day_short(date(2022, 3, 16)) == "16 mrt"


def test_an_axis_says_the_year_in_january_only() -> None:
    with translation.override("nl"):
        assert dates.month_short(date(2022, 1, 1)) == "jan 2022"
        assert dates.month_short(date(2022, 5, 1)) == "mei"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2021, 9, 21), date(2021, 12, 20), "21 sep – 20 dec 2021"),
        (date(2021, 12, 20), date(2022, 1, 3), "20 dec 2021 – 3 jan 2022"),
        (date(2022, 2, 2), date(2022, 2, 3), "2 – 3 feb 2022"),
        (date(2022, 2, 2), date(2022, 2, 2), "wo 2 februari 2022"),
    ],
)
def test_a_period_says_no_year_or_month_twice(first: date, last: date, words: str) -> None:
    with translation.override("nl"):
        assert dates.period_words(first, last) == words


def test_the_day_of_a_moment_is_that_of_amsterdam() -> None:
    summer = datetime(2022, 6, 1, 22, 30, tzinfo=UTC)
    assert dates.day_words(summer) == "Thu 2 June 2022"
    assert dates.day_words(datetime(2022, 1, 5, 20, 0)) == "Wed 5 January 2022"  # noqa: DTZ001


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (2, "the day after tomorrow"),
        (-2, "the day before yesterday"),
        (3, "in 3 days"),
        (12, "in 12 days"),
        (20, "in 20 days"),
        (21, "in 3 weeks"),
        (-21, "3 weeks ago"),
        (-12, "12 days ago"),
        (62, "in 9 weeks"),
        (63, "in 2 months"),
        (-163, "5 months ago"),
        (365, "in 12 months"),
        (800, "in 2 years"),
        (-1461, "4 years ago"),
    ],
)
def test_distance(days: int, words: str) -> None:
    assert dates.distance(TODAY + timedelta(days=days), today=TODAY) == words


@given(day=DAYS, today=DAYS)
def test_distance_always_says_on_which_side_of_today_it_lies(day: date, today: date) -> None:
    with translation.override("en"):
        words = dates.distance(day, today=today)
    future = words.startswith("in ") or words in {"tomorrow", "the day after tomorrow"}
    past = words.endswith(" ago") or words in {"yesterday", "the day before yesterday"}
    assert (future, past) == (day > today, day < today)


@given(day=DAYS, today=DAYS)
def test_distance_is_right_within_half_a_unit(day: date, today: date) -> None:
    with translation.override("en"):
        words = dates.distance(day, today=today).split()
    numbers = [int(word) for word in words if word.isdigit()]
    if not numbers:
        assert abs((day - today).days) <= 2
        return
    unit = next(word for word in words if word not in {"in", "ago"} and not word.isdigit())
    length = {"day": 1, "week": 7, "month": 30.44, "year": 365.25}[unit.rstrip("s")]
    assert abs(abs((day - today).days) - numbers[0] * length) <= length * 0.55


def test_a_moment_has_the_distance_of_its_local_day() -> None:
    late_evening = datetime(2022, 3, 4, 23, 30, tzinfo=UTC)
    assert dates.distance(late_evening, today=TODAY) == "tomorrow"


def test_filters_write_nothing_for_no_day() -> None:
    page = Template(
        "{% load draad %}[{{ day|day_words }}{{ day|distance:today }}{{ day|until:today }}]"
    )
    assert page.render(Context({"day": None, "today": TODAY})) == "[]"


def test_filters_write_a_day_and_its_distance() -> None:
    page = Template("{% load draad %}{{ day|day_words }}, {{ day|distance:today }}")
    context = Context({"day": date(2022, 3, 16), "today": TODAY})
    assert page.render(context) == "Wed 16 March 2022, in 12 days"


def test_the_filter_writes_a_period() -> None:
    page = Template("{% load draad %}{{ a|until:b }}")
    context = Context({"a": date(2021, 9, 21), "b": date(2021, 12, 20)})
    with translation.override("nl"):
        assert page.render(context) == "21 sep – 20 dec 2021"
