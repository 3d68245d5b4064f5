"""A time on a wall in the Netherlands is a moment, also in the two odd nights of the year."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from monitor.rules.moments import NoSuchTime, first_moment, local, moment_of, month_after


def test_the_same_hour_is_another_moment_in_summer_and_in_winter() -> None:
    summer = moment_of(day=date(2021, 10, 30), at=time(20))
    winter = moment_of(day=date(2021, 10, 31), at=time(20))
    assert summer.astimezone(UTC) == datetime(2021, 10, 30, 18, tzinfo=UTC)
    assert winter.astimezone(UTC) == datetime(2021, 10, 31, 19, tzinfo=UTC)
    assert local(winter).time() == time(20)


def test_an_hour_that_the_clock_skips_is_no_moment() -> None:
    with pytest.raises(NoSuchTime):
        moment_of(day=date(2022, 3, 27), at=time(2, 30))
    assert moment_of(day=date(2022, 3, 27), at=time(3)).astimezone(UTC).hour == 1


def test_of_an_hour_that_comes_twice_the_first_is_meant() -> None:
    twice = moment_of(day=date(2021, 10, 31), at=time(2, 30))
    assert twice.astimezone(UTC) == datetime(2021, 10, 31, 0, 30, tzinfo=UTC)


def test_a_day_begins_at_midnight_here_and_a_year_ends_with_december() -> None:
    assert first_moment(date(2022, 1, 1)).astimezone(UTC) == datetime(2021, 12, 31, 23, tzinfo=UTC)
    assert month_after(date(2021, 12, 1)) == date(2022, 1, 1)
    assert month_after(date(2021, 11, 1)) == date(2021, 12, 1)
