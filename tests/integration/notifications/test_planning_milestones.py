"""Whom an open milestone concerns, and on which days."""

from __future__ import annotations

from datetime import date

import pytest

from branches.enums import Role
from notifications.models import Reminder, RuleSetting
from process.enums import MilestoneStatus, TargetOrigin
from process.models import Milestone, Timeline
from tests.factories import MembershipFactory, UserFactory
from tests.integration.notifications.telling import (
    TODAY,
    days,
    only_milestone,
    plan_on,
    readers,
    somebody,
    told,
)
from tests.process_factories import ElectionFactory, TimelineFactory

pytestmark = pytest.mark.django_db


def test_a_target_is_told_four_weeks_and_a_week_before_and_on_the_day() -> None:
    milestone = only_milestone(target=days(7))
    board = somebody(milestone.timeline.branch)
    plan_on()
    assert told(to=board) == [
        ("milestone.ahead", days(-21)),
        ("milestone.soon", TODAY),
        ("week.branch", TODAY),
        ("milestone.today", days(7)),
        ("week.branch", days(7)),
    ]
    row = Reminder.objects.get(rule="milestone.soon")
    assert (row.subject_id, row.branch, row.subject_version) == (
        milestone.pk,
        milestone.timeline.branch,
        0,
    )


def test_a_deadline_that_passed_is_told_three_days_later_and_to_the_board_after_eight() -> None:
    milestone = only_milestone(target=days(-10), deadline=days(-2))
    somebody(milestone.timeline.branch)
    plan_on()
    assert told("milestone.late", "milestone.late_board", "milestone.today") == [
        ("milestone.late", days(1)),
        ("milestone.late_board", days(6)),
    ]


def test_what_was_not_told_before_its_day_is_not_told_as_coming_after_it() -> None:
    milestone = only_milestone(target=days(-1), deadline=days(5))
    somebody(milestone.timeline.branch)
    plan_on()
    assert told("milestone.ahead", "milestone.soon", "milestone.today") == [
        ("milestone.today", days(-1))
    ]


def test_nothing_is_told_of_sixty_one_days_ago_or_of_next_week() -> None:
    for target in (days(8), days(-64)):
        milestone = only_milestone(target=target)
        somebody(milestone.timeline.branch)
    plan_on()
    assert told("milestone.today", "milestone.late") == []


def test_the_owner_hears_it_instead_of_the_roles_that_the_template_names() -> None:
    milestone = only_milestone("promises_assessed", target=days(3))
    branch = milestone.timeline.branch
    owner = somebody(branch, Role.COMMITTEE)
    group = somebody(branch, Role.COUNCIL_GROUP)
    plan_on()
    assert readers("milestone.soon") == {group}
    Milestone.objects.update(owner=owner)
    plan_on()
    assert readers("milestone.soon") == {owner}


@pytest.mark.parametrize("left", ["no role any more", "only a member", "a role elsewhere"])
def test_an_owner_without_work_in_the_branch_is_not_told_and_the_role_is(left: str) -> None:
    milestone = only_milestone("promises_assessed", target=days(3))
    branch = milestone.timeline.branch
    owner = UserFactory()
    group = somebody(branch, Role.COUNCIL_GROUP)
    if left == "no role any more":
        MembershipFactory(user=owner, branch=branch, role=Role.BOARD, ended_on=TODAY)
    elif left == "only a member":
        MembershipFactory(user=owner, branch=branch, role=Role.MEMBER)
    else:
        MembershipFactory(user=owner)
    Milestone.objects.update(owner=owner)
    plan_on()
    assert readers("milestone.soon") == {group}


def test_the_second_role_of_the_template_hears_it_too_and_nobody_twice() -> None:
    milestone = only_milestone(target=days(3))
    definition = milestone.definition
    definition.owner_role, definition.second_role = Role.COMMITTEE, Role.COUNCIL_GROUP
    definition.save()
    branch = milestone.timeline.branch
    both = somebody(branch, Role.COMMITTEE)
    MembershipFactory(user=both, branch=branch, role=Role.COUNCIL_GROUP)
    other = somebody(branch, Role.COUNCIL_GROUP)
    somebody(branch, Role.MEMBER)
    plan_on()
    assert readers("milestone.soon") == {both, other}
    assert Reminder.objects.filter(rule="milestone.soon").count() == 2


def test_when_it_lies_late_for_long_the_owner_and_the_whole_board_hear_it() -> None:
    milestone = only_milestone("promises_assessed", target=days(-8))
    branch = milestone.timeline.branch
    owner = somebody(branch, Role.COUNCIL_GROUP)
    other = somebody(branch, Role.COUNCIL_GROUP)
    board = {somebody(branch), somebody(branch)}
    Milestone.objects.update(owner=owner)
    plan_on()
    assert readers("milestone.late") == {owner}
    assert readers("milestone.late_board") == {owner, *board}
    assert other not in readers("milestone.late_board")


def test_whoever_is_given_a_milestone_hears_it_and_who_takes_it_does_not() -> None:
    board = UserFactory()
    given = only_milestone(target=days(60), owner_since=TODAY, owner_given_by=board)
    taken = only_milestone(target=days(60), owner_since=TODAY, owner_given_by=board)
    owner = somebody(given.timeline.branch, Role.COMMITTEE)
    MembershipFactory(user=board, branch=taken.timeline.branch)
    Milestone.objects.filter(pk=given.pk).update(owner=owner)
    Milestone.objects.filter(pk=taken.pk).update(owner=board)
    plan_on()
    assert readers("milestone.assigned") == {owner}
    assert told("milestone.assigned") == [("milestone.assigned", TODAY)]


def test_days_that_the_law_fixes_go_to_the_board_alone_and_fall_silent_after_it() -> None:
    milestone = only_milestone("nomination", target=days(3))
    assert milestone.target_origin == TargetOrigin.STATUTORY
    branch = milestone.timeline.branch
    board = somebody(branch)
    somebody(branch, Role.COMMITTEE)
    plan_on()
    assert readers("statutory.soon") == {board}
    assert told("statutory.ahead", "statutory.soon") == [
        ("statutory.ahead", days(-25)),
        ("statutory.soon", TODAY),
    ]
    assert told("milestone.soon", "milestone.today", "milestone.ahead") == []
    plan_on(days(4))
    assert told("statutory.ahead", "statutory.soon") == []


@pytest.mark.parametrize("status", [MilestoneStatus.DONE, MilestoneStatus.DROPPED])
def test_what_is_done_or_dropped_asks_nobody(status: MilestoneStatus) -> None:
    milestone = only_milestone(
        target=days(3),
        status=status,
        done_on=TODAY if status == MilestoneStatus.DONE else None,
        dropped_reason="" if status == MilestoneStatus.DONE else "niet bij ons",
    )
    somebody(milestone.timeline.branch)
    plan_on()
    assert told() == []


def test_what_the_adopted_programme_has_overtaken_asks_nobody() -> None:
    milestone = only_milestone(target=days(-3))
    somebody(milestone.timeline.branch)
    Timeline.objects.update(
        committee_appointed_on=days(-90), commission_set_on=days(-90), programme_adopted_on=days(-5)
    )
    plan_on()
    assert told() == []


def test_a_closed_branch_and_a_timeline_that_is_over_ask_nobody() -> None:
    closed = only_milestone(target=days(3))
    somebody(closed.timeline.branch)
    closed.timeline.branch.closed_on = TODAY
    closed.timeline.branch.save()
    over = only_milestone(
        "final_account", target=days(3), timeline={"created_on": date(2020, 1, 6)}
    )
    branch = over.timeline.branch
    Timeline.objects.filter(pk=over.timeline.pk).update(polling_day=date(2018, 3, 21))
    group = somebody(branch, Role.COUNCIL_GROUP)
    plan_on()
    assert readers("milestone.soon") == {group}
    election = ElectionFactory(polling_day=date(2026, 3, 18))
    TimelineFactory(branch=branch, election=election).milestones.all().delete()
    plan_on()
    assert told() == []


def test_the_national_office_changes_days_and_switches_rules_off() -> None:
    milestone = only_milestone(target=days(10))
    somebody(milestone.timeline.branch)
    RuleSetting.objects.create(rule="milestone.soon", days=10)
    RuleSetting.objects.create(rule="milestone.ahead", days=28, is_on=False)
    RuleSetting.objects.create(rule="week.branch", days=0, is_on=False)
    plan_on()
    assert told() == [("milestone.soon", TODAY)]


def test_more_days_than_before_do_not_tell_again_what_was_told() -> None:
    milestone = only_milestone(target=days(5))
    somebody(milestone.timeline.branch)
    RuleSetting.objects.create(rule="milestone.ahead", days=28, is_on=False)
    plan_on()
    Reminder.objects.filter(rule="milestone.soon").update(state="sent")
    RuleSetting.objects.create(rule="milestone.soon", days=14)
    plan_on()
    assert told("milestone.soon") == []


def test_late_for_the_national_office_has_no_reminders_of_its_own() -> None:
    milestone = only_milestone(target=days(-40))
    somebody(milestone.timeline.branch)
    plan_on()
    assert told("milestone.late_national") == []
