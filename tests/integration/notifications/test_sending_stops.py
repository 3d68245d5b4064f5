"""A worker that stops between any two steps, a lease that runs out, a database that is full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from core.mail_answers import Answer, Meaning
from jobs.models import Job
from notifications.models import Delivery, Reminder
from notifications.services import outcomes, post
from notifications.services.sending import Sent, send_due
from tests.clock import FIRST_DAY
from tests.integration.notifications.posting import (
    LOCAL,
    NOW,
    deliveries,
    delivery,
    person_of,
    send,
    states,
    told,
)
from tests.smtp_sink import Sink

pytestmark = pytest.mark.usefixtures("planner")
PEOPLE = 2


class Killed(BaseException):
    """The worker is gone: nothing of it runs any more."""


class Counting:
    """Counts statements, and stops at one of them, before or after it was done."""

    def __init__(self, at: int, stop: Callable[[], BaseException], *, after: bool) -> None:
        self.at, self.stop, self.after, self.seen = at, stop, after, 0

    def __call__(self, execute: Any, sql: str, *rest: Any) -> Any:
        self.seen += 1
        if self.seen == self.at and not self.after:
            raise self.stop()
        done = execute(sql, *rest)
        if self.seen == self.at and self.after:
            raise self.stop()
        return done


@contextmanager
def stopping(at: int, stop: Callable[[], BaseException], *, after: bool) -> Iterator[Counting]:
    counting = Counting(at, stop, after=after)
    with connection.execute_wrapper(counting):
        yield counting


def nothing_is_half_written() -> None:
    for row in Delivery.objects.all():
        reminders = {reminder.state for reminder in row.reminders.all()}
        if row.state == "sent":
            assert reminders == {"sent"}
            assert row.sent_at is not None
        else:
            assert reminders == {"waiting"}
            assert row.state in {"waiting", "sending"}
        assert (row.leased_until is not None) == (row.state == "sending")


@pytest.mark.usefixtures("on_file")
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_worker_that_is_killed_at_any_statement_loses_nothing(sink: Sink, *, after: bool) -> None:
    at = 0
    reached = True
    while reached:
        at += 1
        Delivery.objects.all().delete()
        Reminder.objects.all().delete()
        sink.kept.clear()
        people = deliveries(PEOPLE)
        with stopping(at, Killed, after=after) as counting:
            with suppress(Killed):
                send()
            reached = counting.seen >= at
        # What a process held of the database ends with it.
        connection.close()
        nothing_is_half_written()
        # Another worker, once the lease ran out.
        send(minutes=6)
        assert states() == ["sent"] * PEOPLE
        assert told() == ["sent"] * PEOPLE
        copies = Counter(message["Message-ID"] for message in sink.mails)
        assert len(copies) == PEOPLE
        assert sum(copies.values()) <= PEOPLE + 1
        assert Delivery.objects.filter(doubts__gt=0).count() <= 1
        for one in people:
            person = person_of(one)
            one.delete()
            person.delete()
    # Not fewer than it takes to claim and to mark each of them.
    assert at > PEOPLE * 4


@pytest.mark.usefixtures("on_file")
def test_a_full_disk_at_any_statement_leaves_rows_as_they_were(sink: Sink) -> None:
    def full() -> OperationalError:
        return OperationalError("database or disk is full")

    at = 0
    reached = True
    while reached:
        at += 1
        Delivery.objects.all().delete()
        sink.kept.clear()
        people = deliveries(PEOPLE)
        with stopping(at, full, after=False) as counting:
            with suppress(OperationalError):
                send()
            reached = counting.seen >= at
        # What a process held of the database ends with it.
        connection.close()
        nothing_is_half_written()
        send(minutes=6)
        assert states() == ["sent"] * PEOPLE
        assert len(sink.kept) <= PEOPLE + 1
        for one in people:
            person = person_of(one)
            one.delete()
            person.delete()


@pytest.mark.django_db
def test_a_lease_that_runs_out_three_times_is_parked(sink: Sink) -> None:
    made = delivery()
    for doubts in range(1, 4):
        Delivery.objects.filter(pk=made.pk).update(
            state="sending", attempts=doubts, leased_until=NOW + timedelta(minutes=doubts)
        )
        outcomes.recover(now=NOW + timedelta(minutes=doubts, seconds=1))
        made.refresh_from_db()
        assert (made.doubts, made.leased_until) == (doubts, None)
        assert made.state == ("parked" if doubts == 3 else "waiting")
    assert made.error == outcomes.LEASE_RAN_OUT
    assert send(minutes=60) == Sent()
    assert sink.kept == []


@pytest.mark.django_db
@pytest.mark.parametrize("answer", list(Answer))
def test_a_worker_whose_lease_was_taken_over_changes_nothing(answer: Answer) -> None:
    made = delivery()
    late = outcomes.claim(made, reminders=[1], now=NOW)
    assert late is not None
    after = NOW + outcomes.LEASE + timedelta(seconds=1)
    outcomes.recover(now=after)
    made.refresh_from_db()
    other = outcomes.claim(made, reminders=[1], now=after)
    assert other is not None
    before = Delivery.objects.values().get()
    assert not outcomes.sent(late, now=after, today=FIRST_DAY)
    assert not outcomes.nothing_to_say(late, today=FIRST_DAY)
    why = Meaning(answer=answer, words="x")
    assert outcomes.not_sent(late, why, now=after, today=FIRST_DAY) is None
    assert Delivery.objects.values().get() == before
    person_of(made).refresh_from_db()
    assert person_of(made).mail_refused_on is None
    assert told() == ["waiting"]
    assert outcomes.sent(other, now=after, today=FIRST_DAY)


@pytest.mark.django_db
def test_a_mail_is_claimed_by_one() -> None:
    made = delivery()
    assert outcomes.claim(made, reminders=[], now=NOW) is not None
    assert outcomes.claim(made, reminders=[], now=NOW) is None


@pytest.mark.django_db
def test_a_mail_that_went_after_its_lease_is_not_counted(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery()
    hand_over = post._hand_over

    def slow(*values: Any) -> Any:
        answer = hand_over(*values)
        outcomes.recover(now=NOW + timedelta(minutes=10))
        return answer

    monkeypatch.setattr(post, "_hand_over", slow)
    assert send() == Sent()
    assert (states(), told()) == (["waiting"], ["waiting"])
    assert len(sink.kept) == 1


@pytest.mark.django_db
def test_no_mail_is_begun_when_the_time_is_up(sink: Sink) -> None:
    deliveries(3)
    assert send(seconds=0) == Sent()
    assert states() == ["waiting"] * 3
    assert sink.asked["connect"] == 0


@pytest.mark.django_db
def test_the_lease_counts_from_the_moment_of_the_claim(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliveries(2)
    ticks = iter(range(0, 100_000, 10))
    watch = SimpleNamespace(monotonic=lambda: next(ticks))
    monkeypatch.setattr("notifications.services.sending.time", watch)
    leases = []
    claim = outcomes.claim

    def noting(*values: Any, now: Any, **more: Any) -> Any:
        leases.append(now)
        return claim(*values, now=now, **more)

    monkeypatch.setattr(outcomes, "claim", noting)
    send_due(now=NOW, local=LOCAL, seconds=5000)
    assert NOW < leases[0] < leases[1]
    assert len(sink.kept) == 2


def fill(like: Delivery) -> None:
    """Write rows until there is no room."""
    for number in range(10_000):
        delivery(person_of(like), reminders=0, key=f"{number:0120}", state="sent", error="x" * 300)


@pytest.mark.usefixtures("on_file")
def test_on_a_disk_that_is_full_reading_goes_on_and_writing_says_so_calmly(
    sign_in: Callable[..., Client], settings: Any
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the limit of pages is SQLite's")
    settings.DEBUG = False
    made = delivery()
    branch = person_of(made).memberships.get().branch
    client = sign_in(Client(raise_request_exception=False), person_of(made))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    before = Delivery.objects.values().get()
    with pytest.raises(OperationalError, match="full"):
        fill(made)
    page = client.get(f"/afdeling/{branch.slug}/leden/")
    assert page.status_code == 200
    answers = [
        client.post(
            f"/afdeling/{branch.slug}/leden/uitnodigen/",
            {"name": "x" * 100, "email": f"persoon-{number}@voorbeeld.nl", "role": "member"},
        )
        for number in range(40)
    ]
    # The last pages fill up; from then on each is refused, and nothing of it is there.
    assert answers[-1].status_code == 500
    assert "<h1" in answers[-1].content.decode()
    taken = sum(answer.status_code == 302 for answer in answers)
    assert {answer.status_code for answer in answers} <= {302, 500}
    assert branch.invitations.count() == taken
    assert Job.objects.filter(handler="branches.send_invitation").count() == taken
    assert Delivery.objects.filter(pk=made.pk).values().get() == before
