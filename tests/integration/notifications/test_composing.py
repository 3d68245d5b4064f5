"""One mail a person a day at that person's hour, and what cannot wait."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from branches.enums import Role
from branches.models import Branch, User
from notifications import tasks
from notifications.enums import DeliveryState, ReminderState
from notifications.models import Delivery, Reader, Reminder
from notifications.services import sending
from process.models import Milestone
from tests.clock import FixedClock
from tests.factories import (
    BranchFactory,
    MembershipFactory,
    NationalOfficerFactory,
    UserFactory,
)
from tests.integration.notifications.telling import (
    NOW,
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


def remind(user: User, rule: str = "milestone.soon", **values: object) -> Reminder:
    given = {"recipient": user, "rule": rule, "subject_id": 1, "due_on": TODAY, "planned_at": NOW}
    row: Reminder = Reminder.objects.create(**given | values)
    return row


@pytest.fixture
def user() -> User:
    made: User = UserFactory()
    return made


@pytest.fixture
def branch() -> Branch:
    made: Branch = BranchFactory()
    return made


def test_all_that_is_due_stands_in_one_mail(user: User, branch: Branch) -> None:
    for subject in range(3):
        remind(user, subject_id=subject, branch=branch, due_on=days(-subject))
    later = remind(user, subject_id=9, branch=branch, due_on=days(1))
    assert compose_on() == 1
    mail = Delivery.objects.get()
    assert (mail.key, mail.mail, mail.day) == (f"digest:{user.pk}:2021-10-04", "digest", TODAY)
    assert (mail.branch, mail.state, mail.send_after) == (branch, DeliveryState.WAITING, NOW)
    assert mail.reminders.count() == 3
    later.refresh_from_db()
    assert later.delivery is None


@pytest.mark.parametrize(("hour", "made"), [(7, 0), (8, 1), (9, 1), (23, 1)])
def test_it_is_made_at_eight_in_amsterdam_unless_somebody_chose(
    user: User, hour: int, made: int
) -> None:
    remind(user)
    assert compose_on(hour=hour) == made


def test_everybody_has_an_hour_of_their_own(user: User) -> None:
    evening = UserFactory()
    Reader.objects.create(user=evening, digest_hour=20)
    remind(user)
    remind(evening)
    assert compose_on(hour=19) == 1
    assert mails() == [f"digest:{user.pk}:{TODAY}"]
    assert compose_on(hour=20) == 1


def test_when_a_day_has_passed_its_hours_do_not_count(user: User) -> None:
    Reader.objects.create(user=user, digest_hour=22)
    remind(user)
    assert compose_on(hour=1, any_hour=True) == 1


def test_what_comes_due_after_the_mail_left_waits_for_tomorrow(user: User) -> None:
    remind(user)
    compose_on(hour=8)
    send_all()
    remind(user, subject_id=2)
    assert compose_on(hour=9) == 0
    assert compose_on(days(1), hour=7) == 0
    assert compose_on(days(1), hour=8) == 1
    assert Delivery.objects.filter(recipient=user).count() == 2


def test_what_comes_due_before_the_mail_left_still_comes_along(user: User) -> None:
    remind(user)
    compose_on(hour=8)
    remind(user, subject_id=2)
    assert compose_on(hour=9) == 0
    assert Delivery.objects.get().reminders.count() == 2


def test_a_mail_of_yesterday_that_never_left_folds_into_todays(user: User) -> None:
    remind(user)
    compose_on()
    Delivery.objects.update(attempts=4, error="450")
    remind(user, subject_id=2, due_on=days(1))
    assert compose_on(days(1)) == 1
    assert mails() == [f"digest:{user.pk}:{days(1)}"]
    assert mails(DeliveryState.WITHDRAWN) == [f"digest:{user.pk}:{TODAY}"]
    assert Delivery.objects.get(day=days(1)).reminders.count() == 2


@pytest.mark.parametrize(
    ("state", "doubts"),
    [(DeliveryState.WAITING, 1), (DeliveryState.SENDING, 0), (DeliveryState.PARKED, 3)],
)
def test_a_mail_of_yesterday_that_may_have_arrived_keeps_its_identity(
    user: User, state: DeliveryState, doubts: int
) -> None:
    remind(user)
    compose_on()
    Delivery.objects.update(state=state, doubts=doubts)
    remind(user, subject_id=2, due_on=days(1))
    assert compose_on(days(1)) == 1
    assert Delivery.objects.get(day=TODAY).state == state
    assert Delivery.objects.get(day=TODAY).reminders.count() == 1
    assert Delivery.objects.get(day=days(1)).reminders.count() == 1


def test_a_reminder_that_came_into_a_mail_as_it_left_goes_with_the_next(user: User) -> None:
    remind(user)
    compose_on()
    Delivery.objects.update(state=DeliveryState.SENT)
    assert compose_on(days(1)) == 1
    assert Delivery.objects.get(day=days(1)).reminders.count() == 1


def test_a_mail_that_was_taken_apart_comes_back_when_there_is_something_to_say(user: User) -> None:
    reminder = remind(user)
    compose_on()
    Reminder.objects.update(state=ReminderState.WITHDRAWN, delivery=None)
    compose_on()
    assert mails(DeliveryState.WITHDRAWN) == [f"digest:{user.pk}:{TODAY}"]
    Reminder.objects.update(state=ReminderState.WAITING)
    assert compose_on() == 1
    assert Delivery.objects.get().state == DeliveryState.WAITING
    reminder.refresh_from_db()
    assert reminder.delivery == Delivery.objects.get()


def test_a_mail_over_two_branches_or_the_country_as_well_is_of_no_branch(
    user: User, branch: Branch
) -> None:
    other, national = UserFactory(), UserFactory()
    for reader, where in (
        (user, branch),
        (other, branch),
        (other, BranchFactory()),
        (national, branch),
        (national, None),
    ):
        remind(reader, branch=where, subject_id=where.pk if where else 0)
    assert compose_on() == 3
    assert Delivery.objects.get(recipient=user).branch == branch
    assert Delivery.objects.get(recipient=other).branch is None
    assert Delivery.objects.get(recipient=national).branch is None


def test_what_cannot_wait_is_a_mail_of_its_own_at_any_hour(user: User, branch: Branch) -> None:
    given = {"branch": branch, "subject_id": 7}
    remind(user, "meeting.moved", subject_version=2, **given)
    remind(user, "meeting.moved", subject_version=3, due_on=days(-1), **given)
    remind(user, "milestone.assigned", **given)
    remind(user, "milestone.soon", **given)
    assert compose_on(hour=3) == 3
    assert mails() == [
        f"meeting.moved:{user.pk}:7:2:2021-10-04",
        f"meeting.moved:{user.pk}:7:3:2021-10-03",
        f"milestone.assigned:{user.pk}:7:0:2021-10-04",
    ]
    row = Delivery.objects.get(key__startswith="milestone.assigned")
    assert (row.mail, row.branch, row.reminders.count()) == ("milestone_assigned", branch, 1)
    assert compose_on(hour=3) == 0


def test_work_given_long_ago_stands_in_the_digest_and_news_for_calendars_does_not(
    user: User,
) -> None:
    for rule in ("milestone.assigned", "verdict.dealt", "meeting.moved"):
        remind(user, rule, due_on=days(-2))
    assert compose_on() == 2
    assert mails() == [f"digest:{user.pk}:{TODAY}", f"meeting.moved:{user.pk}:1:0:{days(-2)}"]


def test_given_work_that_a_silent_mail_server_held_up_folds_too(user: User) -> None:
    remind(user, "milestone.assigned")
    compose_on()
    assert mails() == [f"milestone.assigned:{user.pk}:1:0:{TODAY}"]
    compose_on(days(1))
    assert mails() == [f"milestone.assigned:{user.pk}:1:0:{TODAY}"]
    compose_on(days(2))
    assert mails() == [f"digest:{user.pk}:{days(2)}"]


def test_a_month_without_a_machine_ends_in_one_mail() -> None:
    milestone = only_milestone("programme_adopted", target=days(10), deadline=days(12))
    branch = milestone.timeline.branch
    board = somebody(branch)
    other = Milestone.objects.get()
    other.pk, other.key, other.position = None, "candidates_endorse", 2
    other.target = other.deadline = days(20)
    other.owner, other.owner_since = board, days(3)
    other.save()
    back = days(30)
    plan_on(back)
    compose_on(back)
    assert mails() == [f"digest:{board.pk}:{back}"]
    due = set(told(to=board))
    assert {("milestone.late", days(15)), ("milestone.late_board", days(20))} <= due
    send_all()
    for later in range(1, 4):
        plan_on(back + timedelta(days=later))
        compose_on(back + timedelta(days=later))
    # Thursday, Friday and Saturday: nothing is told twice.
    assert mails() == []


def test_composing_asks_as_much_for_thirty_people_as_for_one(branch: Branch) -> None:
    def statements(count: int) -> int:
        for _number in range(count):
            person = somebody(branch)
            remind(person, branch=branch)
            remind(person, "meeting.moved", branch=branch)
        with CaptureQueriesContext(connection) as queries:
            assert compose_on() == 2 * count
        return len(queries)

    assert statements(1) == statements(30)


def test_planning_asks_as_much_for_three_branches_as_for_one() -> None:
    def statements(count: int) -> list[int]:
        for _number in range(count):
            milestone = only_milestone(target=days(7))
            somebody(milestone.timeline.branch)
        everything = 5 * Milestone.objects.count()
        Reminder.objects.all().delete()
        counts = []
        for expected in (everything, 0):
            with CaptureQueriesContext(connection) as queries:
                assert plan_on().planned == expected
            counts.append(len(queries))
        Milestone.objects.update(target=days(90), deadline=days(90))
        with CaptureQueriesContext(connection) as queries:
            assert plan_on().withdrawn == everything
        Milestone.objects.update(target=days(7), deadline=days(7))
        return [*counts, len(queries)]

    assert statements(1) == statements(2)


def test_the_job_plans_everything_and_the_minute_only_what_cannot_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    milestone = only_milestone(target=days(7), owner_since=TODAY)
    owner = somebody(milestone.timeline.branch, Role.COMMITTEE)
    Milestone.objects.update(owner=owner)
    sent = []
    monkeypatch.setattr(
        sending, "send_due", lambda *, now, local, **_more: sent.append((now, local.date()))
    )
    tasks.send()
    assert told() == [("milestone.assigned", TODAY)]
    assert mails() == [f"milestone.assigned:{owner.pk}:{milestone.pk}:0:{TODAY}"]
    assert [day for _now, day in sent] == [FixedClock.day]
    tasks.plan()
    assert ("milestone.soon", TODAY) in told()
    assert f"digest:{owner.pk}:{TODAY}" in mails()


def test_a_person_of_the_office_and_of_a_board_gets_one_mail() -> None:
    milestone = only_milestone(target=days(7))
    officer = NationalOfficerFactory().user
    MembershipFactory(user=officer, branch=milestone.timeline.branch)
    plan_on()
    assert compose_on() == 1
    assert {rule for rule, _day in told(to=officer)} >= {"week.national", "week.branch"}


def test_who_is_given_twelve_milestones_in_an_evening_gets_one_mail_at_once_and_one_digest(
    user: User, branch: Branch
) -> None:
    for subject in range(12):
        remind(user, rule="milestone.assigned", subject_id=subject, branch=branch)
    assert compose_on(hour=21) == 2
    assert sorted(mails()) == [
        f"digest:{user.pk}:2021-10-04",
        f"milestone.assigned:{user.pk}:0:0:2021-10-04",
    ]
    assert Delivery.objects.get(mail="digest").reminders.count() == 11
    # Given after both have left: tomorrow is early enough.
    Delivery.objects.update(state=DeliveryState.SENT)
    Reminder.objects.update(state=ReminderState.SENT)
    remind(user, rule="milestone.assigned", subject_id=12, branch=branch)
    assert compose_on(hour=22) == 0
    assert compose_on(days(1)) == 1
    assert mails() == [f"digest:{user.pk}:2021-10-05"]
