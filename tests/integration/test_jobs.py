"""Work for later: written with its cause, done once, never lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction

from branches.models import Municipality
from config import engines
from config.schedules import Daily, Every
from jobs import services, tasks
from jobs.models import Job
from tests.factories import MunicipalityFactory

NOW = datetime(2021, 10, 4, 10, 0, tzinfo=UTC)
HERE = "tests.integration.test_jobs"

calls: list[dict[str, Any]] = []
nudged: list[int] = []


def remember(**payload: Any) -> None:
    """Handle a job well."""
    calls.append(payload)


def write_and_break(*, code: str) -> None:
    """Write a row, then fail."""
    MunicipalityFactory(code=code)
    raise RuntimeError(f"broken at {code}")


def write(*, code: str) -> None:
    """Write a row."""
    MunicipalityFactory(code=code)


def lose_the_lease(*, code: str) -> None:
    """Write a row while another worker takes the job over."""
    MunicipalityFactory(code=code)
    Job.objects.update(attempts=2)


@services.outside_transaction
def post() -> None:
    """Talk to another machine."""
    calls.append({"in_transaction": connection.in_atomic_block})


def run_itself(*, job_id: int) -> None:
    """Look whether a running job can be claimed once more."""
    calls.append({"again": services.run(job_id, now=NOW)})


def note(job_id: int) -> None:
    """Nudge no engine, but remember it."""
    nudged.append(job_id)


def broken_engine(job_id: int) -> None:
    """Fail as an engine that is away does."""
    raise ConnectionError(job_id)


@pytest.fixture(autouse=True)
def handlers(settings: Any) -> Iterator[None]:
    settings.JOBS_NUDGE = f"{HERE}.note"
    names = ("remember", "write_and_break", "write", "lose_the_lease", "run_itself", "post")
    settings.JOB_HANDLERS = {f"test.{name}": f"{HERE}.{name}" for name in names}
    calls.clear()
    nudged.clear()
    yield
    calls.clear()
    nudged.clear()


def job(handler: str = "test.remember", **payload: Any) -> Job:
    """Put a job down and return its row."""
    found = services.put(handler, payload=payload, now=NOW)
    assert found is not None
    return found


@pytest.mark.django_db(transaction=True)
def test_the_engine_is_nudged_only_after_the_commit() -> None:
    with transaction.atomic():
        row = job(n=1)
        assert nudged == []
    assert nudged == [row.pk]


@pytest.mark.django_db(transaction=True)
def test_a_rollback_leaves_neither_a_job_nor_a_nudge() -> None:
    with transaction.atomic():
        job(n=1)
        transaction.set_rollback(True)
    assert not Job.objects.exists()
    assert nudged == []


@pytest.mark.django_db(transaction=True)
def test_an_engine_that_is_away_loses_nothing(settings: Any, caplog: Any) -> None:
    settings.JOBS_NUDGE = f"{HERE}.broken_engine"
    with transaction.atomic():
        row = job(n=1)
    row.refresh_from_db()
    assert (row.state, row.attempts) == (Job.State.WAITING, 0)
    assert f"could not nudge job {row.pk}" in caplog.text
    settings.JOBS_NUDGE = f"{HERE}.note"
    assert services.sweep(now=NOW) == 1
    assert nudged == [row.pk]


@pytest.mark.django_db(transaction=True)
def test_the_same_key_twice_is_one_job() -> None:
    first = services.put("test.remember", payload={"n": 1}, now=NOW, key="a")
    again = services.put("test.remember", payload={"n": 2}, now=NOW, key="a")
    other = services.put("test.remember", payload={"n": 3}, now=NOW, key="b")
    assert first is not None
    assert again is None
    assert other is not None
    assert [row.payload for row in Job.objects.all()] == [{"n": 1}, {"n": 3}]
    assert nudged == [first.pk, other.pk]


@pytest.mark.django_db
def test_an_unknown_handler_is_refused_at_once() -> None:
    with pytest.raises(KeyError, match=r"test\.nobody"):
        services.put("test.nobody", payload={}, now=NOW)
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_a_job_runs_with_its_payload_and_only_once() -> None:
    row = job(n=1, word="twee")
    assert services.run(row.pk, now=NOW) is True
    assert services.run(row.pk, now=NOW) is False
    assert calls == [{"n": 1, "word": "twee"}]
    row.refresh_from_db()
    assert (row.state, row.attempts, row.finished_at) == (Job.State.DONE, 1, NOW)
    assert row.leased_until is None
    assert str(row) == f"test.remember #{row.pk}"


@pytest.mark.django_db
def test_a_running_job_cannot_be_claimed_by_another() -> None:
    row = job("test.run_itself")
    Job.objects.filter(pk=row.pk).update(payload={"job_id": row.pk})
    assert services.run(row.pk, now=NOW) is True
    assert calls == [{"again": False}]


@pytest.mark.django_db
def test_a_job_is_not_run_before_its_time() -> None:
    row = job(n=1)
    assert services.run(row.pk, now=NOW - timedelta(seconds=1)) is False
    assert services.sweep(now=NOW - timedelta(seconds=1)) == 0
    assert calls == []


@pytest.mark.django_db
def test_a_job_that_is_not_there_does_nothing() -> None:
    assert services.run(12345, now=NOW) is False


@pytest.mark.django_db
def test_what_a_handler_wrote_and_its_state_come_together() -> None:
    good, bad = job("test.write", code="GM9001"), job("test.write_and_break", code="GM9002")
    assert services.run(good.pk, now=NOW) is True
    assert services.run(bad.pk, now=NOW) is False
    assert list(Municipality.objects.values_list("code", flat=True)) == ["GM9001"]
    bad.refresh_from_db()
    assert bad.state == Job.State.WAITING
    assert bad.error == "RuntimeError('broken at GM9002')"


@pytest.mark.django_db
def test_a_failure_waits_longer_each_time_and_is_parked_after_the_third() -> None:
    row = job("test.write_and_break", code="GM9003")
    moment = NOW
    for attempt, wait in [(1, timedelta(seconds=10)), (2, timedelta(minutes=2))]:
        assert services.run(row.pk, now=moment) is False
        row.refresh_from_db()
        assert (row.state, row.attempts) == (Job.State.WAITING, attempt)
        assert row.run_after == moment + wait
        assert services.run(row.pk, now=row.run_after - timedelta(seconds=1)) is False
        row.refresh_from_db()
        assert row.attempts == attempt
        moment = row.run_after
    assert services.run(row.pk, now=moment) is False
    row.refresh_from_db()
    assert (row.state, row.attempts) == (Job.State.PARKED, 3)
    assert row.leased_until is None
    assert "broken at GM9003" in row.error
    assert services.sweep(now=moment + timedelta(days=1)) == 0
    assert services.run(row.pk, now=moment + timedelta(days=1)) is False


@pytest.mark.django_db
def test_a_parked_job_can_be_tried_anew_and_no_other(
    django_capture_on_commit_callbacks: Any,
) -> None:
    row = job(n=1)
    assert services.put_again(job_id=row.pk, now=NOW) is False
    Job.objects.filter(pk=row.pk).update(state=Job.State.PARKED, attempts=3, error="kapot")
    later = NOW + timedelta(days=1)
    with django_capture_on_commit_callbacks(execute=True):
        assert services.put_again(job_id=row.pk, now=later) is True
    assert nudged == [row.pk]
    assert services.run(row.pk, now=later) is True
    row.refresh_from_db()
    assert (row.state, row.attempts, row.error) == (Job.State.DONE, 1, "")


@pytest.mark.django_db
def test_a_second_try_that_succeeds_forgets_the_error(settings: Any) -> None:
    row = job("test.write_and_break", code="GM9004")
    services.run(row.pk, now=NOW)
    settings.JOB_HANDLERS = {"test.write_and_break": f"{HERE}.write"}
    assert services.run(row.pk, now=NOW + timedelta(minutes=1)) is True
    row.refresh_from_db()
    assert (row.state, row.error, row.attempts) == (Job.State.DONE, "", 2)
    assert Municipality.objects.get().code == "GM9004"


@pytest.mark.django_db
def test_a_handler_that_is_gone_fails_like_any_other(settings: Any) -> None:
    row = job(n=1)
    settings.JOB_HANDLERS = {}
    assert services.run(row.pk, now=NOW) is False
    row.refresh_from_db()
    assert row.state == Job.State.WAITING
    assert row.error == "KeyError('test.remember')"


@pytest.mark.django_db
def test_a_very_long_error_is_cut_to_its_column() -> None:
    row = job("test.write_and_break", code="GM1" + "x" * 900)
    services.run(row.pk, now=NOW)
    row.refresh_from_db()
    assert 0 < len(row.error) <= 500


@pytest.mark.django_db
def test_who_lost_the_lease_takes_back_what_it_wrote() -> None:
    row = job("test.lose_the_lease", code="GM9005")
    assert services.run(row.pk, now=NOW) is False
    assert not Municipality.objects.exists()


def dead(row: Job, *, attempts: int, until: datetime) -> None:
    """Leave a job as a worker that was killed leaves it."""
    Job.objects.filter(pk=row.pk).update(
        state=Job.State.RUNNING, attempts=attempts, leased_until=until
    )


@pytest.mark.django_db
def test_the_sweep_picks_up_what_a_dead_worker_left_once_its_lease_is_out() -> None:
    row = job(n=1)
    dead(row, attempts=1, until=NOW + services.lease())
    assert services.sweep(now=NOW + services.lease()) == 0
    assert services.run(row.pk, now=NOW + services.lease()) is False
    later = NOW + services.lease() + timedelta(seconds=1)
    assert services.sweep(now=later) == 1
    assert nudged[-1] == row.pk
    assert services.run(row.pk, now=later) is True
    row.refresh_from_db()
    assert (row.state, row.attempts) == (Job.State.DONE, 2)


@pytest.mark.django_db
def test_what_kills_its_worker_each_time_is_parked_and_holds_nobody_up() -> None:
    poison, behind = job(n=1), job(n=2)
    dead(poison, attempts=3, until=NOW - timedelta(seconds=1))
    assert services.sweep(now=NOW) == 1
    poison.refresh_from_db()
    assert (poison.state, poison.error) == (Job.State.PARKED, "the worker died each time")
    assert services.run(behind.pk, now=NOW) is True
    assert calls == [{"n": 2}]


@pytest.mark.django_db
def test_a_third_attempt_that_still_runs_is_not_parked_under_its_hands() -> None:
    row = job(n=1)
    dead(row, attempts=3, until=NOW + timedelta(seconds=1))
    services.sweep(now=NOW)
    row.refresh_from_db()
    assert row.state == Job.State.RUNNING


@pytest.mark.django_db
def test_the_sweep_takes_the_oldest_first_and_no_more_than_its_limit() -> None:
    rows = [job(n=n) for n in range(4)]
    nudged.clear()
    assert services.sweep(now=NOW, limit=3) == 3
    assert nudged == [row.pk for row in rows[:3]]


@pytest.mark.django_db
def test_done_and_parked_jobs_are_left_alone_by_the_sweep() -> None:
    row = job(n=1)
    services.run(row.pk, now=NOW)
    assert services.sweep(now=NOW + timedelta(days=1)) == 0


@pytest.mark.django_db(transaction=True)
def test_the_immediate_engine_runs_a_job_as_soon_as_its_cause_is_written(settings: Any) -> None:
    settings.JOBS_NUDGE = "config.engines.nudge_immediately"
    row = services.put("test.write", payload={"code": "GM9006"}, now=NOW)
    assert row is not None
    row.refresh_from_db()
    assert row.state == Job.State.DONE
    assert Municipality.objects.get().code == "GM9006"


@pytest.mark.django_db
def test_a_tick_sweeps_with_the_machines_time(settings: Any) -> None:
    row = job(n=1)
    nudged.clear()
    settings.SCHEDULES = {}
    engines.tick()
    assert nudged == [row.pk]


@pytest.mark.django_db(transaction=True)
def test_work_for_another_machine_does_not_hold_the_database() -> None:
    row = job("test.post")
    assert services.run(row.pk, now=NOW)
    assert calls == [{"in_transaction": False}]
    row.refresh_from_db()
    assert row.state == Job.State.DONE


@pytest.mark.django_db
def test_a_round_that_still_waits_takes_the_next_one_along() -> None:
    first = services.put_unless_waiting("test.remember", key="remember@1", now=NOW)
    assert first is not None
    assert services.put_unless_waiting("test.remember", key="remember@2", now=NOW) is None
    assert services.run(first.pk, now=NOW)
    assert services.put_unless_waiting("test.remember", key="remember@1", now=NOW) is None
    assert services.put_unless_waiting("test.remember", key="remember@2", now=NOW) is not None


@pytest.mark.django_db
def test_a_round_whose_worker_died_does_not_hold_up_the_next() -> None:
    first = services.put_unless_waiting("test.remember", key="remember@1", now=NOW)
    assert first is not None
    dead(first, attempts=1, until=NOW + services.lease())
    assert services.put_unless_waiting("test.remember", key="remember@2", now=NOW) is not None


@pytest.mark.django_db
def test_ticking_twice_in_a_minute_puts_each_round_down_once(settings: Any) -> None:
    settings.SCHEDULES = {"test.remember": Every(1), "test.post": Daily(time(4, 30))}
    with time_machine.travel(NOW, tick=False):
        assert services.last_tick() is None
        engines.tick()
        engines.tick()
        assert services.last_tick() == NOW
    assert list(Job.objects.values_list("key", flat=True)) == [
        "test.remember@2021-10-04T12:00:00+02:00",
        "test.post@2021-10-04T04:30:00+02:00",
    ]


@pytest.mark.django_db
def test_a_hundred_ticks_without_a_worker_leave_one_job_each(settings: Any) -> None:
    settings.SCHEDULES = {"test.remember": Every(1), "test.post": Every(10)}
    for minute in range(100):
        with time_machine.travel(NOW + timedelta(minutes=minute), tick=False):
            engines.tick()
    assert Job.objects.count() == 2


@pytest.mark.django_db
def test_an_engine_that_does_not_hear_is_not_asked_for_the_rest(settings: Any) -> None:
    for n in range(3):
        job(n=n)
    settings.JOBS_NUDGE = f"{HERE}.broken_engine"
    assert services.sweep(now=NOW) == 0


@pytest.mark.django_db
def test_what_was_done_is_forgotten_after_a_week_and_what_is_parked_is_not() -> None:
    for n, (state, days) in enumerate(
        [(Job.State.DONE, 8), (Job.State.DONE, 6), (Job.State.PARKED, 8), (Job.State.WAITING, 8)]
    ):
        row = job(n=n)
        Job.objects.filter(pk=row.pk).update(state=state, finished_at=NOW - timedelta(days=days))
    with time_machine.travel(NOW, tick=False):
        tasks.tidy()
    assert [row.payload["n"] for row in Job.objects.all()] == [1, 2, 3]
