"""The clock of a demonstration goes day by day, and each day's mail goes out on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from branches.models import User
from core import clock
from demo.models import DemoMail
from demo.services import travel
from jobs.models import Job
from notifications.models import Delivery, Reader, Reminder
from process.models import Decision
from tests.integration import demonstration

made = demonstration.made
pytestmark = [pytest.mark.usefixtures("made"), pytest.mark.django_db]
BEGIN = date(2021, 10, 4)


@pytest.fixture(autouse=True)
def with_clock(settings: Any, tmp_path: Path) -> Iterator[None]:
    """A clock file and a mailbox of this test alone."""
    settings.CLOCK = "core.clock.FileClock"
    settings.DEMO_CLOCK_FILE = tmp_path / "clock.json"
    settings.CLOCK_TRAVELLER = "demo.services.travel.travel"
    settings.EMAIL_BACKEND = "demo.mailbox.MailboxBackend"
    clock._clock.cache_clear()
    yield
    clock._clock.cache_clear()


def post() -> list[tuple[date, str, str]]:
    return sorted(DemoMail.objects.values_list("day", "recipients", "subject"))


def digests_a_day() -> Counter[tuple[int, date]]:
    return Counter(
        Delivery.objects.filter(mail="digest", state="sent").values_list("recipient_id", "day")
    )


def test_each_day_passed_sends_its_own_mail_one_digest_a_person() -> None:
    clock.set_today(day=BEGIN + timedelta(days=14))
    days = {day for day, _, _ in post()}
    assert len(days) > 5
    assert min(days) > BEGIN
    assert max(days) <= BEGIN + timedelta(days=14)
    assert set(digests_a_day().values()) == {1}
    assert not Reminder.objects.filter(state="waiting", due_on__lte=BEGIN).exclude(
        recipient__preferences__paused_until__isnull=False
    )


def test_going_back_unsends_and_going_again_sends_the_same() -> None:
    clock.set_today(day=BEGIN + timedelta(days=14))
    first = post()
    assert first
    clock.set_today(day=BEGIN)
    assert post() == []
    assert not Delivery.objects.filter(day__gt=BEGIN).exists()
    clock.set_today(day=BEGIN + timedelta(days=14))
    assert post() == first


def test_the_invented_branches_live_on_and_take_it_back() -> None:
    decisions = Decision.objects.count()
    clock.set_today(day=date(2021, 12, 20))
    assert Decision.objects.count() > decisions
    clock.set_today(day=BEGIN)
    assert Decision.objects.count() == decisions


def test_a_visitor_who_will_not_wait_leaves_the_rest_to_the_worker(
    django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # However slow this machine is.
    monkeypatch.setattr(travel, "JOB_SECONDS", None)
    arrival = BEGIN + timedelta(days=5)
    with django_capture_on_commit_callbacks(execute=False):
        assert clock.set_today(day=arrival, seconds=0) == BEGIN + timedelta(days=1)
    assert clock.destination() == arrival
    job = Job.objects.get(handler="demo.travel_on")
    travel.travel_on(until=date.fromisoformat(job.payload["until"]))
    assert (clock.today(), clock.destination()) == (arrival, None)
    assert {day for day, _, _ in post()} <= {BEGIN + timedelta(days=n) for n in range(1, 6)}


def test_a_clock_that_went_elsewhere_is_not_pulled_back() -> None:
    clock.set_today(day=BEGIN + timedelta(days=20), seconds=0)
    clock.set_today(day=BEGIN)
    travel.travel_on(until=BEGIN + timedelta(days=20))
    assert (clock.today(), clock.destination()) == (BEGIN, None)
    assert post() == []


def test_twelve_weeks_in_one_go_is_one_digest_a_person_a_day_and_what_cannot_wait(
    pytestconfig: pytest.Config,
) -> None:
    # One branch and the national office are enough; the others rest, as those that nobody plays.
    others = User.objects.exclude(memberships__branch__slug="harlingen")
    Reader.objects.bulk_create(
        Reader(user=user, paused_until=date.max)
        for user in others.exclude(national_periods__isnull=False)
    )
    clock.set_today(day=BEGIN + timedelta(weeks=12))
    assert set(digests_a_day().values()) == {1}
    # What the office wrote before the first day had arrived by then.
    sent = Delivery.objects.filter(state="sent", day__gt=BEGIN)
    at_once = sent.exclude(mail="digest").count()
    assert DemoMail.objects.count() == sent.count() > 100
    # Nobody acted in these weeks, so nothing was assigned, moved or called off.
    assert at_once == 0
    folder = pytestconfig.rootpath / "var" / "mail"
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{day}  {to}  {subject}\n" for day, to, subject in post()]
    (folder / "twelve-weeks.txt").write_text("".join(lines), encoding="utf-8")
    texts = DemoMail.objects.filter(recipients__contains="harlingen").order_by("day", "pk")
    (folder / "twelve-weeks-harlingen.txt").write_text(
        "\n\n=====\n".join(
            f"{mail.day} · {mail.recipients}\n{mail.subject}\n\n{mail.text}" for mail in texts
        ),
        encoding="utf-8",
    )
