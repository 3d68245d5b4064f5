"""What loses its cause falls silent and what changes is followed: before and after planning.

Each change is made once before anything was planned, and once after it was planned and even stood
in a mail of today. Both must end alike.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from branches.enums import Role
from branches.models import Branch, Membership, User
from branches.services.memberships import end_membership
from notifications.enums import DeliveryState, Kind, ReminderState
from notifications.models import Delivery, Preference, Reader, Reminder, RuleSetting
from process.models import Milestone
from process.services.milestones import describe, drop, finish, reopen, restore
from process.services.planning import move
from tests.factories import UserFactory
from tests.integration.notifications.telling import (
    TODAY,
    compose_on,
    days,
    mails,
    only_milestone,
    plan_on,
    send_all,
    somebody,
    told,
)

pytestmark = pytest.mark.django_db
RULE = "milestone.soon"


@dataclass
class Case:
    milestone: Milestone
    owner: User
    by: User

    @property
    def branch(self) -> Branch:
        return self.milestone.timeline.branch

    def fresh(self) -> Milestone:
        return Milestone.objects.select_related("timeline__branch", "definition").get(
            pk=self.milestone.pk
        )


@pytest.fixture
def case() -> Case:
    """A milestone of an owner, whose week before begins today; only that is told."""
    milestone = only_milestone("people_approached", target=days(7))
    milestone.definition.parts.all().delete()
    for rule in ("milestone.ahead", "milestone.today", "milestone.assigned", "week.branch"):
        RuleSetting.objects.create(rule=rule, days=0, is_on=False)
    branch = milestone.timeline.branch
    owner, by = somebody(branch, Role.COMMITTEE), somebody(branch)
    Milestone.objects.update(owner=owner)
    return Case(milestone=milestone, owner=owner, by=by)


Change = Callable[[Case], None]


def done(case: Case) -> None:
    row = case.fresh()
    finish(milestone=row, by=case.by, today=TODAY, revision=row.revision)


def dropped(case: Case) -> None:
    row = case.fresh()
    drop(milestone=row, reason="niet bij ons", by=case.by, today=TODAY, revision=row.revision)


def reopened(case: Case) -> None:
    row = case.fresh()
    reopen(milestone=row, reason="te vroeg", by=case.by, today=TODAY, revision=row.revision)


def restored(case: Case) -> None:
    row = case.fresh()
    restore(milestone=row, by=case.by, today=TODAY, revision=row.revision)


def left(case: Case) -> None:
    membership = Membership.objects.get(user=case.owner)
    end_membership(by=case.by, membership=membership, to=None, today=TODAY)
    Membership.objects.filter(user=case.by).update(role=Role.MEMBER)


def left_by_table(case: Case) -> None:
    Membership.objects.filter(user=case.owner).update(ended_on=TODAY)
    Membership.objects.filter(user=case.by).update(role=Role.MEMBER)


def closed(case: Case) -> None:
    Branch.objects.filter(pk=case.branch.pk).update(closed_on=TODAY)


def moved_away(case: Case) -> None:
    Milestone.objects.filter(pk=case.milestone.pk).update(target=days(40), deadline=days(40))


def switched_off(case: Case) -> None:
    Preference.objects.create(user=case.owner, branch=case.branch, deadlines=False)


def rule_off(case: Case) -> None:
    del case
    RuleSetting.objects.create(rule=RULE, days=7, is_on=False)


SILENCING: list[Change] = [
    done,
    dropped,
    left,
    left_by_table,
    closed,
    moved_away,
    switched_off,
    rule_off,
]


@pytest.mark.parametrize("change", SILENCING)
def test_what_lost_its_cause_before_planning_is_never_planned(case: Case, change: Change) -> None:
    change(case)
    plan_on()
    assert told() == []


@pytest.mark.parametrize("change", SILENCING)
def test_what_loses_its_cause_after_planning_is_withdrawn(case: Case, change: Change) -> None:
    plan_on()
    assert told() == [(RULE, TODAY)]
    change(case)
    assert plan_on().withdrawn == 1
    assert told() == []
    assert told(state=ReminderState.WITHDRAWN) == [(RULE, TODAY)]


@pytest.mark.parametrize("change", SILENCING)
def test_what_loses_its_cause_in_a_mail_that_waits_leaves_it(case: Case, change: Change) -> None:
    plan_on()
    assert compose_on() == 1
    change(case)
    # Just before sending, for this person alone.
    assert plan_on(recipients=[case.owner.pk]).withdrawn == 1
    assert Delivery.objects.get().reminders.count() == 0
    compose_on()
    assert mails(DeliveryState.WITHDRAWN) == [f"digest:{case.owner.pk}:{TODAY}"]


def test_what_is_being_handed_over_is_left_alone(case: Case) -> None:
    plan_on()
    compose_on()
    Delivery.objects.update(state=DeliveryState.SENDING)
    done(case)
    assert plan_on().withdrawn == 0
    assert told() == [(RULE, TODAY)]


def test_reopened_and_restored_it_waits_again(case: Case) -> None:
    for change, back in ((done, reopened), (dropped, restored)):
        plan_on()
        change(case)
        plan_on()
        assert told() == []
        back(case)
        assert plan_on().planned == 1
        assert told() == [(RULE, TODAY)]
    assert Reminder.objects.count() == 1


def test_switched_on_again_it_waits_again(case: Case) -> None:
    plan_on()
    switched_off(case)
    plan_on()
    Preference.objects.update(deadlines=True)
    plan_on()
    assert told() == [(RULE, TODAY)]


def test_what_was_sent_is_not_sent_again_when_its_cause_comes_back(case: Case) -> None:
    plan_on()
    compose_on()
    send_all()
    done(case)
    plan_on()
    reopened(case)
    plan_on()
    assert told() == []
    assert compose_on(days(1)) == 0


@pytest.mark.parametrize("planned", [False, True])
def test_the_new_owner_hears_it_and_the_old_one_no_longer(case: Case, *, planned: bool) -> None:
    new = somebody(case.branch, Role.COUNCIL_GROUP)
    if planned:
        plan_on()
    row = case.fresh()
    describe(milestone=row, by=case.by, today=TODAY, note="", owner=new, revision=row.revision)
    plan_on()
    assert told(to=new) == [(RULE, TODAY)]
    assert told(to=case.owner) == []


@pytest.mark.parametrize("planned", [False, True])
def test_without_an_owner_the_role_hears_it(case: Case, *, planned: bool) -> None:
    if planned:
        plan_on()
    row = case.fresh()
    describe(milestone=row, by=case.by, today=TODAY, note="", owner=None, revision=row.revision)
    plan_on()
    assert told(to=case.by) == [(RULE, TODAY)]
    assert told(to=case.owner) == []


@pytest.mark.parametrize("planned", [False, True])
def test_a_day_that_moves_takes_its_reminder_along(case: Case, *, planned: bool) -> None:
    if planned:
        plan_on()
    row = case.fresh()
    move(
        milestone=row,
        day=days(11),
        revision=row.timeline.revision,
        by=case.by,
        today=TODAY,
    )
    plan_on()
    assert told(RULE) == [(RULE, days(4))]


@pytest.mark.usefixtures("case")
def test_a_day_that_moves_after_it_was_told_is_told_again_before_the_new_day() -> None:
    plan_on()
    compose_on()
    send_all()
    Milestone.objects.update(target=days(20), deadline=days(20))
    plan_on(days(13))
    assert told(RULE) == [(RULE, days(13))]


@pytest.mark.usefixtures("case")
def test_a_day_that_comes_closer_than_its_week_is_told_now() -> None:
    Milestone.objects.update(target=days(3), deadline=days(3))
    plan_on()
    assert told(RULE) == [(RULE, days(-4))]
    assert compose_on() == 1


def test_a_preference_holds_for_its_branch_and_its_kind_alone(case: Case) -> None:
    Preference.objects.create(user=case.owner, branch=None, deadlines=False)
    Preference.objects.create(user=UserFactory(), branch=case.branch, deadlines=False)
    every = dict.fromkeys((kind.value for kind in Kind), False) | {"deadlines": True}
    Preference.objects.create(user=case.owner, branch=case.branch, **every)
    plan_on()
    assert told() == [(RULE, TODAY)]


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("composed", [False, True])
def test_during_a_pause_it_waits_and_after_it_what_is_still_true_follows(
    case: Case, *, whole: bool, composed: bool
) -> None:
    plan_on()
    if composed:
        compose_on()
    if whole:
        Reader.objects.create(user=case.owner, paused_until=days(2))
    else:
        Preference.objects.create(user=case.owner, branch=case.branch, paused_until=days(2))
    for day in (TODAY, days(1), days(2)):
        plan_on(day)
        compose_on(day)
        assert mails() == []
        assert told(RULE) == [(RULE, TODAY)]
    plan_on(days(3))
    compose_on(days(3))
    assert mails() == [f"digest:{case.owner.pk}:{days(3)}"]


def test_after_a_pause_what_is_no_longer_true_stays_away(case: Case) -> None:
    plan_on()
    Reader.objects.create(user=case.owner, paused_until=days(2))
    done(case)
    plan_on(days(3))
    compose_on(days(3))
    assert mails() == []


def test_after_a_long_pause_nobody_gets_what_was_true_months_ago(case: Case) -> None:
    plan_on()
    Reader.objects.create(user=case.owner, paused_until=date(2099, 12, 31))
    Milestone.objects.update(target=days(300), deadline=days(300))
    plan_on(days(100))
    assert told() == []


@pytest.mark.parametrize("why", ["closed account", "refused address"])
def test_who_cannot_be_reached_keeps_what_waits(case: Case, why: str) -> None:
    plan_on()
    compose_on()
    if why == "closed account":
        User.objects.filter(pk=case.owner.pk).update(is_active=False)
    else:
        User.objects.filter(pk=case.owner.pk).update(mail_refused_on=TODAY)
    compose_on(days(1))
    assert mails() == []
    assert (RULE, TODAY) in told()
    User.objects.filter(pk=case.owner.pk).update(is_active=True, mail_refused_on=None)
    compose_on(days(1))
    assert mails() == [f"digest:{case.owner.pk}:{days(1)}"]
