"""Rest days: weekends, public and school holidays per region; the walk to a good day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from process.rules.restdays import LONGEST_WALK, NO_REST, RestDays, rest_days, years_around

YEARS = (2021, 2022)
REGIONS = ("noord", "midden", "zuid")

days = st.dates(min_value=date(2021, 1, 1), max_value=date(2022, 12, 31))


def test_the_weekend_needs_no_table() -> None:
    assert NO_REST.reason(date(2021, 10, 1)) == ""  # Friday
    assert NO_REST.reason(date(2021, 10, 2)) == "weekend"
    assert NO_REST.reason(date(2021, 10, 3)) == "weekend"
    assert NO_REST.reason(date(2021, 10, 4)) == ""


@pytest.mark.parametrize("region", REGIONS)
def test_liberation_day_and_christmas_are_rest_days_everywhere(region: str) -> None:
    rest = rest_days(school_region=region, years=YEARS)
    assert rest.reason(date(2022, 5, 5)).startswith(("holiday:", "school:"))
    assert rest.reason(date(2022, 5, 5)) == "holiday:Bevrijdingsdag"
    assert rest.reason(date(2022, 12, 26)).startswith("holiday:")
    assert rest.reason(date(2022, 11, 9)) == ""


def test_the_autumn_holiday_of_2021_differs_by_region() -> None:
    first_week, second_week = date(2021, 10, 20), date(2021, 10, 27)
    found = {
        region: (
            rest_days(school_region=region, years=YEARS).reason(first_week),
            rest_days(school_region=region, years=YEARS).reason(second_week),
        )
        for region in REGIONS
    }
    assert found["noord"][0].startswith("school:")
    assert found["midden"][0].startswith("school:")
    assert found["noord"][1] == found["midden"][1] == found["zuid"][0] == ""
    assert found["zuid"][1].startswith("school:")


def test_a_public_holiday_inside_a_school_holiday_keeps_its_own_name() -> None:
    rest = rest_days(school_region="midden", years=YEARS)
    assert rest.reason(date(2022, 4, 27)) == "holiday:Koningsdag"


def test_a_good_day_stays_and_needs_no_reason() -> None:
    assert NO_REST.earlier(date(2021, 10, 4)) == (date(2021, 10, 4), "")
    assert NO_REST.later(date(2021, 10, 4)) == date(2021, 10, 4)


def test_earlier_names_the_first_reason_and_passes_over_the_rest() -> None:
    rest = RestDays({date(2021, 10, 4): "holiday:Feest", date(2021, 10, 1): "school:Vrij"})
    assert rest.earlier(date(2021, 10, 4)) == (date(2021, 9, 30), "holiday:Feest")
    assert rest.later(date(2021, 10, 1)) == date(2021, 10, 5)


@given(day=days, region=st.sampled_from(REGIONS))
def test_the_walk_ends_on_a_good_day_with_none_better_between(day: date, region: str) -> None:
    rest = rest_days(school_region=region, years=(2020, 2021, 2022, 2023))
    before, reason = rest.earlier(day)
    after = rest.later(day)
    assert rest.reason(before) == rest.reason(after) == ""
    assert before <= day <= after
    assert reason == rest.reason(day)
    assert (before == day) is (after == day) is (reason == "")
    between = [before + timedelta(days=n) for n in range(1, (after - before).days)]
    assert all(rest.reason(each) for each in between)


def test_a_table_without_any_working_day_is_a_mistake_and_no_endless_walk() -> None:
    start = date(2021, 1, 1)
    always = RestDays({start + timedelta(days=n): "school:Altijd" for n in range(-100, 100)})
    with pytest.raises(ValueError, match=f"within {LONGEST_WALK} days before 2021-01-01"):
        always.earlier(start)
    with pytest.raises(ValueError, match=f"within {LONGEST_WALK} days after 2021-01-01"):
        always.later(start)


def test_years_around_fills_the_years_between() -> None:
    assert years_around([date(2024, 1, 1), date(2020, 12, 31)]) == (2020, 2021, 2022, 2023, 2024)
    assert years_around([]) == ()
