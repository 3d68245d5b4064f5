"""The page of whoever keeps it running: what waits, what is stuck, and trying it again."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branches.models import AuditEntry
from jobs.models import Job
from jobs.services import note_tick, run
from monitor.queries.operations import board
from monitor.templatetags.operating import lasting
from notifications.enums import DeliveryState
from notifications.models import Delivery
from tests.clock import FIRST_DAY
from tests.factories import NationalOfficerFactory, UserFactory
from tests.integration.operations.test_health import delivery

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

URL = "/landelijk/beheer/"


@pytest.fixture
def office(client: Client, sign_in: Callable[..., Client], settings: Any) -> Client:
    # The page is read before the queue is.
    settings.JOBS_NUDGE = "tests.integration.operations.test_operators_page.unheard"
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return sign_in(client, NationalOfficerFactory(user__language="en").user)


def unheard(_job_id: int) -> None:
    """Stand for a queue that is away."""


def parked(error: str = "OSError('the disk is full')") -> Job:
    return Job.objects.create(
        handler="programmes.read",
        state=Job.State.PARKED,
        attempts=3,
        run_after=timezone.now(),
        error=error,
    )


def page(office: Client) -> str:
    return " ".join(office.get(URL).content.decode().split())


def test_a_new_installation_says_that_no_worker_ran(office: Client) -> None:
    text = page(office)
    assert "No worker has ever run here." in text
    assert "No work is parked." in text
    assert "No mail is parked or refused." in text
    assert "Every address works, as far as we have heard." in text
    assert "Try everything again" not in text


def test_all_is_well_and_a_worker_that_stopped(office: Client) -> None:
    note_tick(now=timezone.now())
    assert "All is well" in page(office)
    note_tick(now=timezone.now() - timedelta(hours=3))
    text = page(office)
    assert "Nothing is being done at the moment" in text
    assert "was last heard of 3 hours ago" in text


def test_a_parked_job_shows_its_reason_masked_and_is_tried_again(office: Client) -> None:
    job = parked("SMTPRecipientsRefused({'jan@voorbeeld.nl': (550, b'unknown')})")
    text = page(office)
    assert "programmes.read" in text
    assert "(550, b" in text
    assert "jan@voorbeeld.nl" not in text
    response = office.post(f"{URL}werk/{job.pk}/opnieuw/", follow=True)
    assert "It is tried again within a minute." in response.content.decode()
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.WAITING, 0)
    entry = AuditEntry.objects.get(verb="operations.job_retried")
    assert entry.params == {"work": "programmes.read"}


def test_what_is_not_parked_is_left_alone(office: Client) -> None:
    job = Job.objects.create(handler="x", state=Job.State.DONE, run_after=timezone.now())
    for pk in (job.pk, 10**9):
        response = office.post(f"{URL}werk/{pk}/opnieuw/", follow=True)
        assert "Nothing was changed." in response.content.decode()
    assert not AuditEntry.objects.exists()
    job.refresh_from_db()
    assert job.state == Job.State.DONE


def test_a_parked_and_a_refused_mail_are_tried_again(office: Client) -> None:
    note_tick(now=timezone.now())
    for state in (DeliveryState.PARKED, DeliveryState.REFUSED):
        row = delivery(state=state, doubts=3, error="550 <piet@voorbeeld.nl> unknown")
        text = page(office)
        assert str(row.recipient) in text
        assert "piet@voorbeeld.nl" not in text
        office.post(f"{URL}mail/{row.pk}/opnieuw/")
        row.refresh_from_db()
        assert (row.state, row.doubts) == (DeliveryState.WAITING, 0)


def test_everything_parked_at_once(office: Client) -> None:
    for _each in range(2):
        parked()
        delivery(state=DeliveryState.PARKED)
    refused = delivery(state=DeliveryState.REFUSED)
    assert "Try everything again that is parked" in page(office)
    response = office.post(f"{URL}opnieuw/", follow=True)
    assert "4 things are tried again within a minute." in response.content.decode()
    assert not Job.objects.filter(state=Job.State.PARKED).exists()
    assert not Delivery.objects.filter(state=DeliveryState.PARKED).exists()
    refused.refresh_from_db()
    assert refused.state == DeliveryState.REFUSED


def test_a_week_of_mail_and_addresses_that_fail(office: Client) -> None:
    now = timezone.now()
    for days in (0, 0, 3, 8):
        moment = now - timedelta(days=days)
        delivery(state=DeliveryState.SENT, sent_at=moment)
    UserFactory(name="Rik Dicht", mail_refused_on=FIRST_DAY)
    found = board(now=now, today=FIRST_DAY)
    assert [line.sent for line in found.days] == [2, 0, 0, 1, 0, 0, 0]
    assert dict(found.mails)["sent"] == 4
    text = page(office)
    assert "Rik Dicht" in text
    assert "1 person gets no mail until the address is right" in text


def test_much_trouble_asks_no_more_queries_than_a_little(office: Client) -> None:
    def trouble() -> None:
        parked()
        delivery(state=DeliveryState.PARKED)
        UserFactory(mail_refused_on=FIRST_DAY)

    trouble()
    office.get(URL)
    with CaptureQueriesContext(
        connection,
    ) as one:
        office.get(URL)
    for _each in range(2):
        trouble()
    with CaptureQueriesContext(connection) as three:
        office.get(URL)
    assert len(one) == len(three)


def test_long_lists_are_cut_and_say_so(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.queries.operations.LISTED", 1)
    monkeypatch.setattr("monitor.views.operations.LISTED", 1)
    for _each in range(2):
        parked()
        delivery(state=DeliveryState.PARKED)
        UserFactory(mail_refused_on=FIRST_DAY)
    assert page(office).count("The latest 1 of 2 are shown.") == 3


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 second"), (59, "59 seconds"), (60, "1 minute"), (7300, "2 hours"), (200000, "2 days")],
)
def test_a_while_in_its_largest_unit(seconds: int, words: str) -> None:
    assert lasting(seconds) == words


def test_the_reason_of_a_failure_is_stored_without_the_address_in_it(
    settings: Any,
) -> None:
    settings.JOB_HANDLERS = {"x": "tests.integration.operations.test_operators_page.refused"}
    job = Job.objects.create(handler="x", run_after=timezone.now())
    assert not run(job.pk, now=timezone.now())
    job.refresh_from_db()
    assert "550" in job.error
    assert "voorbeeld" not in job.error


def refused() -> None:
    """Fail as a mail server makes it fail."""
    raise smtplib.SMTPRecipientsRefused({"jan@voorbeeld.nl": (550, b"unknown")})
