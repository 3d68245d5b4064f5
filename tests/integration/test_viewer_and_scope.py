"""Who is looking: roles in force today, the national office, and what nobody else sees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from pytest_django import DjangoAssertNumQueries

from branches.enums import Role
from branches.gate import check, may
from branches.models import AuditEntry, Branch, Invitation, Membership
from branches.viewer import Viewer
from process.models import Milestone, Timeline
from tests.clock import FIRST_DAY
from tests.factories import (
    BranchFactory,
    InvitationFactory,
    MembershipFactory,
    NationalOfficerFactory,
    UserFactory,
)
from tests.process_factories import TimelineFactory

pytestmark = pytest.mark.django_db

YESTERDAY = FIRST_DAY - timedelta(days=1)
TOMORROW = FIRST_DAY + timedelta(days=1)
Load = Callable[..., Viewer]


@pytest.mark.parametrize(
    ("started", "ended", "in_force"),
    [
        (YESTERDAY, None, True),
        (FIRST_DAY, None, True),
        (TOMORROW, None, False),
        (YESTERDAY, TOMORROW, True),
        (YESTERDAY, FIRST_DAY, False),
        (YESTERDAY, YESTERDAY, False),
    ],
)
def test_a_role_holds_from_its_first_day_until_the_day_it_ends(
    viewer_for: Load, started: date, ended: date | None, *, in_force: bool
) -> None:
    row = MembershipFactory(started_on=started, ended_on=ended)
    officer = NationalOfficerFactory(started_on=started, ended_on=ended)
    viewer = viewer_for(row.user)
    assert viewer.has_role(row.branch, Role.BOARD) is in_force
    assert Branch.objects.for_viewer(viewer).exists() is in_force
    assert viewer_for(officer.user).is_national is in_force


def test_an_ended_role_is_out_when_the_viewer_is_loaded_again(viewer_for: Load) -> None:
    row = MembershipFactory()
    before = viewer_for(row.user)
    assert Branch.objects.for_viewer(before).get() == row.branch
    Membership.objects.filter(pk=row.pk).update(ended_on=FIRST_DAY)
    after = viewer_for(row.user)
    assert after.roles == {}
    assert not Branch.objects.for_viewer(after).exists()
    assert not after.branches


def test_several_roles_in_several_branches(viewer_for: Load) -> None:
    first, second = BranchFactory(name="Zwolle"), BranchFactory(name="Almelo")
    user = UserFactory()
    for branch, role in [
        (first, Role.BOARD),
        (first, Role.COMMITTEE),
        (second, Role.MEMBER),
    ]:
        MembershipFactory(user=user, branch=branch, role=role)
    viewer = viewer_for(user)
    assert viewer.roles_in(first) == {Role.BOARD, Role.COMMITTEE}
    assert viewer.roles_in(second.pk) == {Role.MEMBER}
    assert viewer.has_role(first, Role.MEMBER, Role.COMMITTEE)
    assert not viewer.has_role(second, Role.BOARD)
    assert viewer.branches == [second, first]
    assert not viewer.is_national


def test_loading_takes_two_queries_however_many_branches(
    viewer_for: Load, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user = UserFactory()
    MembershipFactory(user=user)
    with django_assert_num_queries(2):
        viewer_for(user)
    MembershipFactory.create_batch(4, user=user)
    with django_assert_num_queries(2):
        assert len(viewer_for(user).roles) == 5


def test_a_visitor_has_nothing_and_costs_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    BranchFactory()
    with django_assert_num_queries(0):
        viewer = Viewer.load(AnonymousUser(), today=FIRST_DAY)
    assert not viewer.is_authenticated
    assert viewer.user is None
    assert not Branch.objects.for_viewer(viewer).exists()


def test_an_account_that_was_closed_has_nothing(viewer_for: Load) -> None:
    row = MembershipFactory(user__is_active=False)
    NationalOfficerFactory(user=row.user)
    viewer = viewer_for(row.user)
    assert not viewer.is_authenticated
    assert not viewer.is_national
    assert viewer.roles == {}


def test_a_closed_branch_is_gone_for_its_people_and_kept_for_the_national_office(
    viewer_for: Load,
) -> None:
    row = MembershipFactory(branch__closed_on=FIRST_DAY)
    viewer = viewer_for(row.user)
    assert viewer.roles == {}
    assert not Branch.objects.for_viewer(viewer).exists()
    national = viewer_for(NationalOfficerFactory().user)
    assert Branch.objects.for_viewer(national).get() == row.branch
    assert not Branch.objects.active().for_viewer(national).exists()


def test_each_tenants_table_shows_its_own_branch_only(viewer_for: Load) -> None:
    mine, other = TimelineFactory(), TimelineFactory()
    row = MembershipFactory(branch=mine.branch)
    InvitationFactory(branch=mine.branch)
    InvitationFactory(branch=other.branch)
    viewer = viewer_for(row.user)
    assert Branch.objects.for_viewer(viewer).get() == mine.branch
    assert Timeline.objects.for_viewer(viewer).get() == mine
    assert {item.timeline_id for item in Milestone.objects.for_viewer(viewer)} == {mine.pk}
    assert {item.branch_id for item in AuditEntry.objects.for_viewer(viewer)} == {mine.branch_id}
    assert Invitation.objects.for_viewer(viewer).get().branch == mine.branch
    assert Membership.objects.for_viewer(viewer).get() == row


def test_the_national_office_sees_all(viewer_for: Load) -> None:
    first, second = TimelineFactory(), TimelineFactory()
    viewer = viewer_for(NationalOfficerFactory().user)
    assert set(Timeline.objects.for_viewer(viewer)) == {first, second}
    assert viewer.branches == []


def test_a_stranger_with_an_account_sees_nothing(viewer_for: Load) -> None:
    TimelineFactory()
    viewer = viewer_for(UserFactory())
    assert viewer.is_authenticated
    for model in (Branch, Timeline, Milestone, AuditEntry):
        assert not model.objects.for_viewer(viewer).exists()


PERMISSIONS = {
    "branches.view_branch": {*Role, "national"},
    "branches.manage_people": {Role.BOARD, "national"},
    "branches.view_people": {Role.BOARD, Role.COMMITTEE, Role.COUNCIL_GROUP, "national"},
    "branches.view_history": {Role.BOARD, "national"},
    "branches.edit_branch": {Role.BOARD},
}


@pytest.mark.parametrize("permission", PERMISSIONS)
@pytest.mark.parametrize("who", [*Role, "national", "stranger"])
def test_who_may_do_what_in_a_branch(viewer_for: Load, permission: str, who: str) -> None:
    branch, other = BranchFactory(), BranchFactory()
    if who == "national":
        user = NationalOfficerFactory().user
    elif who == "stranger":
        user = UserFactory()
    else:
        user = MembershipFactory(branch=branch, role=who).user
    viewer = viewer_for(user)
    allowed = who in PERMISSIONS[permission]
    assert may(viewer, permission, branch) is allowed
    assert may(viewer, permission, other) is (allowed and who == "national")
    if allowed:
        check(viewer, permission, branch)
    else:
        with pytest.raises(PermissionDenied):
            check(viewer, permission, branch)


def test_a_permission_that_nobody_defined_is_denied(viewer_for: Load) -> None:
    row = MembershipFactory()
    with pytest.raises((PermissionDenied, KeyError)):
        check(viewer_for(row.user), "branches.no_such_thing", row.branch)
    assert not may(viewer_for(row.user), "branches.edit_branch", None)
