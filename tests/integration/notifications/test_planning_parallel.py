"""Two schedulers at once, and twenty: one row, one mail. Real threads on a real database."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from branches.enums import Role
from notifications.models import Delivery, Reminder
from notifications.services.planning import Planned
from process.models import Milestone
from tests.at_once import AT_ONCE, at_once
from tests.factories import BranchFactory
from tests.integration.notifications.telling import (
    TODAY,
    compose_on,
    days,
    only_milestone,
    plan_on,
    somebody,
)
from tests.process_factories import MeetingFactory

PEOPLE = 5


@pytest.fixture
def ready(on_file: None) -> None:  # noqa: ARG001
    milestone = only_milestone("programme_adopted", target=days(7), owner_since=TODAY)
    branch = milestone.timeline.branch
    for role in (Role.BOARD, Role.COMMITTEE):
        for _number in range(PEOPLE):
            owner = somebody(branch, role)
    Milestone.objects.update(owner=owner)
    MeetingFactory(branch=branch, day=days(2), moved_on=TODAY, news=1)
    MeetingFactory(branch=BranchFactory(), day=days(2), planned_on=TODAY)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("ready")
def test_twenty_planners_at_once_write_each_reminder_once() -> None:
    answers = at_once(lambda _number: plan_on())
    assert all(isinstance(answer, Planned) for answer in answers), answers
    rows = Reminder.objects.count()
    assert sum(answer.planned for answer in answers) == rows
    assert rows == len(set(Reminder.objects.values_list("recipient", "rule", "due_on")))
    assert plan_on() == Planned()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("ready")
def test_twenty_planners_and_composers_at_once_make_each_mail_once() -> None:
    def act(number: int) -> int:
        plan_on()
        return compose_on(hour=8 + number % 3)

    answers = at_once(act)
    assert all(isinstance(answer, int) for answer in answers), answers
    compose_on()
    digests = Delivery.objects.filter(mail="digest")
    assert digests.count() == len(set(digests.values_list("recipient"))) == 2 * PEOPLE
    moved = Delivery.objects.filter(mail="meeting_moved")
    assert moved.count() == 2 * PEOPLE
    assert not Reminder.objects.filter(due_on__lte=TODAY, delivery=None).exists()
    for row in Delivery.objects.exclude(mail="digest"):
        assert row.reminders.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("ready")
def test_planning_for_some_and_for_all_while_causes_come_and_go_ends_right() -> None:
    people = list(Reminder.objects.values_list("recipient", flat=True))

    def act(number: int) -> None:
        if number % 4 == 0:
            Milestone.objects.update(target=days(number % 3 + 2), deadline=days(20))
        plan_on(recipients=people if number % 2 else None)

    answers = at_once(act)
    assert answers == [None] * AT_ONCE
    Milestone.objects.update(target=days(7), deadline=days(7))
    plan_on()
    waiting = Reminder.objects.filter(rule="milestone.soon", state="waiting")
    assert list(waiting.values_list("due_on", flat=True)) == [TODAY]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="there a look begins with no lock")
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("ready")
def test_a_round_with_nothing_new_keeps_nobody_from_writing() -> None:
    plan_on()
    with CaptureQueriesContext(connection) as asked:
        assert plan_on() == Planned()
    # A transaction of SQLite begins with the lock for writing.
    assert not [query for query in asked if query["sql"].startswith(("BEGIN", "SAVEPOINT"))]
