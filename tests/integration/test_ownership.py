"""What people own here: their open milestones, handed over when they leave."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from branches import ownership
from branches.models import AuditEntry, User
from process.models import Milestone, Timeline
from process.ownership import MilestoneOwnership
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, UserFactory
from tests.process_factories import TimelineFactory

pytestmark = pytest.mark.django_db

KIND = MilestoneOwnership()


@pytest.fixture
def owner() -> User:
    user: User = UserFactory(name="Ans")
    return user


@pytest.fixture
def timeline(owner: User) -> Timeline:
    row: Timeline = TimelineFactory(
        done={"people_approached": date(2021, 2, 1)}, dropped={"base_update_seen"}
    )
    row.milestones.filter(
        key__in=["people_approached", "base_update_seen", "draft_sent", "input_open", "half_year_1"]
    ).update(owner=owner)
    return row


def test_what_is_open_is_owned_in_the_order_of_the_thread(owner: User, timeline: Timeline) -> None:
    titles = {row.key: row.definition.title for row in timeline.milestones.all()}
    expected = [titles[key] for key in ("input_open", "draft_sent", "half_year_1")]
    assert KIND.owned(user=owner, branch=timeline.branch) == expected
    assert ownership.owned(user=owner, branch=timeline.branch) == expected


def test_other_people_and_other_branches_are_left_out(owner: User, timeline: Timeline) -> None:
    assert KIND.owned(user=UserFactory(), branch=timeline.branch) == []
    assert KIND.owned(user=owner, branch=BranchFactory()) == []


@pytest.mark.parametrize("successor", [True, False])
def test_handing_over_moves_what_is_open_and_writes_it_down(
    owner: User, timeline: Timeline, *, successor: bool
) -> None:
    elsewhere = TimelineFactory()
    elsewhere.milestones.filter(key="draft_sent").update(owner=owner)
    to = UserFactory(name="Bea") if successor else None
    board = UserFactory(name="Cor")
    moved = ownership.hand_over(
        user=owner, branch=timeline.branch, to=to, by=board, today=FIRST_DAY
    )
    assert moved == 3
    rows = {row.key: row.owner for row in timeline.milestones.select_related("owner")}
    assert [rows[key] for key in ("input_open", "draft_sent", "half_year_1")] == [to] * 3
    assert rows["people_approached"] == rows["base_update_seen"] == owner
    assert elsewhere.milestones.get(key="draft_sent").owner == owner
    entries = AuditEntry.objects.filter(verb="milestone.handed_over", branch=timeline.branch)
    assert entries.count() == 3
    for entry in entries:
        assert entry.actor == board
        assert entry.params["owner"] == "Ans"
        assert entry.params["to"] == ("Bea" if successor else "–")
        assert Milestone.objects.get(pk=entry.subject_id).timeline == timeline


def test_nothing_owned_is_nothing_moved(timeline: Timeline) -> None:
    found = KIND.hand_over(
        user=UserFactory(), branch=timeline.branch, to=None, by=UserFactory(), today=FIRST_DAY
    )
    assert found == 0
    assert not AuditEntry.objects.filter(verb="milestone.handed_over").exists()


def test_handing_over_takes_the_same_number_of_queries_for_one_and_for_many(
    owner: User, timeline: Timeline, django_assert_num_queries: Any
) -> None:
    everybody: dict[str, Any] = {
        "user": owner,
        "branch": timeline.branch,
        "to": None,
        "today": FIRST_DAY,
    }
    timeline.milestones.update(owner=None)
    timeline.milestones.filter(key="draft_sent").update(owner=owner)
    board = UserFactory()
    with django_assert_num_queries(3):
        assert KIND.hand_over(**everybody, by=board) == 1
    timeline.milestones.update(owner=owner)
    with django_assert_num_queries(3):
        assert KIND.hand_over(**everybody, by=board) > 20
