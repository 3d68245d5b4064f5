"""Input from outside: who hears what waits, on which day, and when it falls silent."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from branches.enums import Role
from branches.models import User
from consultation.enums import LetterKind
from consultation.models import Consultation, Contribution, Gathering, Mailbox
from consultation.services import letters
from consultation.services.receiving import Person
from notifications.models import Reminder
from notifications.rules.catalogue import BY_KEY
from process.models import Timeline
from tests.consultation_factories import consultation_of, contribution_of, gathering_of
from tests.integration.notifications.telling import (
    TODAY,
    days,
    plan_on,
    readers,
    send_all,
    somebody,
    told,
)
from tests.mail_factories import sent

pytestmark = pytest.mark.django_db
# Today is a Monday.
NEXT_MONDAY = days(7)
ASKS = Person(name="Fatima", email="fatima@voorbeeld.nl", wants_answer=True)


@pytest.fixture
def consultation() -> Consultation:
    return consultation_of(today=days(-40))


@pytest.fixture
def committee(consultation: Consultation) -> User:
    return somebody(consultation.branch, Role.COMMITTEE, user__language="en")


def came(consultation: Consultation, *, on: date = TODAY, **fields: Any) -> Contribution:
    """Return something that came in on a day."""
    kept = {name: fields.pop(name) for name in ("person", "held") if name in fields}
    made = contribution_of(consultation, today=on, **kept)
    Contribution.objects.filter(pk=made.pk).update(**fields)
    made.refresh_from_db()
    return made


def line(rule: str, reader: User) -> str:
    """Return the text of the mail that tells one reminder."""
    row = Reminder.objects.select_related("recipient").get(rule=rule, recipient=reader)
    message = sent(row)
    return " ".join(str(message.body).split())


def days_of(rule: str) -> list[date]:
    return [day for _rule, day in told(rule)]


def test_what_nobody_looked_at_is_one_line_on_mondays(
    consultation: Consultation, committee: User
) -> None:
    for number in range(3):
        came(consultation, on=days(-10 + number))
    somebody(consultation.branch, Role.BOARD)
    plan_on()
    assert days_of("input.waiting") == [TODAY, NEXT_MONDAY]
    assert readers("input.waiting") == {committee}
    Reminder.objects.filter(due_on=NEXT_MONDAY).delete()
    text = line("input.waiting", committee)
    assert "Look at 3 contributions: nobody has yet" in text
    assert "The first came in on Fri 24 September 2021" in text
    assert "/inbreng/alles/?status=new" in text
    # Looked at: it falls silent, also what was planned for the next week.
    plan_on()
    Contribution.objects.update(status="considered")
    plan_on()
    assert told("input.waiting") == []


def test_during_the_week_nothing_more_is_told(consultation: Consultation, committee: User) -> None:
    came(consultation, on=days(-10))
    plan_on()
    Reminder.objects.filter(due_on=TODAY).update(state="sent")
    for number in range(1, 6):
        came(consultation, on=days(-9 + number))
        plan_on(days(number))
        assert days_of("input.waiting") == [NEXT_MONDAY]
    assert readers("input.waiting") == {committee}


@pytest.mark.parametrize(
    "fields",
    [{"status": "adopted"}, {"cut_up": True}, {"held": "links"}],
    ids=["settled", "cut up", "set aside"],
)
@pytest.mark.usefixtures("committee")
def test_only_what_stands_in_the_list_untouched_waits(
    consultation: Consultation, fields: dict[str, Any]
) -> None:
    came(consultation, on=days(-10), **fields)
    plan_on()
    assert told("input.waiting") == []
    # What comes in today waits a week next Monday.
    came(consultation, on=TODAY)
    plan_on()
    assert told("input.waiting") == [("input.waiting", NEXT_MONDAY)]


def test_without_a_committee_the_board_hears_it(consultation: Consultation) -> None:
    board = somebody(consultation.branch, Role.BOARD)
    somebody(consultation.branch, Role.COMMITTEE, ended_on=days(-1))
    came(consultation, on=days(-10))
    plan_on()
    assert readers("input.waiting") == {board}


@pytest.mark.usefixtures("committee")
def test_of_a_closed_branch_and_after_polling_day_nothing_waits(
    consultation: Consultation,
) -> None:
    came(consultation, on=days(-10))
    plan_on()
    assert told("input.waiting")
    Timeline.objects.update(polling_day=days(-1))
    plan_on()
    assert told("input.waiting") == []
    Timeline.objects.update(polling_day=days(90))
    plan_on()
    assert told("input.waiting")
    branch = consultation.branch
    branch.closed_on = TODAY
    branch.save()
    plan_on()
    assert told("input.waiting") == []


def test_who_waits_for_an_answer_is_counted_once_an_address(
    consultation: Consultation, committee: User
) -> None:
    lead = came(consultation, person=ASKS, status="adopted", status_on=days(-15))
    upper = Person(name="F", email="FATIMA@voorbeeld.nl", wants_answer=True)
    came(consultation, person=upper, merged_into=lead)
    other = Person(email="ali@voorbeeld.nl", wants_answer=True)
    came(consultation, person=other, merged_into=lead)
    came(consultation, person=Person(email="zwijgt@voorbeeld.nl"), merged_into=lead)
    plan_on()
    assert days_of("input.owed") == [TODAY, NEXT_MONDAY]
    Reminder.objects.filter(due_on=NEXT_MONDAY).delete()
    assert "Answer 2 people who asked what became of it" in line("input.owed", committee)
    for row in Contribution.objects.filter(contributor__wants_answer=True).exclude(
        contributor__name="F"
    ):
        assert row.contributor is not None
        letters.write(
            contributor=row.contributor, kind=LetterKind.ANSWER, contribution=lead, today=TODAY
        )
    plan_on()
    assert told("input.owed") == []


@pytest.mark.parametrize(
    ("fields", "person"),
    [
        ({"status": "considered", "status_on": days(-20)}, ASKS),
        ({"status": "adopted", "status_on": days(-3)}, ASKS),
        ({"status": "adopted", "status_on": days(-20)}, Person(email="a@b.nl")),
        ({"status": "adopted", "status_on": days(-20), "cut_up": True}, ASKS),
    ],
    ids=["not decided", "decided just now", "did not ask", "cut up"],
)
@pytest.mark.usefixtures("committee")
def test_no_answer_is_owed_before_its_time(
    consultation: Consultation, fields: dict[str, Any], person: Person
) -> None:
    came(consultation, person=person, **fields)
    plan_on()
    assert told("input.owed") == []


@pytest.mark.usefixtures("committee")
def test_an_address_that_does_not_work_is_owed_nothing(consultation: Consultation) -> None:
    made = came(consultation, person=ASKS, status="adopted", status_on=days(-20))
    plan_on()
    assert told("input.owed")
    assert made.contributor is not None
    made.contributor.address_refused_on = TODAY
    made.contributor.save()
    plan_on()
    assert told("input.owed") == []


def test_a_week_before_input_closes_it_can_be_asked_once_more(
    consultation: Consultation, committee: User
) -> None:
    Consultation.objects.update(closes_on=days(9))
    came(consultation)
    plan_on()
    assert told("input.closing") == [("input.closing", days(2))]
    text = line("input.closing", committee)
    assert "9 days left: ask people once more for input" in text
    assert "Until now 1 contribution came in." in text
    Consultation.objects.update(closes_on=days(12))
    plan_on()
    assert told("input.closing") == [("input.closing", days(5))]
    Consultation.objects.update(closes_on=None)
    plan_on()
    assert told("input.closing") == []


def test_what_the_form_set_aside_is_told_after_three_days(
    consultation: Consultation, committee: User
) -> None:
    first = came(consultation, on=days(-4), held="links")
    came(consultation, on=days(-1), held="trap")
    plan_on()
    assert told("input.held") == [("input.held", days(-1))]
    text = line("input.held", committee)
    assert "See whether 2 contributions were sent by people" in text
    assert "/inbreng/apart/" in text
    send_all()
    Reminder.objects.filter(rule="input.held").update(state="sent")
    plan_on()
    assert told("input.held") == []
    Contribution.objects.filter(pk=first.pk).update(held="")
    plan_on()
    assert told("input.held") == [("input.held", days(2))]


def test_a_mailbox_that_cannot_be_read_for_a_day_is_told_to_board_and_committee(
    consultation: Consultation, committee: User
) -> None:
    board = somebody(consultation.branch, Role.BOARD, user__language="en")
    somebody(consultation.branch, Role.COUNCIL_GROUP)
    box = Mailbox.objects.create(
        consultation=consultation,
        address="inbreng@voorbeeld.nl",
        host="imap.example",
        error="The password is not accepted.",
        # Half past eleven in the evening in Amsterdam, another day in UTC in summer no more.
        error_since=datetime(2021, 10, 2, 22, 30, tzinfo=UTC),
    )
    plan_on()
    assert days_of("input.mailbox") == [TODAY, TODAY]
    assert readers("input.mailbox") == {board, committee}
    assert "The password is not accepted." in line("input.mailbox", board)
    box.error, box.error_since = "", None
    box.save()
    plan_on()
    assert told("input.mailbox") == []


def test_that_names_are_deleted_is_always_announced_to_the_board(
    consultation: Consultation, committee: User
) -> None:
    board = somebody(consultation.branch, Role.BOARD, user__language="en")
    Timeline.objects.update(polling_day=days(28 - 182))
    plan_on()
    assert told("input.retention") == [], "nobody is known"
    owed = came(consultation, person=ASKS, status="adopted", status_on=days(-1))
    plan_on()
    assert told("input.retention") == [("input.retention", TODAY)]
    assert readers("input.retention") == {board}
    assert committee not in readers("input.retention")
    text = line("input.retention", board)
    assert "In 4 weeks: names and addresses of the input are deleted" in text
    assert "1 person still waits for an answer: send it before." in text
    assert owed.contributor is not None
    letters.write(
        contributor=owed.contributor, kind=LetterKind.ANSWER, contribution=owed, today=TODAY
    )
    assert "you need not do anything" in line("input.retention", board)
    owed.contributor.delete()
    plan_on()
    assert told("input.retention") == []


def test_a_gathering_without_its_report_is_told_a_week_later(
    consultation: Consultation, committee: User
) -> None:
    gathering = gathering_of(consultation, day=days(-8), status="held")
    plan_on()
    assert told("gathering.report") == [("gathering.report", days(-1))]
    assert f"Send the report of {gathering.meeting.title}" in line("gathering.report", committee)
    for values in ({"report_sent_on": TODAY}, {"report_public_since": TODAY}):
        Gathering.objects.update(**values)
        plan_on()
        assert told("gathering.report") == []
        Gathering.objects.update(report_sent_on=None, report_public_since=None)
        plan_on()
        assert told("gathering.report")
    gathering.meeting.status = "planned"
    gathering.meeting.save()
    plan_on()
    assert told("gathering.report") == []


def test_many_that_were_given_to_somebody_are_one_line_the_next_day(
    consultation: Consultation, committee: User
) -> None:
    giver = somebody(consultation.branch, Role.COMMITTEE)
    for _number in range(3):
        came(consultation, assigned_to=committee, assigned_by=giver, assigned_on=TODAY)
    came(consultation, assigned_to=giver, assigned_by=giver, assigned_on=TODAY)
    outsider = somebody(consultation.branch, Role.MEMBER)
    came(consultation, assigned_to=outsider, assigned_by=giver, assigned_on=TODAY)
    plan_on()
    assert told("input.assigned") == [("input.assigned", TODAY)]
    assert readers("input.assigned") == {committee}
    text = line("input.assigned", committee)
    assert "Look at the 3 contributions that you were given" in text
    assert "/inbreng/alles/?wie=mij" in text
    Contribution.objects.update(status="adopted")
    plan_on()
    assert told("input.assigned") == []


def test_another_branch_hears_nothing_of_it(consultation: Consultation, committee: User) -> None:
    other = consultation_of()
    stranger = somebody(other.branch, Role.COMMITTEE)
    came(consultation, on=days(-10))
    plan_on()
    assert readers("input.waiting") == {committee}
    assert not Reminder.objects.filter(recipient=stranger, rule__startswith="input.").exists()


def test_all_lines_about_input_of_one_day_take_few_queries(
    consultation: Consultation, committee: User, django_assert_max_num_queries: Any
) -> None:
    Consultation.objects.update(closes_on=days(7))
    came(consultation, on=days(-10))
    came(consultation, person=ASKS, status="adopted", status_on=days(-20))
    came(consultation, on=days(-5), held="links")
    gathering_of(consultation, day=days(-7), status="held")
    plan_on()
    rows = list(
        Reminder.objects.filter(recipient=committee, due_on__lte=TODAY).select_related("recipient")
    )
    assert {row.rule for row in rows} >= {
        "input.waiting",
        "input.owed",
        "input.closing",
        "input.held",
        "gathering.report",
    }
    assert {BY_KEY[row.rule].mail for row in rows} == {"digest"}
    with django_assert_max_num_queries(16):
        message = sent(*rows)
    assert "/inbreng/" in str(message.body)


def test_days_of_telling_lie_within_two_months(consultation: Consultation, committee: User) -> None:
    gathering_of(consultation, day=TODAY - timedelta(days=80), status="held")
    plan_on()
    assert told("gathering.report", to=committee) == []
