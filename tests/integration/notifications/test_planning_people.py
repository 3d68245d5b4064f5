"""Verdicts, invitations, addresses and the week: who is told, and when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from branches.enums import Role
from branches.models import Branch, Invitation, User
from branches.services.invitations import send_again, withdraw_invitation
from evaluation.enums import Verdict
from evaluation.models import Assessment, Assignment, Evaluation, Promise
from notifications.models import Reminder
from process.enums import MilestoneStatus
from process.models import Milestone, Timeline
from tests.evaluation_factories import evaluation_of
from tests.factories import (
    BranchFactory,
    InvitationFactory,
    MembershipFactory,
    NationalOfficerFactory,
    UserFactory,
)
from tests.integration.notifications.telling import (
    NOW,
    TODAY,
    days,
    only_milestone,
    plan_on,
    readers,
    somebody,
    told,
)

pytestmark = pytest.mark.django_db

VERDICTS = ("verdict.dealt", "verdict.ahead", "verdict.soon", "verdict.late")


@pytest.fixture
def evaluation() -> Evaluation:
    milestone = only_milestone("promises_assessed", target=days(60))
    return evaluation_of(timeline=milestone.timeline)


def deal(evaluation: Evaluation, to: User, *, by: User | None = None) -> list[Promise]:
    promises = list(evaluation.promises.all())
    Assignment.objects.bulk_create(
        Assignment(promise=promise, person=to, assigned_by=by, assigned_on=TODAY)
        for promise in promises
    )
    return promises


def judge(promise: Promise, by: User) -> None:
    Assessment.objects.create(
        promise=promise, assessor=by, verdict=Verdict.DELIVERED, assessed_on=TODAY
    )


def test_promises_that_are_dealt_out_are_one_reminder_a_person(evaluation: Evaluation) -> None:
    person = somebody(evaluation.branch, Role.COUNCIL_GROUP)
    deal(evaluation, person, by=UserFactory())
    plan_on()
    assert told(*VERDICTS, to=person) == [("verdict.dealt", TODAY)]
    row = Reminder.objects.get(rule="verdict.dealt")
    assert (row.subject_id, row.branch) == (evaluation.pk, evaluation.branch)


def test_who_takes_promises_or_has_left_the_group_is_not_told(evaluation: Evaluation) -> None:
    taker = somebody(evaluation.branch, Role.COUNCIL_GROUP)
    deal(evaluation, taker, by=taker)
    deal(evaluation, somebody(evaluation.branch, Role.MEMBER), by=taker)
    plan_on()
    assert told(*VERDICTS) == []


def test_the_day_for_verdicts_is_told_to_who_owes_one(evaluation: Evaluation) -> None:
    Milestone.objects.update(target=days(7), deadline=days(7))
    owes = somebody(evaluation.branch, Role.COUNCIL_GROUP)
    ready = somebody(evaluation.branch, Role.COUNCIL_GROUP)
    deal(evaluation, owes)
    for promise in deal(evaluation, ready):
        judge(promise, ready)
    plan_on()
    assert readers("verdict.ahead") == {owes}
    assert told(*VERDICTS) == [
        ("verdict.ahead", days(-7)),
        ("verdict.dealt", TODAY),
        ("verdict.soon", days(4)),
    ]


def test_the_last_verdict_silences_it_and_one_taken_back_wakes_it(evaluation: Evaluation) -> None:
    Milestone.objects.update(target=days(-3), deadline=days(-3))
    person = somebody(evaluation.branch, Role.COUNCIL_GROUP)
    promises = deal(evaluation, person, by=person)
    plan_on()
    assert told(*VERDICTS) == [("verdict.late", TODAY)]
    for promise in promises:
        judge(promise, person)
    plan_on()
    assert told(*VERDICTS) == []
    Assessment.objects.filter(promise=promises[0]).delete()
    plan_on()
    assert told(*VERDICTS) == [("verdict.late", TODAY)]


def test_once_the_milestone_is_done_its_days_are_not_told(evaluation: Evaluation) -> None:
    Milestone.objects.update(
        target=days(2), deadline=days(2), status=MilestoneStatus.DONE, done_on=TODAY
    )
    person = somebody(evaluation.branch, Role.COUNCIL_GROUP)
    deal(evaluation, person, by=person)
    plan_on()
    assert told(*VERDICTS) == []


def test_a_promise_that_left_the_programme_is_nobodys(evaluation: Evaluation) -> None:
    person = somebody(evaluation.branch, Role.COUNCIL_GROUP)
    for promise in deal(evaluation, person):
        promise.measure.retired_on = TODAY
        promise.measure.save()
    plan_on()
    assert told(*VERDICTS) == []


@pytest.fixture
def branch() -> Branch:
    made: Branch = BranchFactory()
    return made


def test_an_invitation_without_an_answer_is_told_to_who_sent_it(branch: Branch) -> None:
    inviter, _other = somebody(branch), somebody(branch)
    InvitationFactory(branch=branch, invited_by=inviter, invited_on=days(-5), expires_on=days(5))
    plan_on()
    assert readers("invitation.unanswered") == {inviter}
    assert told() == [("invitation.unanswered", TODAY), ("invitation.expired", days(6))]


def test_if_who_sent_it_is_no_longer_on_the_board_the_board_hears_it(branch: Branch) -> None:
    board = {somebody(branch), somebody(branch)}
    gone = somebody(branch, ended_on=TODAY)
    InvitationFactory(branch=branch, invited_by=gone, invited_on=days(-5), expires_on=days(9))
    InvitationFactory(branch=branch, invited_by=None, invited_on=days(-5), expires_on=days(9))
    plan_on()
    assert readers("invitation.unanswered") == board
    assert Reminder.objects.count() == 4


def test_an_answer_a_withdrawal_and_a_new_link_silence_it(branch: Branch) -> None:
    inviter = somebody(branch)
    first, second, third = (
        InvitationFactory(
            branch=branch, invited_by=inviter, invited_on=days(-20), expires_on=days(-6)
        )
        for _number in range(3)
    )
    plan_on()
    assert told() == [("invitation.expired", days(-5))] * 3
    Invitation.objects.filter(pk=first.pk).update(accepted_on=TODAY)
    withdraw_invitation(by=inviter, invitation=second, today=TODAY)
    send_again(by=inviter, invitation=third, today=TODAY, now=NOW)
    plan_on()
    assert told("invitation.expired") == []


def test_who_was_asked_again_or_came_in_another_way_is_no_news(branch: Branch) -> None:
    inviter = somebody(branch)
    old = {"branch": branch, "invited_by": inviter, "invited_on": days(-20)}
    InvitationFactory(email="a@voorbeeld.nl", expires_on=days(-6), **old)
    InvitationFactory(email="a@voorbeeld.nl", expires_on=days(14), branch=branch, invited_on=TODAY)
    MembershipFactory(branch=branch, role=Role.COMMITTEE, user__email="b@voorbeeld.nl")
    InvitationFactory(email="B@voorbeeld.nl", expires_on=days(-6), **old)
    plan_on()
    assert told("invitation.expired") == []


def test_an_address_that_fails_is_told_to_the_board_of_each_branch_of_that_person(
    branch: Branch,
) -> None:
    other = BranchFactory()
    person = UserFactory(mail_refused_on=TODAY)
    for where in (branch, other):
        MembershipFactory(user=person, branch=where, role=Role.BOARD)
    board, elsewhere = somebody(branch), somebody(other)
    both = somebody(branch)
    MembershipFactory(user=both, branch=other)
    somebody(branch, Role.COMMITTEE)
    plan_on()
    assert readers("address.refused") == {board, elsewhere, both}
    assert Reminder.objects.filter(recipient=both).count() == 1
    assert Reminder.objects.get(recipient=board).subject_id == person.pk
    person.mail_refused_on = None
    person.save()
    plan_on()
    assert told() == []


def test_the_board_reads_on_mondays_how_it_stands_if_anything_is_coming() -> None:
    milestone = only_milestone("programme_adopted", target=days(49))
    board = somebody(milestone.timeline.branch)
    somebody(milestone.timeline.branch, Role.COMMITTEE)
    plan_on()
    assert told("week.branch") == [("week.branch", days(7))]
    assert readers("week.branch") == {board}
    Milestone.objects.update(target=days(50))
    plan_on()
    assert told("week.branch") == []


def test_last_weeks_stand_is_not_told_this_week() -> None:
    milestone = only_milestone(target=days(20))
    somebody(milestone.timeline.branch)
    plan_on(days(-7))
    assert told("week.branch") == [("week.branch", days(-7)), ("week.branch", TODAY)]
    plan_on(days(2))
    assert told("week.branch") == [("week.branch", TODAY), ("week.branch", days(7))]


def test_who_came_on_tuesday_waits_for_next_monday() -> None:
    milestone = only_milestone(target=days(20))
    somebody(milestone.timeline.branch, started_on=days(1))
    plan_on(days(2))
    assert told("week.branch") == [("week.branch", days(7))]


def test_a_silent_branch_and_one_after_its_election_read_it_on_the_first_monday_of_the_month() -> (
    None
):
    milestone = only_milestone()
    somebody(milestone.timeline.branch)
    timelines = Timeline.objects.filter(pk=milestone.timeline_id)
    Milestone.objects.update(target=date(2022, 3, 1), deadline=date(2022, 3, 1))
    first, second = date(2022, 2, 7), date(2022, 2, 14)

    def mondays() -> list[date]:
        plan_on(first)
        return [day for _rule, day in told("week.branch") if day in (first, second)]

    timelines.update(last_activity_on=second - timedelta(weeks=6))
    assert mondays() == [first]
    timelines.update(last_activity_on=second - timedelta(weeks=6) + timedelta(days=1))
    assert mondays() == [first, second]
    timelines.update(polling_day=second - timedelta(days=1))
    Milestone.objects.update(phase=7)
    assert mondays() == [first]


def test_the_national_office_reads_how_the_country_stands() -> None:
    officer = NationalOfficerFactory().user
    NationalOfficerFactory(ended_on=TODAY)
    plan_on()
    assert told() == [("week.national", TODAY), ("week.national", days(7))]
    row = Reminder.objects.earliest("due_on")
    assert (row.recipient, row.branch, row.subject_id) == (officer, None, 0)
