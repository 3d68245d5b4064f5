"""Since when somebody owns a milestone and who gave it: whoever takes it is not told so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from branches import ownership
from branches.models import User
from process.models import Milestone
from process.services.milestones import describe
from tests.clock import FIRST_DAY
from tests.factories import UserFactory
from tests.process_factories import TimelineFactory

pytestmark = pytest.mark.django_db
TODAY = FIRST_DAY
LATER = TODAY + timedelta(days=3)


@pytest.fixture
def milestone() -> Milestone:
    row: Milestone = TimelineFactory().milestones.get(key="draft_sent")
    return row


def give(milestone: Milestone, owner: User | None, *, by: User, today: date = TODAY) -> None:
    milestone.refresh_from_db()
    describe(
        milestone=milestone,
        by=by,
        today=today,
        note="",
        owner=owner,
        revision=milestone.revision,
    )
    milestone.refresh_from_db()


def given(milestone: Milestone) -> tuple[User | None, date | None, User | None]:
    return milestone.owner, milestone.owner_since, milestone.owner_given_by


def test_whoever_gets_a_milestone_has_it_since_that_day_from_that_person(
    milestone: Milestone,
) -> None:
    ans, board = UserFactory(name="Ans"), UserFactory(name="Cor")
    give(milestone, ans, by=board)
    assert given(milestone) == (ans, TODAY, board)


def test_whoever_keeps_it_is_not_given_it_again(milestone: Milestone) -> None:
    ans, board = UserFactory(name="Ans"), UserFactory(name="Cor")
    give(milestone, ans, by=board)
    give(milestone, ans, by=ans, today=LATER)
    assert given(milestone) == (ans, TODAY, board)


def test_another_owner_begins_anew_and_nobody_leaves_nothing(milestone: Milestone) -> None:
    ans, bea, board = UserFactory(name="Ans"), UserFactory(name="Bea"), UserFactory(name="Cor")
    give(milestone, ans, by=board)
    give(milestone, bea, by=bea, today=LATER)
    assert given(milestone) == (bea, LATER, bea)
    give(milestone, None, by=board, today=LATER)
    assert given(milestone) == (None, None, None)


@pytest.mark.parametrize("successor", [True, False])
def test_what_is_handed_over_is_given_by_whoever_hands_it_over(
    milestone: Milestone, *, successor: bool
) -> None:
    ans, board = UserFactory(name="Ans"), UserFactory(name="Cor")
    to = UserFactory(name="Bea") if successor else None
    give(milestone, ans, by=board)
    branch = milestone.timeline.branch
    ownership.hand_over(user=ans, branch=branch, to=to, by=board, today=LATER)
    milestone.refresh_from_db()
    assert given(milestone) == ((to, LATER, board) if to else (None, None, None))
