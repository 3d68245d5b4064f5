"""Who is in the lead: two people of the branch, turns that remain, nothing without a word."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from branches.enums import Role
from branches.models import AuditEntry, Membership, User
from core.concurrency import Stale
from core.refusal import Refused
from evaluation.enums_ten import PledgeStatus
from evaluation.models import Pledge, TopTen, Turn
from evaluation.queries.ten.people import without_owner
from evaluation.services.ten.people import begin_turns, set_people
from tests.factories import MembershipFactory
from tests.ten_factories import AGREED, BEGUN, pledge_of, top_ten_of, update_of

pytestmark = pytest.mark.django_db

DAY = date(2023, 2, 1)


def colleague(top_ten: TopTen, role: Role = Role.COUNCIL_GROUP, **fields: Any) -> User:
    """Return somebody with a role in the branch."""
    user: User = MembershipFactory(branch=top_ten.branch, role=role, **fields).user
    return user


def turns(pledge: Pledge) -> list[tuple[str, int | None, date, date | None, str]]:
    """Return the turns of a pledge, the oldest first."""
    return list(
        Turn.objects.filter(pledge=pledge)
        .order_by("from_on", "pk")
        .values_list("role", "person", "from_on", "until_on", "note")
    )


def test_before_the_ten_are_agreed_a_name_is_a_plan_without_a_turn() -> None:
    top_ten = top_ten_of(agreed=False)
    pledge, new = pledge_of(top_ten), colleague(top_ten)
    set_people(pledge=pledge, owner=new, deputy=pledge.deputy, by=new, today=BEGUN)
    pledge.refresh_from_db()
    assert pledge.owner == new
    assert not turns(pledge)
    assert begin_turns(top_ten=top_ten, by=new, today=AGREED) == 20
    assert begin_turns(top_ten=top_ten, by=new, today=AGREED) == 0
    assert {row[1] for row in turns(pledge)} == {new.pk, pledge.deputy_id}


def test_a_new_owner_ends_a_turn_and_begins_one_with_the_note() -> None:
    pledge = pledge_of()
    old, deputy = pledge.owner, pledge.deputy
    assert old is not None
    assert deputy is not None
    new = colleague(pledge.top_ten, Role.MEMBER)
    edition = pledge.top_ten.edition
    set_people(pledge=pledge, owner=new, deputy=deputy, by=old, today=DAY, note="Bel de wethouder.")
    pledge.refresh_from_db()
    assert pledge.owner == new
    assert turns(pledge) == [
        ("owner", old.pk, AGREED, DAY, ""),
        ("deputy", deputy.pk, AGREED, None, ""),
        ("owner", new.pk, DAY, None, "Bel de wethouder."),
    ]
    assert TopTen.objects.get(pk=pledge.top_ten_id).edition == edition + 1
    row = AuditEntry.objects.get(verb="ten.owner_set")
    assert row.params == {"rank": 1, "before": str(old), "after": str(new)}


def test_the_deputy_moves_up_and_a_note_for_nobody_stays_with_the_turn_that_ended() -> None:
    pledge = pledge_of()
    old, deputy = pledge.owner, pledge.deputy
    assert old is not None
    assert deputy is not None
    set_people(pledge=pledge, owner=deputy, deputy=None, by=old, today=DAY)
    set_people(pledge=pledge, owner=None, deputy=None, by=deputy, today=DAY, note="Begin opnieuw.")
    assert [row[0::3] for row in turns(pledge)] == [("owner", DAY), ("deputy", DAY), ("owner", DAY)]
    last = Turn.objects.filter(pledge=pledge).latest("pk")
    assert (last.person, last.note) == (deputy, "Begin opnieuw.")


def test_the_same_two_again_is_nothing() -> None:
    pledge = pledge_of()
    assert pledge.owner is not None
    set_people(pledge=pledge, owner=pledge.owner, deputy=pledge.deputy, by=pledge.owner, today=DAY)
    assert not AuditEntry.objects.filter(verb__startswith="ten.").exists()
    assert len(turns(pledge)) == 2


def test_who_has_no_role_today_cannot_be_in_the_lead() -> None:
    pledge = pledge_of()
    by = pledge.owner
    assert by is not None
    gone = colleague(pledge.top_ten, started_on=date(2020, 1, 1), ended_on=DAY)
    closed = colleague(pledge.top_ten)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    stranger = MembershipFactory(role=Role.COUNCIL_GROUP).user
    for somebody in (gone, closed, stranger):
        with pytest.raises(Refused):
            set_people(pledge=pledge, owner=somebody, deputy=None, by=by, today=DAY)
        with pytest.raises(Refused):
            set_people(pledge=pledge, owner=None, deputy=somebody, by=by, today=DAY)
    assert len(turns(pledge)) == 2


def test_one_person_is_not_both_and_a_candidate_of_an_agreed_ten_has_nobody() -> None:
    pledge = pledge_of()
    by = pledge.owner
    assert by is not None
    with pytest.raises(Refused):
        set_people(pledge=pledge, owner=by, deputy=by, by=by, today=DAY)
    candidate = pledge.top_ten.pledges.filter(rank=None).first()
    assert candidate is not None
    with pytest.raises(Refused):
        set_people(pledge=candidate, owner=by, deputy=None, by=by, today=DAY)


def test_who_saves_a_form_that_somebody_else_overtook_is_told() -> None:
    pledge = pledge_of()
    by, new = pledge.owner, colleague(pledge.top_ten)
    assert by is not None
    set_people(pledge=pledge, owner=new, deputy=None, by=by, today=DAY, revision=pledge.revision)
    with pytest.raises(Stale):
        set_people(pledge=pledge, owner=by, deputy=None, by=by, today=DAY, revision=pledge.revision)
    pledge.refresh_from_db()
    assert pledge.owner == new


def test_a_pledge_whose_owner_is_gone_in_any_way_has_nobody() -> None:
    """The seat ended by its date, the account was closed, or the field is empty."""
    top_ten = top_ten_of()
    lapsing, closing = colleague(top_ten), colleague(top_ten)
    by_date, by_account, empty, done, fine = (pledge_of(top_ten, rank=n) for n in range(1, 6))
    for pledge, person in ((by_date, lapsing), (by_account, closing), (empty, None)):
        assert pledge.owner is not None
        set_people(pledge=pledge, owner=person, deputy=pledge.deputy, by=pledge.owner, today=AGREED)
    update_of(done, status=PledgeStatus.DONE)
    Membership.objects.filter(user=lapsing).update(ended_on=DAY)
    User.objects.filter(pk=closing.pk).update(is_active=False)
    found = list(without_owner(top_ten.branch, DAY))
    assert found == [by_date, by_account, empty]
    assert fine not in found
    Membership.objects.filter(user=fine.owner).update(ended_on=DAY)
    after = list(without_owner(top_ten.branch, DAY))
    assert fine in after
    assert done not in after
