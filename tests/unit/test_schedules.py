"""What is due, when: worked out from the moment alone, also in the night that the clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.conf import settings
from hypothesis import example, given
from hypothesis import strategies as st

from config import checks
from config.schedules import HERE, SCHEDULES, Cadence, Daily, Every, NoSuchCadence, due

MINUTES = [n for n in range(1, 61) if 60 % n == 0]
SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)
moments = st.datetimes(datetime(2017, 1, 1), datetime(2040, 1, 1)).map(  # noqa: DTZ001 - gets its zone
    lambda moment: moment.replace(tzinfo=UTC)
)
times = (
    st.times()
    .map(lambda at: at.replace(second=0, microsecond=0))
    .filter(lambda at: not time(2) <= at < time(3))
)
cadences: st.SearchStrategy[Cadence] = st.one_of(
    st.sampled_from(MINUTES).map(Every), times.map(Daily)
)


def local(day: date, hour: int, minute: int = 0, *, fold: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, fold=fold, tzinfo=HERE)


def keys(cadence: Cadence, first: datetime, minutes: int) -> list[str]:
    """Return each new key of a tick a minute, in the order in which they came."""
    seen: dict[str, None] = {}
    for n in range(minutes):
        for _, key in due({"x": cadence}, now=first + timedelta(minutes=n)):
            seen.setdefault(key)
    return list(seen)


@given(cadence=cadences, now=moments)
@example(cadence=Daily(time(4, 30)), now=local(SPRING, 4, 30).astimezone(UTC))
@example(cadence=Daily(time(4, 30)), now=local(AUTUMN, 4, 29).astimezone(UTC))
def test_the_latest_due_moment_lies_behind_us_and_is_its_own_latest(
    cadence: Cadence, now: datetime
) -> None:
    latest = cadence.latest(now)
    assert latest <= now
    assert cadence.latest(latest) == latest
    assert now - latest < timedelta(hours=25) + timedelta(minutes=1)
    assert cadence.latest(latest - timedelta(seconds=1)) < latest


@given(cadence=cadences, now=moments, later=st.integers(0, 60 * 24 * 60))
def test_time_that_goes_on_never_goes_back_to_an_earlier_round(
    cadence: Cadence, now: datetime, later: int
) -> None:
    assert cadence.latest(now + timedelta(minutes=later)) >= cadence.latest(now)


@given(at=times, now=moments)
def test_a_time_of_day_is_that_time_on_the_wall(at: time, now: datetime) -> None:
    assert Daily(at).latest(now).astimezone(HERE).time() == at


@given(at=times, year=st.integers(2017, 2039))
def test_a_daily_entry_comes_once_a_day_all_year_summer_time_included(at: time, year: int) -> None:
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range(365)]
    found = {Daily(at).latest(local(day, 23, 59)) for day in days}
    assert [moment.astimezone(HERE).date() for moment in sorted(found)] == days


@pytest.mark.parametrize(("night", "hours"), [(SPRING, 23), (AUTUMN, 25)])
def test_the_night_the_clock_changes_has_each_round_once(night: date, hours: int) -> None:
    midnight = local(night, 0).astimezone(UTC)
    assert len(keys(Every(1), midnight, hours * 60)) == hours * 60
    assert len(keys(Every(10), midnight, hours * 60)) == hours * 6
    daily = [key for key in keys(Daily(time(4, 30)), midnight, hours * 60) if str(night) in key]
    assert len(daily) == 1
    assert keys(Every(60), local(night, 1).astimezone(UTC), 240)[1:3] == (
        ["x@2027-03-28T03:00:00+02:00", "x@2027-03-28T04:00:00+02:00"]
        if night == SPRING
        else ["x@2026-10-25T02:00:00+02:00", "x@2026-10-25T02:00:00+01:00"]
    )


@pytest.mark.parametrize("cadence", [Every(1), Every(10), Daily(time(4, 30))], ids=repr)
def test_after_days_of_downtime_only_the_last_round_is_made_up_for(cadence: Cadence) -> None:
    now = local(date(2026, 11, 5), 9, 14).astimezone(UTC)
    before = keys(cadence, now - timedelta(days=3), 1)
    after = keys(cadence, now, 1)
    assert len(before) == len(after) == 1
    assert before != after


@given(at=st.times(time(2), time(2, 59, 59)))
def test_no_entry_names_a_time_that_is_not_there_every_day(at: time) -> None:
    with pytest.raises(NoSuchCadence):
        Daily(at)


@pytest.mark.parametrize("minutes", [0, -1, 7, 61, 120])
def test_minutes_that_do_not_divide_an_hour_are_refused(minutes: int) -> None:
    with pytest.raises(NoSuchCadence):
        Every(minutes)


def test_the_list_is_the_setting_and_its_keys_fit_their_column() -> None:
    assert settings.SCHEDULES is SCHEDULES
    for _, key in due(SCHEDULES, now=datetime(2026, 10, 25, tzinfo=UTC)):
        assert len(key) <= 120


def ids() -> list[str | None]:
    return [each.id for each in checks.engine()]


def test_an_engine_nobody_knows_is_refused_at_start_up(settings: Any) -> None:
    assert ids() == []
    settings.TASK_ENGINE = "rabbits"
    assert ids() == ["rodedraad.E005"]
    assert "django-q2 or celery" in checks.engine()[0].msg


def test_celery_without_the_address_of_its_redis_is_refused(settings: Any) -> None:
    settings.TASK_ENGINE, settings.REDIS_URL = "celery", ""
    assert ids() == ["rodedraad.E006"]
    settings.REDIS_URL = "redis://localhost:6379/0"
    assert ids() == []


def test_a_schedule_without_a_handler_is_refused(settings: Any) -> None:
    settings.SCHEDULES = {**SCHEDULES, "nobody.knows": Every(1)}
    assert ids() == ["rodedraad.E007"]


def test_a_lease_that_ends_before_its_task_is_refused(settings: Any) -> None:
    settings.JOBS_LEASE_SECONDS = settings.TASK_SECONDS
    assert ids() == ["rodedraad.E008"]


def test_work_is_taken_up_again_within_five_minutes_of_a_death() -> None:
    # Lease, the tick after it (django-q2 looks each half minute), and the next attempt.
    assert settings.TASK_SECONDS < settings.JOBS_LEASE_SECONDS
    assert settings.JOBS_LEASE_SECONDS + settings.TICK_SECONDS + 30 < 300
    assert settings.STUCK_SECONDS < 300
