"""Who leaves orphans nothing: the next one, the deputy, or the board that is asked."""

from __future__ import annotations

from datetime import date

import pytest

from branches import ownership
from branches.enums import Role
from branches.models import Membership, User
from branches.services.memberships import end_membership, leave
from evaluation.enums_ten import PledgeStatus
from evaluation.models import Pledge, TopTen, Turn
from evaluation.ownership_ten import PledgeOwnership
from evaluation.queries.ten.people import without_owner
from tests.factories import MembershipFactory
from tests.process_factories import ElectionFactory, TimelineFactory
from tests.ten_factories import AGREED, BEGUN, pledge_of, top_ten_of, update_of

pytestmark = pytest.mark.django_db

DAY = date(2023, 2, 1)


@pytest.fixture
def top_ten() -> TopTen:
    made = top_ten_of()
    MembershipFactory(branch=made.branch, role=Role.BOARD)
    return made


def owner_of(top_ten: TopTen) -> User:
    owner = pledge_of(top_ten).owner
    assert owner is not None
    return owner


def deputy_of(top_ten: TopTen) -> User:
    deputy = pledge_of(top_ten).deputy
    assert deputy is not None
    return deputy


def leads(top_ten: TopTen) -> set[tuple[int | None, int | None]]:
    """Return each pair of people in the lead and second in the lead."""
    return {(row.owner_id, row.deputy_id) for row in top_ten.pledges.chosen()}


def gone(user: User) -> None:
    """Let somebody's roles have ended by their date, without anybody ending them."""
    Membership.objects.filter(user=user).update(started_on=date(2020, 1, 1), ended_on=DAY)


def test_who_leaves_hands_all_of_it_to_somebody(top_ten: TopTen) -> None:
    owner, new = owner_of(top_ten), MembershipFactory(branch=top_ten.branch).user
    update_of(pledge_of(top_ten, rank=10), status=PledgeStatus.DONE)
    assert len(ownership.owned(user=owner, branch=top_ten.branch)) == 9
    moved = leave(by=owner, branch=top_ten.branch, to=new, today=DAY)
    assert moved == 9
    assert set(top_ten.pledges.filter(rank__lte=9).values_list("owner", flat=True)) == {new.pk}
    # Done is done: whoever did it keeps the honour.
    assert pledge_of(top_ten, rank=10).owner == owner
    ended = Turn.objects.filter(person=owner, until_on=DAY)
    assert ended.count() == 9
    assert not without_owner(top_ten.branch, DAY)
    assert ownership.owned(user=owner, branch=top_ten.branch) == []


def test_without_a_successor_the_deputy_moves_up(top_ten: TopTen) -> None:
    owner, deputy = owner_of(top_ten), deputy_of(top_ten)
    # Nothing is left to the board: that is what the number says.
    assert leave(by=owner, branch=top_ten.branch, to=None, today=DAY) == 0
    assert leads(top_ten) == {(deputy.pk, None)}
    assert Turn.objects.filter(person=deputy, role="owner", until_on=None).count() == 10
    assert Turn.objects.filter(person=deputy, role="deputy", until_on=None).count() == 0


def test_without_both_the_board_is_asked(top_ten: TopTen) -> None:
    owner = owner_of(top_ten)
    gone(deputy_of(top_ten))
    assert leave(by=owner, branch=top_ten.branch, to=None, today=DAY) == 10
    assert leads(top_ten) == {(None, None)}
    assert without_owner(top_ten.branch, DAY).count() == 10
    assert Turn.objects.filter(pledge__top_ten=top_ten).count() == 20
    assert not Turn.objects.filter(until_on=None).exists()


def test_a_deputy_who_leaves_is_followed_too(top_ten: TopTen) -> None:
    owner, deputy = owner_of(top_ten), deputy_of(top_ten)
    new = MembershipFactory(branch=top_ten.branch).user
    seat = Membership.objects.get(user=deputy)
    assert end_membership(by=owner, membership=seat, to=new, today=DAY) == 10
    assert leads(top_ten) == {(owner.pk, new.pk)}


def test_the_owner_as_successor_of_the_deputy_is_not_both(top_ten: TopTen) -> None:
    owner, deputy = owner_of(top_ten), deputy_of(top_ten)
    leave(by=deputy, branch=top_ten.branch, to=owner, today=DAY)
    assert leads(top_ten) == {(owner.pk, None)}


def test_a_deputy_who_leaves_after_the_owner_vanished_blocks_nobody(top_ten: TopTen) -> None:
    gone(owner_of(top_ten))
    deputy = deputy_of(top_ten)
    new = MembershipFactory(branch=top_ten.branch).user
    leave(by=deputy, branch=top_ten.branch, to=new, today=DAY)
    assert leads(top_ten) == {(new.pk, None)}


def test_who_leaves_before_the_ten_are_agreed_leaves_a_plan_without_a_turn() -> None:
    top_ten = top_ten_of(agreed=False)
    MembershipFactory(branch=top_ten.branch, role=Role.BOARD)
    owner, deputy = owner_of(top_ten), deputy_of(top_ten)
    leave(by=owner, branch=top_ten.branch, to=None, today=BEGUN)
    assert leads(top_ten) == {(deputy.pk, None)}
    assert not Turn.objects.exists()


def test_a_final_account_and_a_next_election_end_the_asking(top_ten: TopTen) -> None:
    for person in (owner_of(top_ten), deputy_of(top_ten)):
        gone(person)
    later = ElectionFactory(polling_day=date(2026, 3, 18))
    TimelineFactory(branch=top_ten.branch, election=later)
    assert without_owner(top_ten.branch, date(2026, 3, 17)).count() == 10
    assert not without_owner(top_ten.branch, date(2026, 3, 18))
    TopTen.objects.filter(pk=top_ten.pk).update(account_given_on=DAY)
    assert not without_owner(top_ten.branch, DAY)


def test_another_branch_is_left_alone(top_ten: TopTen) -> None:
    owner = owner_of(top_ten)
    elsewhere = top_ten_of(owner=owner)
    moved = PledgeOwnership().hand_over(
        user=owner, branch=top_ten.branch, to=None, by=owner, today=AGREED
    )
    assert moved == 0
    assert set(
        Pledge.objects.filter(top_ten=elsewhere).chosen().values_list("owner", flat=True)
    ) == {owner.pk}
