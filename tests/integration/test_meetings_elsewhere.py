"""Programs of others, in three time zones, follow a meeting from invitation to cancellation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from branches.models import User
from process.enums import MeetingStatus
from process.feeds.entries import meeting_entry, meeting_uid
from process.feeds.invitations import Method, meeting_file
from process.models import Meeting
from process.services import calendar as feeds
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, UserFactory
from tests.integration.calendar.test_readers import READERS, ZONES, Found, khal
from tests.process_factories import MeetingFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2021, 10, 4, 9, 30, tzinfo=UTC)
NASTY = "Najaars-ALV; “samen”, c:\\nu\n\u202eהיי\u202c Zoë 👩‍👧 " + "lang " * 40


@pytest.fixture
def meeting() -> Meeting:
    row: Meeting = MeetingFactory(
        branch=BranchFactory(name='Afdeling "Noord", e.o.'),
        # As long as the column holds, and PostgreSQL keeps to it.
        title=NASTY[:120],
        agenda=NASTY,
        day=date(2021, 10, 30),
        starts_at=time(20),
    )
    return row


@pytest.fixture
def ans() -> User:
    person: User = UserFactory(name='Ans "de Baas"\r\nATTENDEE:mailto:kwaad@voorbeeld.nl, Visser')
    return person


def write(meeting: Meeting, method: Method, ans: User, path: Path, *, minutes: int) -> Path:
    feeds.refresh_meetings(now=NOW + timedelta(minutes=minutes), today=FIRST_DAY)
    meeting.refresh_from_db()
    path.write_bytes(meeting_file(meeting=meeting, method=method, attendee=ans, language="nl"))
    return path


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_a_reader_anywhere_follows_invitation_move_and_cancellation(
    reader: Callable[[Path, str], Found], zone: str, meeting: Meeting, ans: User, tmp_path: Path
) -> None:
    def told(method: Method, minutes: int) -> dict[str, Any]:
        path = write(meeting, method, ans, tmp_path / f"{minutes}.ics", minutes=minutes)
        (event,) = reader(path, zone).values()
        return event

    invited = told("REQUEST", 0)
    # The night of 31 October the clock goes back: the same hour is another moment.
    Meeting.objects.filter(pk=meeting.pk).update(day=date(2021, 11, 3))
    moved = told("REQUEST", 1)
    Meeting.objects.filter(pk=meeting.pk).update(status=MeetingStatus.CANCELLED)
    gone = told("CANCEL", 2)
    assert invited["uid"] == moved["uid"] == gone["uid"] == meeting_uid(meeting)
    assert (invited["start"], moved["start"]) == ("2021-10-30T18:00:00Z", "2021-11-03T19:00:00Z")
    assert int(invited["sequence"]) < int(moved["sequence"]) < int(gone["sequence"])
    assert gone["status"] == "CANCELLED"
    entry = meeting_entry(meeting, language="nl")
    assert (gone["summary"], gone["description"]) == (entry.summary, entry.description)


@pytest.mark.parametrize("zone", ZONES)
def test_khal_takes_an_invitation_into_its_calendar(
    zone: str, meeting: Meeting, ans: User, tmp_path: Path
) -> None:
    meeting.title = meeting.agenda = "Najaars-ALV"
    meeting.save()
    path = write(meeting, "REQUEST", ans, tmp_path / "uitnodiging.ics", minutes=0)
    listed = "\n".join(khal(path, zone, tmp_path, "2021-10-29", "2021-11-02"))
    begins = {"Pacific/Auckland": "2021-10-31 07:00", "UTC": "2021-10-30 18:00"}
    day, hour = begins.get(zone, "2021-10-30 14:00").split()
    assert f"{day} {day} {hour} Najaars-ALV" in listed
