"""The mails that cannot wait, and their places for calendars, as mail programs read them."""

from __future__ import annotations

from datetime import date, time, timedelta
from email.message import EmailMessage as Mime
from typing import Any

import pytest
from icalendar import Calendar

from branches.models import Branch, User
from evaluation.models import Assignment, Promise
from notifications.mails import BUILDERS
from notifications.models import Delivery
from notifications.rules.catalogue import RULES
from process.enums import MeetingStatus
from process.models import CalendarEvent, Meeting, Timeline
from tests.clock import FIRST_DAY
from tests.evaluation_factories import evaluation_of
from tests.factories import BranchFactory, MembershipFactory, UserFactory
from tests.mail_factories import MOMENT, mail_of, received, reminder, sent, shape
from tests.mailbox import html_of
from tests.process_factories import MeetingFactory, TimelineFactory

pytestmark = pytest.mark.django_db

INVITATION_SHAPE = (
    "multipart/mixed",
    [("multipart/alternative", ["text/plain", "text/html", "text/calendar"]), "application/ics"],
)
WITH_FILE_SHAPE = (
    "multipart/mixed",
    [("multipart/alternative", ["text/plain", "text/html"]), "application/ics"],
)


@pytest.fixture
def harlingen() -> Branch:
    branch: Branch = BranchFactory(name="Harlingen", slug="harlingen")
    return branch


@pytest.fixture
def anneke(harlingen: Branch) -> User:
    user: User = UserFactory(name="Anneke de Vries", email="anneke@voorbeeld.nl", language="en")
    MembershipFactory(user=user, branch=harlingen)
    return user


@pytest.fixture
def meeting(harlingen: Branch) -> Meeting:
    found: Meeting = MeetingFactory(
        branch=harlingen,
        title="Autumn meeting",
        day=date(2021, 10, 30),
        starts_at=time(20),
        link="https://overleg.example/alv",
        agenda="1. Opening\n2. The programme",
        notice_text="Dear members,\n\nCome and decide with us.",
    )
    return found


def flat(text: object) -> str:
    """Return a text as it reads, whatever its line ends."""
    return " ".join(str(text).split())


def calendar_parts(message: Mime) -> list[Mime]:
    kinds = ("text/calendar", "application/ics")
    return [part for part in message.walk() if part.get_content_type() in kinds]


def calendar_of(part: Mime) -> Any:
    """Return a part as a calendar reads it."""
    file = part.get_payload(decode=True)
    assert isinstance(file, bytes)
    return Calendar.from_ical(file)


def test_every_mail_of_the_catalogue_has_its_builder() -> None:
    assert {rule.mail for rule in RULES} == set(BUILDERS)


def test_a_milestone_that_is_given_says_who_gave_it_and_what_helps(
    anneke: User, harlingen: Branch
) -> None:
    row = TimelineFactory(branch=harlingen).milestones.get(key="amendments_closed")
    row.owner, row.owner_given_by = anneke, UserFactory(name="Sjoerd Bakker")
    row.save()
    message = sent(reminder(anneke, "milestone.assigned", row.pk, branch=harlingen))
    assert message.subject == (
        "For you: collect the amendments and give advice on each (Harlingen)"
    )
    body = flat(message.body)
    assert "Sjoerd Bakker has given you a milestone of Harlingen: collect the amendments" in body
    assert "Day: Fri 15 October 2021 (in 11 days)" in body
    assert flat(row.definition.why_en) in body
    assert "This milestone is yours." in body
    page = f"http://localhost:8000/afdeling/harlingen/mijlpaal/{row.pk}/"
    assert page in message.body.splitlines()
    assert f'<a class="button" href="{page}">' in html_of(message)
    assert shape(received(message)) == WITH_FILE_SHAPE
    (file,) = calendar_parts(received(message))
    calendar = calendar_of(file)
    assert calendar["METHOD"] == "PUBLISH"
    (event,) = calendar.walk("VEVENT")
    assert event["DTSTART"].dt == date(2021, 10, 15)


def test_promises_that_are_dealt_out_lead_to_the_desk(anneke: User, harlingen: Branch) -> None:
    timeline = TimelineFactory(branch=harlingen)
    timeline.milestones.filter(key="promises_assessed").update(target=date(2021, 11, 1))
    evaluation = evaluation_of(timeline=timeline)
    for promise in Promise.objects.filter(evaluation=evaluation):
        Assignment.objects.create(promise=promise, person=anneke, assigned_on=FIRST_DAY)
    message = sent(reminder(anneke, "verdict.dealt", evaluation.pk, branch=harlingen))
    assert message.subject == "For you: give your verdict on 3 promises (Harlingen)"
    assert "Ready by: Mon 1 November 2021 (in 4 weeks)" in message.body
    assert f"/evaluatie/{evaluation.pk}/beoordelen/" in message.body
    assert shape(received(message)) == ("multipart/alternative", ["text/plain", "text/html"])
    Assignment.objects.all().delete()
    told = reminder(anneke, "verdict.dealt", evaluation.pk, branch=harlingen, version=1)
    assert mail_of(told) is None


@pytest.mark.parametrize(
    ("rule", "method", "subject"),
    [
        (
            "meeting.invited",
            "REQUEST",
            "You are invited: Autumn meeting, Sat 30 October 2021, 20:00",
        ),
        ("meeting.moved", "REQUEST", "Moved: Autumn meeting is now on Sat 30 October 2021, 20:00"),
        ("meeting.cancelled", "CANCEL", "Cancelled: Autumn meeting on Sat 30 October 2021, 20:00"),
    ],
)
def test_a_meeting_stands_where_mail_programs_look_for_it(
    anneke: User, meeting: Meeting, rule: str, method: str, subject: str
) -> None:
    if rule == "meeting.moved":
        meeting.moved_from = date(2021, 10, 23)
    if method == "CANCEL":
        meeting.status, meeting.cancelled_reason = MeetingStatus.CANCELLED, "The hall is closed."
    meeting.save()
    message = sent(reminder(anneke, rule, meeting.pk, branch=meeting.branch))
    assert message.subject == subject
    mime = received(message)
    assert shape(mime) == INVITATION_SHAPE
    inline, file = calendar_parts(mime)
    assert inline["Content-Type"].params["method"] == method
    assert inline["Content-Type"].params["charset"].lower() == "utf-8"
    assert inline["Content-Disposition"] is None
    assert file["Content-Disposition"].params["filename"] == "rode-draad.ics"
    saved = file.get_payload(decode=True)
    assert isinstance(saved, bytes)
    shown = inline.get_payload(decode=True)
    assert isinstance(shown, bytes)
    assert shown.replace(b"\r\n", b"\n") == saved.replace(b"\r\n", b"\n")
    # A file that is saved keeps the line ends that calendars ask for.
    assert saved.count(b"\n") == saved.count(b"\r\n")
    calendar = calendar_of(file)
    assert calendar["METHOD"] == method
    (event,) = calendar.walk("VEVENT")
    assert str(event["ATTENDEE"]) == "mailto:anneke@voorbeeld.nl"
    assert "ORGANIZER" in event


def test_an_invitation_holds_what_the_board_wrote_and_where_it_is(
    anneke: User, meeting: Meeting
) -> None:
    message = sent(reminder(anneke, "meeting.invited", meeting.pk, branch=meeting.branch))
    for words in (
        "Harlingen invites you for Autumn meeting.",
        "When: Sat 30 October 2021, 20:00",
        "Where: Buurthuis De Schakel",
        "Online: https://overleg.example/alv",
        "Dear members,\n\nCome and decide with us.",
        "On the agenda:\n1. Opening\n2. The programme",
    ):
        assert words in message.body
    assert "Come and decide with us." in html_of(message)


def test_what_a_hostile_board_writes_stays_words_and_stays_small(
    anneke: User, meeting: Meeting
) -> None:
    lines = (
        "",
        "Bcc: weg@evil.example",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "ATTACH:https://evil.nl",
        "",
    )
    evil = "\r\n".join(lines)
    Meeting.objects.filter(pk=meeting.pk).update(
        title=f'=HYPERLINK("x") {evil}'[:120],
        place=f"<a href='javascript:alert(1)'>hier</a>{evil}\u202e",
        notice_text=(evil + "<img src=x>") * 200,
        agenda=(f"{evil}{'z' * 1000}\n") * 18,
    )
    User.objects.filter(pk=anneke.pk).update(name=f'"; X="y" {evil}')
    meeting.branch.name = f"Harlingen{evil}"[:80]
    meeting.branch.save()
    anneke.refresh_from_db()
    message = sent(reminder(anneke, "meeting.invited", meeting.pk, branch=meeting.branch))
    mime = received(message)
    assert mime["Bcc"] is None
    assert mime["To"] == "anneke@voorbeeld.nl"
    assert "\u202e" not in str(mime["Subject"]) + message.body
    assert len(bytes(message.message())) < 80_000
    html = html_of(message)
    assert "<img" not in html
    assert "href='javascript" not in html
    assert 'href="javascript' not in html
    for part in calendar_parts(mime):
        calendar = calendar_of(part)
        (event,) = calendar.events
        assert "ATTACH" not in event
        assert str(event["attendee"]) == "mailto:anneke@voorbeeld.nl"
        assert set(event["attendee"].params) == {"CN", "CUTYPE", "ROLE", "PARTSTAT", "RSVP"}
        assert len(calendar.subcomponents) == 2  # the zone and the event


def test_a_moved_meeting_says_when_it_was_and_a_cancelled_one_why(
    anneke: User, meeting: Meeting
) -> None:
    meeting.moved_from = date(2021, 10, 23)
    meeting.save()
    moved = sent(reminder(anneke, "meeting.moved", meeting.pk, branch=meeting.branch))
    assert "It was on: Sat 23 October 2021" in moved.body
    meeting.moved_from = None
    meeting.save()
    changed = sent(reminder(anneke, "meeting.moved", meeting.pk, branch=meeting.branch, version=1))
    assert "is at another time or place now; the day stays." in flat(changed.body)
    meeting.status, meeting.cancelled_reason = MeetingStatus.CANCELLED, "The hall is closed."
    meeting.save()
    off = sent(reminder(anneke, "meeting.cancelled", meeting.pk, branch=meeting.branch))
    assert "Why: The hall is closed." in off.body


@pytest.mark.parametrize(
    ("rule", "status", "today"),
    [
        ("meeting.invited", MeetingStatus.CANCELLED, FIRST_DAY),
        ("meeting.moved", MeetingStatus.PLANNED, date(2021, 10, 31)),
        ("meeting.cancelled", MeetingStatus.PLANNED, FIRST_DAY),
    ],
)
def test_what_is_no_longer_so_is_not_mailed(
    anneke: User, meeting: Meeting, rule: str, status: MeetingStatus, today: date
) -> None:
    meeting.status = status
    meeting.save()
    told = reminder(anneke, rule, meeting.pk, branch=meeting.branch)
    assert mail_of(told, today=today) is None


def test_a_daily_mail_has_a_file_only_when_something_in_it_is_new(
    anneke: User, harlingen: Branch, meeting: Meeting
) -> None:
    timeline: Timeline = TimelineFactory(branch=harlingen)
    row = timeline.milestones.get(key="programme_adopted")
    soon = reminder(anneke, "milestone.soon", row.pk, branch=harlingen)
    assert shape(received(sent(soon))) == ("multipart/alternative", ["text/plain", "text/html"])
    CalendarEvent.objects.create(
        uid=f"vergadering-{meeting.pk}@rodedraad",
        branch=harlingen,
        meeting=meeting,
        starts_on=meeting.day,
        sequence=4,
        modified_at=MOMENT,
        digest="x",
        text_nl="x",
        text_en="x",
    )
    other = timeline.milestones.get(key="amendments_closed")
    message = sent(
        soon,
        reminder(anneke, "milestone.ahead", other.pk, branch=harlingen),
        reminder(anneke, "meeting.planned", meeting.pk, branch=harlingen),
        today=FIRST_DAY + timedelta(days=1),
    )
    assert shape(received(message)) == WITH_FILE_SHAPE
    assert "The file with this mail puts what is new in your calendar." in message.body
    (file,) = calendar_parts(received(message))
    calendar = calendar_of(file)
    assert calendar["METHOD"] == "PUBLISH"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Amsterdam"]
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    assert set(events) == {f"mijlpaal-{other.pk}@rodedraad", f"vergadering-{meeting.pk}@rodedraad"}
    assert events[f"vergadering-{meeting.pk}@rodedraad"]["SEQUENCE"] == 4
    assert all("ATTENDEE" not in event for event in events.values())


def test_the_same_mail_has_the_same_id(anneke: User, meeting: Meeting) -> None:
    told = reminder(anneke, "meeting.invited", meeting.pk, branch=meeting.branch)
    first, again = sent(told), sent(told)
    key = Delivery.objects.get().key
    assert first.extra_headers["Message-ID"] == again.extra_headers["Message-ID"]
    assert key.replace(":", "-").replace("_", "-") in first.extra_headers["Message-ID"]
