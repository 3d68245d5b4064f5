"""The demonstration’s national office has a Monday morning, and the clock does not break it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.models import AuditEntry, Branch
from branches.viewer import Viewer
from core import clock
from demo.data.base import TAKEN_BY_HARLINGEN
from demo.models import DemoMail, DemoPersona
from monitor.enums_helping import ActivityKind, HelpState, Layer
from monitor.models import (
    Activity,
    Announcement,
    Attendance,
    Call,
    ContactPerson,
    Expert,
    HelpRequest,
    MonthlyReport,
)
from notifications.models import Delivery
from programmes.models import Programme
from programmes.queries.base_following import following
from programmes.rules.three_way import Standing
from tests.integration import demonstration

made = demonstration.made
pytestmark = [pytest.mark.usefixtures("made"), pytest.mark.django_db]
BEGIN = date(2021, 10, 4)


@pytest.fixture(autouse=True)
def with_clock(settings: Any, tmp_path: Path) -> Iterator[None]:
    """A clock and a mailbox of this test alone."""
    settings.CLOCK = "core.clock.FileClock"
    settings.DEMO_CLOCK_FILE = tmp_path / "clock.json"
    settings.CLOCK_TRAVELLER = "demo.services.travel.travel"
    settings.EMAIL_BACKEND = "demo.mailbox.MailboxBackend"
    clock._clock.cache_clear()
    yield
    clock._clock.cache_clear()


def test_monday_morning_has_calls_questions_people_and_a_draft_to_publish() -> None:
    due = Call.objects.filter(follow_up_on__lte=BEGIN, followed_up_on=None)
    assert set(due.values_list("branch__slug", flat=True)) == {"borger-odoorn", "noord-beveland"}
    looked_after = ContactPerson.objects.values("branch")
    assert Branch.objects.filter(pk__in=looked_after).count() > Branch.objects.count() / 2
    assert Branch.objects.exclude(pk__in=looked_after).exists()

    states = sorted(HelpRequest.objects.values_list("state", flat=True))
    assert states == [HelpState.ANSWERED, HelpState.CLOSED, HelpState.WAITING, HelpState.WAITING]
    longest = HelpRequest.objects.waiting()[0]
    assert (longest.branch.slug, longest.waiting_since) == ("den-haag", date(2021, 9, 29))
    played = DemoPersona.objects.values_list("branch", flat=True)
    assert longest.branch_id in played

    shown = Announcement.objects.filter(shown_from__lte=BEGIN, shown_until__gte=BEGIN)
    assert (shown.count(), Announcement.objects.filter(shown_from__gt=BEGIN).count()) == (1, 1)
    planned = Activity.objects.values_list("kind", "branch")
    assert {kind for kind, _branch in planned} == set(ActivityKind.values)
    assert {branch is None for _kind, branch in planned} == {True, False}
    assert not Activity.objects.filter(attendances=None).exists()
    assert set(Expert.objects.values_list("layer", flat=True)) == set(Layer.values)

    # A report says how branches were doing when it was taken, so there is one of September alone.
    (report,) = MonthlyReport.objects.all()
    assert (report.month, report.taken_on) == (date(2021, 9, 1), BEGIN)
    draft = Programme.objects.get(branch=None, next_version=None)
    assert (draft.version, draft.is_frozen) == (3, False)


def test_harlingen_sees_the_base_beside_its_own_words() -> None:
    user = DemoPersona.objects.get(key="writer").user
    found = following(
        viewer=Viewer.load(user, today=BEGIN), branch=Branch.objects.get(slug="harlingen")
    )
    assert found.uses == len(TAKEN_BY_HARLINGEN)
    assert {item.standing for item in found.open_items} == {
        Standing.BOTH,
        Standing.CLEAN,
        Standing.LAPSED,
    }
    assert found.open_news


def test_what_was_done_before_the_first_day_is_of_earlier_days_and_leaves_no_mail_behind() -> None:
    assert not AuditEntry.objects.filter(day__gt=BEGIN).exists()
    assert not Attendance.objects.filter(said_on__gte=BEGIN).exists()
    assert not Delivery.objects.filter(state="waiting", message__isnull=False).exists()
    assert not DemoMail.objects.exists()


def test_time_passes_for_the_office_and_comes_back(client: Client) -> None:
    client.post(reverse("demo:step_in", args=["national"]))
    reports = list(MonthlyReport.objects.values_list("month", flat=True))
    clock.set_today(day=BEGIN + timedelta(days=29))
    assert list(MonthlyReport.objects.values_list("month", flat=True)) == [
        date(2021, 10, 1),
        *reports,
    ]
    _every_page_opens(client)
    # Further back than where it began.
    for day in (BEGIN, BEGIN - timedelta(days=20)):
        clock.set_today(day=day)
        _every_page_opens(client)
    assert HelpRequest.objects.count() == 4


def _every_page_opens(client: Client) -> None:
    for name in (
        "national",
        "calls",
        "contacts",
        "help_desk",
        "announcements",
        "activities",
        "experts",
        "figures",
        "reports",
        "base_programmes",
    ):
        assert client.get(reverse(f"monitor:{name}")).status_code == 200, name
    for slug in ("den-haag", "noord-beveland"):
        assert client.get(reverse("monitor:branch_card", args=[slug])).status_code == 200
    for question in HelpRequest.objects.all():
        page = reverse("monitor:help_answer", args=[question.pk])
        assert client.get(page).status_code == 200
