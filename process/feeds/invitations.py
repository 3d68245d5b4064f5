"""A meeting as a file of its own: an invitation, a change, a cancellation, or just the event.

iTIP (RFC 5546) over the event that stands in feeds, with the same UID and a SEQUENCE that never
goes back: a calendar that has the meeting already changes it instead of adding a second one.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from email.utils import parseaddr
from typing import Final, Literal

from django.conf import settings
from icalendar import vCalAddress

from branches.models import User
from process.enums import MeetingStatus
from process.feeds.calendars import file_text
from process.feeds.entries import meeting_entry, one_line
from process.feeds.events import digest_of, meeting_event, text_of
from process.models import CalendarEvent, Meeting

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]

NAME_LENGTH: Final = 120


def meeting_file(
    *, meeting: Meeting, method: Method, attendee: User | None, language: str
) -> bytes:
    """Return a calendar file about one meeting.

    Args:
        meeting: with ``branch`` loaded; its stored event gives SEQUENCE and the moment of change.
        method: "REQUEST" invites and changes (the calendar tells them apart by SEQUENCE), "CANCEL"
            takes it away, "PUBLISH" is for whoever fetches the file. Of a cancelled meeting a
            REQUEST comes out as a CANCEL: nobody can be invited for it.
        attendee: who is invited; nobody for "PUBLISH".
        language: "nl" or "en".

    Returns:
        UTF-8 with CRLF, lines of at most 75 octets.
    """
    cancelled = meeting.status == MeetingStatus.CANCELLED
    if cancelled and method == "REQUEST":
        method = "CANCEL"
    sequence, modified_at = _version(meeting)
    event = meeting_event(meeting, language=language, sequence=sequence, modified_at=modified_at)
    if method == "CANCEL":
        event["status"] = "CANCELLED"
    event.add("organizer", _organizer(meeting))
    if attendee is not None:
        event.add("attendee", _attendee(attendee))
    return file_text(method=method, events=[text_of(event)], timed=meeting.starts_at is not None)


def _version(meeting: Meeting) -> tuple[int, datetime]:
    """Return SEQUENCE and the moment of change, one ahead of an event that feeds do not tell yet.

    It becomes that number as soon as ``process.services.calendar`` comes by.
    """
    stored = CalendarEvent.objects.filter(meeting=meeting).first()
    if stored is None:
        return 0, _first_moment(meeting)
    says = digest_of(*(meeting_entry(meeting, language=language) for language in ("nl", "en")))
    return stored.sequence + (says != stored.digest), stored.modified_at


def _first_moment(meeting: Meeting) -> datetime:
    days = (meeting.planned_on, meeting.moved_on, meeting.invited_on, meeting.cancelled_on)
    day = next(filter(None, days), meeting.day)
    return datetime.combine(day, time.min, tzinfo=UTC)


def _organizer(meeting: Meeting) -> vCalAddress:
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return _address(address, name=meeting.branch.name)


def _attendee(user: User) -> vCalAddress:
    person = _address(user.email, name=str(user))
    # Nobody counts answers: a calendar that would mail one is asked not to.
    person.params["CUTYPE"] = "INDIVIDUAL"
    person.params["ROLE"] = "REQ-PARTICIPANT"
    person.params["PARTSTAT"] = "NEEDS-ACTION"
    person.params["RSVP"] = "FALSE"
    return person


def _address(address: str, *, name: str) -> vCalAddress:
    found = vCalAddress(f"mailto:{address}")
    # No parameter can hold a double quote (RFC 5545 3.2).
    line = one_line(name).replace('"', "'")[:NAME_LENGTH].strip()
    if line:
        found.params["CN"] = line
    return found
