"""A milestone's count: told by the room that counts, shown with its base, closing nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.enums import Role
from branches.models import AuditEntry, Branch
from process.enums import MilestoneStatus
from process.models import Milestone, Timeline
from process.queries.forecasts import forecast_of
from process.rules.forecast import Outlook
from process.services import pulse
from process.services.progress import record_progress
from tests.clock import FixedClock
from tests.factories import BranchFactory, MembershipFactory, UserFactory
from tests.process_factories import TimelineFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[..., Client]
TODAY = FixedClock.day
ASSESSED = "promises_assessed"


@pytest.fixture
def branch() -> Branch:
    return BranchFactory(slug="harlingen", name="Harlingen")


@pytest.fixture
def timeline(branch: Branch) -> Timeline:
    return TimelineFactory(branch=branch)


def tell(timeline: Timeline, done: int, total: int, *, key: str = ASSESSED) -> Milestone:
    record_progress(timeline=timeline, key=key, done=done, total=total, today=TODAY)
    return Milestone.objects.get(timeline=timeline, key=key)


def page(client: Client, sign_in: SignIn, branch: Branch, address: str) -> str:
    user = UserFactory()
    MembershipFactory(user=user, branch=branch, role=Role.COUNCIL_GROUP)
    sign_in(client, user)
    answer = client.get(address, headers={"accept-language": "en"})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_first_promise_assessed_starts_the_milestone(timeline: Timeline) -> None:
    assert tell(timeline, 0, 48).status == MilestoneStatus.PLANNED
    row = tell(timeline, 1, 48)
    assert (row.status, row.progress_done, row.progress_total) == ("started", 1, 48)
    stored = Timeline.objects.get(pk=timeline.pk)
    pulse.apply(stored, stored.milestones.order_by("position"))
    assert stored.packed == Timeline.objects.get(pk=timeline.pk).packed


def test_all_of_it_done_finishes_nothing(timeline: Timeline) -> None:
    row = tell(timeline, 48, 48)
    assert row.status == MilestoneStatus.STARTED
    assert row.done_on is None


@pytest.mark.parametrize("status", [MilestoneStatus.DONE, MilestoneStatus.DROPPED])
def test_a_closed_milestone_stays_closed_and_keeps_the_count(
    branch: Branch, status: MilestoneStatus
) -> None:
    closed = {"done": {ASSESSED: TODAY}} if status == "done" else {"dropped": [ASSESSED]}
    row = tell(TimelineFactory(branch=branch, **closed), 47, 48)
    assert (row.status, row.progress_done) == (status, 47)


def test_a_count_leaves_no_row_in_the_history_and_disturbs_no_open_form(
    timeline: Timeline,
) -> None:
    before = AuditEntry.objects.count()
    revision = Milestone.objects.get(timeline=timeline, key=ASSESSED).revision
    assert tell(timeline, 12, 48).revision == revision
    assert AuditEntry.objects.count() == before


def test_who_assesses_is_not_silent(timeline: Timeline) -> None:
    assert forecast_of(timeline, today=TODAY).outlook == Outlook.SILENT
    tell(timeline, 0, 48)
    stored = Timeline.objects.get(pk=timeline.pk)
    assert stored.last_activity_on == TODAY
    assert forecast_of(stored, today=TODAY).outlook == Outlook.LATE


def test_an_earlier_day_takes_no_sign_of_life_back(timeline: Timeline) -> None:
    tell(timeline, 1, 48)
    record_progress(timeline=timeline, key=ASSESSED, done=2, total=48, today=date(2021, 3, 1))
    assert Timeline.objects.get(pk=timeline.pk).last_activity_on == TODAY


def test_only_this_milestone_of_this_branch_is_counted(timeline: Timeline) -> None:
    other = TimelineFactory()
    tell(timeline, 3, 48)
    assert not Milestone.objects.filter(timeline=other, progress_total__isnull=False).exists()
    assert Milestone.objects.filter(progress_total__isnull=False).count() == 1
    record_progress(timeline=timeline, key="no_such_step", done=1, total=2, today=TODAY)
    assert Milestone.objects.filter(progress_total__isnull=False).count() == 1


def test_with_nothing_left_to_count_the_count_goes(timeline: Timeline) -> None:
    tell(timeline, 3, 48)
    row = tell(timeline, 0, 0)
    assert (row.progress_done, row.progress_total) == (None, None)


@pytest.mark.parametrize(("done", "total"), [(49, 48), (-1, 48)])
def test_a_count_beyond_its_base_is_refused(timeline: Timeline, done: int, total: int) -> None:
    with pytest.raises(ValueError, match="is no progress"):
        tell(timeline, done, total)
    assert not Milestone.objects.filter(progress_total__isnull=False).exists()


def test_a_count_costs_the_same_whatever_it_says(timeline: Timeline) -> None:
    tell(timeline, 1, 48)
    costs = []
    for done in (2, 47):
        with CaptureQueriesContext(connection) as seen:
            tell(timeline, done, 48)
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 6


def test_the_pages_say_the_count_with_its_base(
    client: Client, sign_in: SignIn, branch: Branch, timeline: Timeline
) -> None:
    words = {
        "previous_loaded": "31 of 48 promises dealt out",
        ASSESSED: "31 of 48 promises assessed",
        "carry_over_decided": "Decided about 31 of 48 promises",
    }
    everywhere = [reverse(f"process:{name}", args=[branch.slug]) for name in ("today", "timeline")]
    for key, sentence in words.items():
        row = tell(timeline, 31, 48, key=key)
        own = reverse("process:milestone", args=[branch.slug, row.pk])
        for address in (own, *everywhere):
            text = page(client, sign_in, branch, address)
            assert sentence in text
            assert "tick this off" not in text


def test_when_all_is_counted_the_page_asks_for_a_persons_word(
    client: Client, sign_in: SignIn, branch: Branch, timeline: Timeline
) -> None:
    row = tell(timeline, 48, 48)
    text = page(client, sign_in, branch, reverse("process:milestone", args=[branch.slug, row.pk]))
    assert "All 48 promises have a verdict" in text
    assert "tick this off" in text


def test_a_done_milestone_keeps_its_count_and_asks_nothing_more(
    client: Client, sign_in: SignIn, branch: Branch
) -> None:
    row = tell(TimelineFactory(branch=branch, done={ASSESSED: date(2021, 5, 20)}), 48, 48)
    text = page(client, sign_in, branch, reverse("process:milestone", args=[branch.slug, row.pk]))
    assert "48 of 48 promises assessed" in text
    assert "tick this off" not in text


def test_counts_do_not_make_the_first_page_ask_more(
    client: Client, sign_in: SignIn, branch: Branch, timeline: Timeline
) -> None:
    address = reverse("process:today", args=[branch.slug])
    page(client, sign_in, branch, address)
    costs = []
    for counted in ((), (ASSESSED,), (ASSESSED, "previous_loaded", "carry_over_decided")):
        for key in counted:
            tell(timeline, 5, 48, key=key)
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        costs.append(len(seen))
    assert len(set(costs)) == 1
