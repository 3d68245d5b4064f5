"""What goes away in the very moment between taking a mail and handing it over holds up nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from branches.enums import Role
from branches.models import Branch, Membership, User
from notifications.models import Delivery, Preference, Reminder
from notifications.models.choices import DEFAULT_HOUR
from notifications.services import outcomes, sending
from notifications.services.preferences import Choice, save
from process.models import Milestone, Timeline
from tests.at_once import at_once
from tests.clock import AMSTERDAM
from tests.factories import BranchFactory
from tests.integration.notifications.posting import sending_to
from tests.integration.notifications.telling import (
    NOW,
    TODAY,
    compose_on,
    days,
    only_milestone,
    plan_on,
    somebody,
)
from tests.process_factories import MeetingFactory

LOCAL = datetime.combine(TODAY, time(12), tzinfo=AMSTERDAM)
Deed = Callable[[User, Milestone], object]


def _end(person: User, _milestone: Milestone) -> None:
    Membership.objects.filter(user=person).update(ended_on=TODAY)


DEEDS: dict[str, Deed] = {
    "the person is deleted": lambda person, _row: person.delete(),
    "the account is closed": lambda person, _row: User.objects.filter(pk=person.pk).update(
        is_active=False
    ),
    "the role ends": _end,
    "the branch is closed": lambda _person, row: Branch.objects.filter(
        pk=row.timeline.branch_id
    ).update(closed_on=TODAY),
    "the timeline is deleted": lambda _person, row: Timeline.objects.filter(
        pk=row.timeline_id
    ).delete(),
    "the mail is deleted": lambda person, _row: Delivery.objects.filter(recipient=person).delete(),
}


@pytest.mark.django_db
@pytest.mark.parametrize("refused", [False, True], ids=["taken", "refused"])
@pytest.mark.parametrize("what", DEEDS)
def test_the_others_get_theirs_and_nothing_is_left_halfway(
    what: str, settings: Any, monkeypatch: pytest.MonkeyPatch, *, refused: bool
) -> None:
    rows = [only_milestone("people_approached", target=days(7)) for _number in range(3)]
    people = [somebody(row.timeline.branch) for row in rows]
    plan_on()
    compose_on()
    assert Delivery.objects.count() == 3
    real, claimed = outcomes.claim, []

    def claim(delivery: Delivery, **given: Any) -> Any:
        ours = real(delivery, **given)
        if delivery.recipient_id == people[1].pk:
            claimed.append(ours)
            DEEDS[what](User.objects.get(pk=people[1].pk), rows[1])
        return ours

    monkeypatch.setattr(outcomes, "claim", claim)
    with sending_to(settings) as sink:
        if refused:
            gone = people[1].email
            sink.answers["RCPT"] = lambda to: "550 5.1.1 unknown" if to == gone else None
        sending.send_due(now=NOW + timedelta(minutes=1), local=LOCAL)
        assert {people[0].email, people[2].email} <= set(sink.recipients)
    assert len(claimed) == 1
    assert not Delivery.objects.filter(state="sending").exists()
    unsaid = Reminder.objects.filter(state="waiting", due_on__lte=TODAY)
    assert not unsaid.filter(recipient__in=[people[0], people[2]]).exists()
    # And the next round finds nothing that trips it.
    plan_on()
    compose_on()
    sending.send_due(now=NOW + timedelta(minutes=2), local=LOCAL)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("on_file")
def test_choices_that_change_during_twenty_rounds_count_in_the_end_and_nobody_gets_two(
    settings: Any,
) -> None:
    branch = BranchFactory()
    people = [somebody(branch, Role.MEMBER) for _number in range(4)]
    MeetingFactory(branch=branch, day=days(2), planned_on=TODAY)
    MeetingFactory(branch=branch, day=days(9), moved_on=TODAY, news=1)
    MeetingFactory(branch=branch, day=days(9), invited_on=TODAY, news=1)

    with sending_to(settings) as sink:

        def act(number: int) -> None:
            if number % 4 == 0:
                # All of them end with meetings off.
                for person in people[:2]:
                    save(
                        by=person,
                        hour=DEFAULT_HOUR,
                        paused_until=None,
                        choices=[Choice(branch_id=branch.pk, kinds={"meetings": False})],
                        today=TODAY,
                    )
            plan_on()
            compose_on()
            sending.send_due(now=NOW + timedelta(minutes=1), local=LOCAL)

        answers = at_once(act)
        assert answers == [None] * len(answers)
        plan_on()
        compose_on()
        sending.send_due(now=NOW + timedelta(minutes=1), local=LOCAL)
        for person in people:
            # A digest and two that cannot wait; fewer for who stopped them in time.
            assert sink.recipients.count(person.email) <= 3
        for person in people[2:]:
            assert sink.recipients.count(person.email) == 3
    stopped = Preference.objects.filter(user__in=people[:2], meetings=False)
    assert stopped.count() == 2
    unsaid = Reminder.objects.filter(state="waiting", due_on__lte=TODAY)
    assert not unsaid.exists()
    assert not Reminder.objects.filter(recipient__in=people[:2], state="waiting").exists()
    assert not Delivery.objects.filter(state__in=["sending", "waiting"]).exists()
