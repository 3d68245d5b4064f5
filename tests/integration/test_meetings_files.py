"""A meeting as a file: invitations, changes and cancellations that calendars understand."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import icalendar
import pytest
import vobject  # type: ignore[import-untyped]
from django.test import Client
from django.urls import reverse
from ical.calendar_stream import CalendarStream
from ical.event import Event

from branches.enums import Role
from branches.models import User
from process.enums import MeetingStatus
from process.feeds.invitations import Method, meeting_file
from process.models import CalendarEvent, Meeting
from process.services import calendar as feeds
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, MembershipFactory, UserFactory
from tests.process_factories import MeetingFactory

pytestmark = pytest.mark.django_db
TODAY = FIRST_DAY
NOW = datetime(2021, 10, 4, 9, 30, tzinfo=UTC)
SignIn = Callable[..., Client]
CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
# What people type, paste and try: each as a name and as a title.
NASTY = [
    'Ans "de Baas" Visser',
    "Visser, Ans; van der: Berg",
    "Back\\slash \\n and ^n and ^' caret",
    "Twee\r\nATTENDEE:mailto:kwaad@voorbeeld.nl\r\nregels",
    "BEGIN:VEVENT\nEND:VCALENDAR",
    "\u202egnisrever\u202c recht",
    "سلام עולם",
    "Zoë 👩‍👩‍👧 " * 7,
    "=SUM(A1)\t\x0b\x07\x1b[31m",
    "…" * 100,
    "<script>alert(1)</script>",
]


@pytest.fixture
def meeting() -> Meeting:
    row: Meeting = MeetingFactory(
        branch=BranchFactory(slug="harlingen", name="Harlingen"),
        title="Najaars-ALV",
        day=date(2021, 11, 3),
        starts_at=time(20),
        agenda="1. Opening\n2. Het programma",
    )
    return row


@pytest.fixture
def ans() -> User:
    person: User = UserFactory(name="Ans Visser", email="ans@voorbeeld.nl")
    return person


def refresh(meeting: Meeting, *, minutes: int = 0) -> None:
    feeds.refresh_meetings(now=NOW + timedelta(minutes=minutes), today=TODAY)
    meeting.refresh_from_db()


def written(meeting: Meeting, method: Method, attendee: User | None, language: str = "nl") -> bytes:
    return meeting_file(meeting=meeting, method=method, attendee=attendee, language=language)


def read(content: bytes) -> tuple[Any, Any]:
    """Read a file with icalendar; it holds one event."""
    calendar = icalendar.Calendar.from_ical(content)
    assert isinstance(calendar, icalendar.Calendar)
    (event,) = calendar.walk("VEVENT")
    assert isinstance(event, icalendar.Event)
    return calendar, event


def read_by_ical(content: bytes) -> Event:
    """Read it with ical (allenporter)."""
    stream = CalendarStream.from_ics(content.decode())
    (calendar,) = stream.calendars
    (event,) = calendar.events
    return event


def read_by_vobject(content: bytes) -> Any:
    """Read it with vobject."""
    (calendar,) = vobject.readComponents(content.decode())
    (event,) = calendar.vevent_list
    return event


def is_well_formed(content: bytes) -> bool:
    """Tell whether lines end in CRLF, are short, and hold whole characters only."""
    lines = content.split(b"\r\n")
    return (
        lines[-1] == b""
        and all(len(line) <= 75 for line in lines)
        and not any(CONTROL.search(line.decode()) for line in lines)
    )


def test_an_invitation_names_the_branch_the_person_and_asks_no_answer(
    meeting: Meeting, ans: User, settings: Any
) -> None:
    settings.DEFAULT_FROM_EMAIL = "Rode Draad <noreply@rodedraad.nl>"
    refresh(meeting)
    content = written(meeting, "REQUEST", ans)
    calendar, event = read(content)
    assert calendar["method"] == "REQUEST"
    assert (event["organizer"], event["organizer"].params["CN"]) == (
        "mailto:noreply@rodedraad.nl",
        "Harlingen",
    )
    attendee = event["attendee"]
    assert attendee == "mailto:ans@voorbeeld.nl"
    assert dict(attendee.params) == {
        "CN": "Ans Visser",
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "FALSE",
    }
    assert event.decoded("dtstart") == datetime(2021, 11, 3, 19, tzinfo=UTC)
    assert is_well_formed(content)


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL", "PUBLISH"])
def test_it_is_the_event_that_stands_in_feeds(meeting: Meeting, ans: User, method: Method) -> None:
    refresh(meeting)
    stored = CalendarEvent.objects.get(meeting=meeting)
    _calendar, event = read(written(meeting, method, None if method == "PUBLISH" else ans))
    assert event["uid"] == stored.uid
    assert event["sequence"] == stored.sequence
    assert event.decoded("dtstamp") == stored.modified_at
    fed = icalendar.Event.from_ical(stored.text_nl)
    assert isinstance(fed, icalendar.Event)
    ours = {"ORGANIZER", "ATTENDEE", "STATUS"}
    assert {name: str(value) for name, value in event.items() if name not in ours} == {
        name: str(value) for name, value in fed.items() if name not in ours
    }


def test_a_move_has_a_higher_number_also_before_feeds_know_it(meeting: Meeting, ans: User) -> None:
    refresh(meeting)
    first = read(written(meeting, "REQUEST", ans))[1]
    meeting.day = date(2021, 11, 10)
    meeting.save()
    ahead = read(written(meeting, "REQUEST", ans))[1]
    refresh(meeting, minutes=1)
    after = read(written(meeting, "REQUEST", ans))[1]
    assert first["uid"] == ahead["uid"] == after["uid"]
    assert first["sequence"] < ahead["sequence"] == after["sequence"]
    assert ahead.decoded("dtstart") == after.decoded("dtstart")
    assert first.decoded("dtstamp") < after.decoded("dtstamp")


def test_what_a_calendar_does_not_show_gives_no_new_number(meeting: Meeting, ans: User) -> None:
    refresh(meeting)
    before = written(meeting, "REQUEST", ans)
    meeting.minutes = "Er was koffie"
    meeting.save()
    assert written(meeting, "REQUEST", ans) == before


def test_a_cancellation_takes_the_same_event_away(meeting: Meeting, ans: User) -> None:
    refresh(meeting)
    invited = read(written(meeting, "REQUEST", ans))[1]
    meeting.status, meeting.cancelled_reason = MeetingStatus.CANCELLED, "Zaal bezet"
    meeting.save()
    content = written(meeting, "CANCEL", ans)
    calendar, event = read(content)
    assert (calendar["method"], event["status"]) == ("CANCEL", "CANCELLED")
    assert event["uid"] == invited["uid"]
    assert event["sequence"] > invited["sequence"]
    assert event["attendee"] == invited["attendee"]
    assert {"dtstamp", "organizer"} <= {name.lower() for name in event}
    assert content == written(meeting, "REQUEST", ans), "nobody is invited for it any more"


def test_it_is_there_before_feeds_ever_told_of_it(meeting: Meeting, ans: User) -> None:
    meeting.planned_on = TODAY
    _calendar, event = read(written(meeting, "REQUEST", ans))
    assert (event["sequence"], event.decoded("dtstamp").date()) == (0, TODAY)
    refresh(meeting)
    assert read(written(meeting, "REQUEST", ans))[1]["sequence"] == 0


def test_a_meeting_without_a_time_is_a_whole_day(meeting: Meeting, ans: User) -> None:
    meeting.starts_at = None
    content = written(meeting, "REQUEST", ans)
    assert b"VTIMEZONE" not in content
    assert read(content)[1].decoded("dtstart") == date(2021, 11, 3)
    assert read_by_ical(content).dtstart == date(2021, 11, 3)
    assert read_by_vobject(content).dtstart.value == date(2021, 11, 3)


@pytest.mark.parametrize(
    ("day", "hour"),
    [(date(2026, 10, 24), 18), (date(2026, 10, 25), 19), (date(2027, 3, 28), 18)],
)
def test_eight_in_the_evening_is_that_on_both_sides_of_summer_time(
    meeting: Meeting, ans: User, day: date, hour: int
) -> None:
    meeting.day = day
    content = written(meeting, "REQUEST", ans)
    moment = datetime.combine(day, time(hour), tzinfo=UTC)
    assert read(content)[1].decoded("dtstart") == moment
    assert read_by_ical(content).start_datetime == moment
    # vobject keeps to the VTIMEZONE that stands in the file.
    assert read_by_vobject(content).dtstart.value == moment


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_nobody_s_name_or_title_breaks_a_file(
    meeting: Meeting, ans: User, text: str, language: str
) -> None:
    ans.name = text
    meeting.title = meeting.place = meeting.agenda = text
    meeting.branch.name = text[:80]
    for method in ("REQUEST", "CANCEL"):
        content = written(meeting, method, ans, language)
        assert is_well_formed(content)
        calendar, event = read(content)
        assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE", "VEVENT"]
        assert event["attendee"] == "mailto:ans@voorbeeld.nl", "one, and no other"
        assert calendar["method"] == method
        by_ical, by_vobject = read_by_ical(content), read_by_vobject(content)
        assert [str(one.uri) for one in by_ical.attendees] == ["mailto:ans@voorbeeld.nl"]
        assert [one.value for one in by_vobject.attendee_list] == ["mailto:ans@voorbeeld.nl"]
        summary = str(event["summary"])
        assert by_ical.summary == by_vobject.summary.value == summary
        assert by_ical.description == by_vobject.description.value == str(event["description"])
        for name in (event["attendee"].params["CN"], event["organizer"].params["CN"]):
            assert "\n" not in name
            assert '"' not in name
            assert "\u202e" not in name


def test_a_person_without_a_name_is_an_address(meeting: Meeting, ans: User) -> None:
    ans.name = ""
    assert read(written(meeting, "REQUEST", ans))[1]["attendee"].params["CN"] == ans.email


# "Put it in my calendar" -------------------------------------------------------------------------


def address(meeting: Meeting) -> str:
    return reverse("process:meeting_ics", args=[meeting.branch.slug, meeting.pk])


def test_whoever_sees_a_meeting_takes_it_along(
    meeting: Meeting, client: Client, sign_in: SignIn
) -> None:
    member = MembershipFactory(branch=meeting.branch, role=Role.MEMBER).user
    sign_in(client, member)
    page = reverse("process:meeting", args=[meeting.branch.slug, meeting.pk])
    assert address(meeting) in client.get(page).content.decode()
    answer = client.get(address(meeting))
    assert answer["Content-Type"].startswith("text/calendar; charset=utf-8")
    assert answer["Content-Disposition"] == 'attachment; filename="najaars-alv-2021-11-03.ics"'
    assert "no-store" in answer["Cache-Control"]
    calendar, event = read(answer.content)
    assert calendar["method"] == "PUBLISH"
    assert "attendee" not in event
    assert "Najaars-ALV" in str(event["summary"])
    assert not CalendarEvent.objects.exists(), "looking writes nothing"


@pytest.mark.parametrize("title", ['"; filename="kwaad.exe', "наш сбор", "../../etc/passwd"])
def test_a_title_cannot_name_another_file(
    meeting: Meeting, client: Client, sign_in: SignIn, title: str
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(title=title)
    sign_in(client, MembershipFactory(branch=meeting.branch).user)
    header = client.get(address(meeting))["Content-Disposition"]
    name = header.removeprefix('attachment; filename="').removesuffix('"')
    assert name.endswith("-2021-11-03.ics")
    assert not set(name) & set('"/\\;')


def test_a_cancelled_meeting_says_so_in_the_calendar(
    meeting: Meeting, client: Client, sign_in: SignIn
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(status=MeetingStatus.CANCELLED)
    sign_in(client, MembershipFactory(branch=meeting.branch).user)
    calendar, event = read(client.get(address(meeting)).content)
    assert (calendar["method"], event["status"]) == ("PUBLISH", "CANCELLED")
