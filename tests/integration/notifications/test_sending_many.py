"""Many mails: several connections at once, two senders at once, ten thousand recipients."""

from __future__ import annotations

import threading
import tracemalloc
from collections import Counter
from typing import Any

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from branches.models import User
from notifications.models import Delivery, Reminder
from notifications.services import sending
from notifications.services.post import post
from notifications.services.sending import Sent
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory
from tests.integration.notifications.posting import (
    LOCAL,
    NOW,
    Planner,
    deliveries,
    person_of,
    send,
    states,
    told,
)
from tests.smtp_sink import DROP, Sink

pytestmark = pytest.mark.usefixtures("planner")


def write(count: int) -> None:
    """Write many mails quickly."""
    branch = BranchFactory()
    first = User.objects.count()
    people = User.objects.bulk_create(
        [
            User(email=f"lezer-{number}@voorbeeld.nl", name="Lezer")
            for number in range(first, first + count)
        ]
    )
    mails = Delivery.objects.bulk_create(
        [
            Delivery(
                recipient=person,
                mail="digest",
                key=f"digest:{person.pk}:{FIRST_DAY}",
                day=FIRST_DAY,
                send_after=NOW,
                created_at=NOW,
            )
            for person in people
        ]
    )
    Reminder.objects.bulk_create(
        [
            Reminder(
                recipient=mail.recipient,
                branch=branch,
                rule="milestone.soon",
                subject_id=1,
                due_on=FIRST_DAY,
                delivery=mail,
                planned_at=NOW,
            )
            for mail in mails
        ]
    )


@pytest.mark.django_db
def test_a_slow_server_is_talked_to_over_several_connections(sink: Sink, settings: Any) -> None:
    settings.MAIL_CONNECTIONS = 4
    sink.delay = 0.05
    deliveries(20)
    assert send() == Sent(sent=20)
    assert sink.most_at_once == 4
    assert sink.asked["connect"] == 4
    assert sorted(sink.recipients) == sorted(f"persoon-{n}@voorbeeld.nl" for n in range(20))
    assert states() == ["sent"] * 20


@pytest.mark.django_db
def test_no_more_connections_are_opened_than_there_are_mails(sink: Sink, settings: Any) -> None:
    settings.MAIL_CONNECTIONS = 4
    deliveries(1)
    assert send() == Sent(sent=1)
    assert sink.asked["connect"] == 1


@pytest.mark.django_db
def test_with_several_connections_each_answer_finds_its_own_mail(sink: Sink, settings: Any) -> None:
    settings.MAIL_CONNECTIONS = 4
    said = {
        0: "550 5.1.1 unknown",
        1: "451 4.7.1 not now",
        2: DROP,
        3: "554 5.7.1 spam",
    }
    sink.answers["RCPT"] = lambda to: said[0] if _number(to) % 8 == 0 else None
    sink.answers["taken"] = lambda to: DROP if _number(to) % 8 == 2 else None
    sink.answers["DATA"] = lambda to: said.get(_number(to) % 8) if _number(to) % 2 else None
    deliveries(16)
    assert send() == Sent(sent=8, later=2, refused=2, doubtful=2, parked=2)
    by_state = {
        person_of(row).email: (row.state, row.doubts)
        for row in Delivery.objects.select_related("recipient")
    }
    for number in range(16):
        assert by_state[f"persoon-{number}@voorbeeld.nl"] == {
            0: ("refused", 0),
            1: ("waiting", 0),
            2: ("waiting", 1),
            3: ("parked", 0),
        }.get(number % 8, ("sent", 0))


def _number(to: str) -> int:
    return int(to.partition("@")[0].rpartition("-")[2])


@pytest.mark.django_db
def test_several_connections_to_a_server_that_is_away_end_the_run(
    sink: Sink, settings: Any
) -> None:
    settings.MAIL_CONNECTIONS = 4
    sink.answers["connect"] = "421 busy"
    deliveries(30)
    result = send()
    # Those that were on their way when the second failure came are tried as well; no others.
    assert 2 <= result.later <= 6
    assert states() == ["waiting"] * 30


@pytest.mark.django_db
def test_threads_and_connections_end_with_the_run(sink: Sink) -> None:
    before = threading.active_count()
    with post(connections=3) as opened:
        assert opened.rest() == []
    assert threading.active_count() == before
    assert sink.asked["connect"] == 0


@pytest.mark.usefixtures("on_file")
def test_two_senders_at_once_send_each_mail_once(sink: Sink) -> None:
    write(40)
    results: list[Sent] = []
    gate = threading.Barrier(2)

    def run() -> None:
        gate.wait()
        try:
            results.append(sending.send_due(now=NOW, local=LOCAL))
        finally:
            connections.close_all()

    senders = [threading.Thread(target=run) for _number in range(2)]
    for one in senders:
        one.start()
    for one in senders:
        one.join()
    assert sum(result.sent for result in results) == 40
    assert set(Counter(sink.recipients).values()) == {1}
    assert states() == ["sent"] * 40


@pytest.mark.django_db
def test_the_number_of_statements_is_four_a_mail_and_some_a_chunk(
    sink: Sink, planner: Planner
) -> None:
    counts = []
    for count in (50, 100, 150):
        Delivery.objects.all().delete()
        User.objects.all().delete()
        write(count)
        with CaptureQueriesContext(connection) as queries:
            send()
        counts.append(len([one for one in queries if "SAVEPOINT" not in one["sql"]]))
    assert len(sink.kept) == 300
    # Claim and mark (the mail, and what it told), and the same for each fifty.
    assert counts[1] - counts[0] == counts[2] - counts[1]
    assert counts[1] - counts[0] <= 50 * 3 + 10
    assert [len(people) for people in planner.asked] == [50] * 6


@pytest.mark.django_db
def test_five_times_as_many_recipients_take_no_more_memory(
    sink: Sink, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    # The mail server is left out here: what it keeps would be counted.
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    monkeypatch.setattr(sending.log, "info", lambda *_values: None)
    peaks = []
    for count in (100, 500):
        write(count)
        tracemalloc.start()
        assert send(seconds=10_000) == Sent(sent=count)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert set(told()) == {"sent"}
    assert peaks[1] < peaks[0] * 2
    assert sink.kept == []
