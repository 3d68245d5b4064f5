"""The ten are agreed: exactly ten, two people each, by a decision of before polling day (R58)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from branches.models import Membership
from core.refusal import Refused
from evaluation.enums_ten import TurnRole
from evaluation.models import TopTen, Turn
from evaluation.rules.agreeing import Lack
from evaluation.services.ten import agreeing, progress
from evaluation.services.ten.agreeing import agree, reopen, what_is_missing
from process.counts import count_of
from process.enums import DecisionKind
from process.models import Decision, Milestone
from programmes.services import undoing
from tests.factories import UserFactory
from tests.process_factories import MeetingFactory
from tests.ten_factories import AGREED, BEGUN, pledge_of, top_ten_of

pytestmark = pytest.mark.django_db


def decided(top_ten: TopTen, *, day: date = AGREED, **fields: object) -> Decision:
    """Write the members' decision down as the service would, also where that would refuse it."""
    return Decision.objects.create(
        timeline=top_ten.timeline,
        meeting=MeetingFactory(branch=top_ten.branch, day=day),
        kind=DecisionKind.AGREE_TOP_TEN,
        decided_on=day,
        text="Aldus besloten.",
        recorded_on=day,
        **fields,
    )


@pytest.fixture
def ready() -> TopTen:
    top_ten = top_ten_of(agreed=False)
    decided(top_ten)
    return top_ten


def lacks(top_ten: TopTen, *, today: date = AGREED) -> set[Lack]:
    return {one.lack for one in what_is_missing(top_ten, today=today)}


def test_with_everything_there_one_press_fixes_the_ten_and_begins_the_turns(
    ready: TopTen,
) -> None:
    later = AGREED + timedelta(days=3)
    for _press in range(2):
        top_ten = agree(top_ten=ready, by=UserFactory(), today=later)
    assert top_ten.agreed_on == AGREED, "the day of the meeting, not of writing it down"
    assert Turn.objects.filter(pledge__top_ten=ready, until_on=None).count() == 20
    turn = Turn.objects.get(pledge=pledge_of(ready), role=TurnRole.OWNER)
    assert (turn.from_on, turn.person) == (AGREED, pledge_of(ready).owner)


def _nine(top_ten: TopTen) -> None:
    top_ten.pledges.filter(rank=10).update(rank=None)


def _no_owner(top_ten: TopTen) -> None:
    top_ten.pledges.filter(rank=4).update(owner=None)


def _no_deputy(top_ten: TopTen) -> None:
    top_ten.pledges.filter(rank=4).update(deputy=None)


def _owner_left(top_ten: TopTen) -> None:
    Membership.objects.filter(user=pledge_of(top_ten).owner).update(ended_on=BEGUN)


def _deputy_closed(top_ten: TopTen) -> None:
    deputy = pledge_of(top_ten).deputy
    assert deputy is not None
    type(deputy).objects.filter(pk=deputy.pk).update(is_active=False)


def _adopted_later(top_ten: TopTen) -> None:
    type(top_ten.timeline).objects.filter(pk=top_ten.timeline_id).update(
        committee_appointed_on=BEGUN,
        commission_set_on=BEGUN,
        programme_adopted_on=AGREED + timedelta(days=1),
    )
    top_ten.timeline.refresh_from_db()


@pytest.mark.parametrize(
    ("spoil", "lack"),
    [
        (_nine, Lack.TOO_FEW),
        (_no_owner, Lack.NO_OWNER),
        (_no_deputy, Lack.NO_DEPUTY),
        (_owner_left, Lack.OWNER_GONE),
        (_deputy_closed, Lack.DEPUTY_GONE),
        (_adopted_later, Lack.BEFORE_PROGRAMME),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_fixed(
    ready: TopTen, spoil: Callable[[TopTen], None], lack: Lack
) -> None:
    spoil(ready)
    assert lacks(ready) == {lack}
    with pytest.raises(Refused):
        agree(top_ten=ready, by=UserFactory(), today=AGREED)
    ready.refresh_from_db()
    assert not ready.is_agreed
    assert not Turn.objects.exists()


def test_without_a_decision_nothing_is_agreed() -> None:
    top_ten = top_ten_of(agreed=False)
    assert lacks(top_ten) == {Lack.NO_DECISION}


@pytest.mark.parametrize("days", [0, 1])
def test_a_decision_on_polling_day_or_later_promises_nothing(days: int) -> None:
    top_ten = top_ten_of(agreed=False)
    day = top_ten.timeline.polling_day + timedelta(days=days)
    decided(top_ten, day=day)
    assert lacks(top_ten, today=day) == {Lack.TOO_LATE}
    with pytest.raises(Refused):
        agree(top_ten=top_ten, by=UserFactory(), today=day)


def test_the_ten_open_again_only_when_the_members_decided_anew(ready: TopTen) -> None:
    by = UserFactory()
    agree(top_ten=ready, by=by, today=AGREED)
    with pytest.raises(Refused):
        reopen(top_ten=ready, by=by, today=AGREED)
    first = agreeing.current_decision(ready)
    later = AGREED + timedelta(days=14)
    decided(ready, day=later, supersedes=first, supersede_reason="Nummer tien wordt een ander.")
    top_ten = reopen(top_ten=ready, by=by, today=later)
    assert not top_ten.is_agreed
    again = agree(top_ten=top_ten, by=by, today=later)
    assert again.agreed_on == later
    assert Turn.objects.filter(pledge__top_ten=ready).count() == 20, "turns went on"


def test_agreeing_and_opening_again_are_new_editions_for_the_public(ready: TopTen) -> None:
    before = ready.edition
    top_ten = agree(top_ten=ready, by=UserFactory(), today=AGREED)
    assert top_ten.edition == before + 1


def test_a_programme_with_a_top_ten_is_not_taken_back(ready: TopTen) -> None:
    with pytest.raises(Refused):
        undoing.take_away(programme=ready.programme, by=UserFactory(), today=BEGUN)
    ready.refresh_from_db()
    assert ready.pledges.count() == 12


def test_the_timeline_leads_to_the_ten_with_its_count() -> None:
    top_ten = top_ten_of(agreed=False)
    progress.report(top_ten=top_ten, today=BEGUN)
    milestone = Milestone.objects.get(timeline=top_ten.timeline, key="top_ten_agreed")
    count = count_of(milestone, slug=top_ten.branch.slug)
    assert count is not None
    assert "10" in count.words
    assert count.url.endswith("/top-tien/")
    for key in ("top_ten_under_way", "first_hundred_days", "half_year_7", "final_account"):
        row = Milestone.objects.get(timeline=top_ten.timeline, key=key)
        led = count_of(row, slug=top_ten.branch.slug)
        assert led is not None
        assert led.url == count.url
