"""Calendar files in mails, in the places where mail programs look for them.

A meeting stands twice in its mail: as an alternative (Gmail, Outlook and Apple Mail then offer to
put it in the calendar) and as a file (for whoever saves it). A daily mail has a file alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from typing import Final

from django.core.mail import EmailMultiAlternatives
from django.db.models import Q

from branches.models import User
from notifications.mails.facts import Facts
from notifications.mails.parts import Line
from process.feeds.calendars import file_text
from process.feeds.events import meeting_event, milestone_event, text_of
from process.feeds.invitations import Method, meeting_file
from process.models import CalendarEvent, Meeting

FILE_NAME: Final = "rode-draad.ics"
MOST_NEW: Final = 60
"""So many events go with a mail, the nearest first: a board that puts hundreds of meetings on the
list must not make everybody's mail too large to arrive. A calendar feed has all of them."""


def attach_meeting(
    message: EmailMultiAlternatives, *, meeting: Meeting, method: Method, attendee: User
) -> None:
    """Put a meeting into a mail, as calendars expect it (RFC 6047).

    Args:
        message: with its text and HTML.
        meeting: with ``branch`` loaded.
        method: "REQUEST" for new and moved, "CANCEL" for cancelled.
        attendee: who is invited, and in whose language.
    """
    file = meeting_file(
        meeting=meeting, method=method, attendee=attendee, language=attendee.language
    )
    message.attach_alternative(file.decode(), f"text/calendar; method={method}")
    # Not text/calendar once more: a program that reads both would ask twice.
    message.attach(FILE_NAME, file, "application/ics")


def attach_new(message: EmailMultiAlternatives, *, lines: Iterable[Line], facts: Facts) -> None:
    """Attach one file with the days and meetings that are new to the reader; nothing when none is.

    Two queries at most: the stored events give SEQUENCE, so that feed and file agree.
    """
    new = sorted((line for line in lines if line.is_new), key=lambda line: line.day)[:MOST_NEW]
    milestones = [line.milestone_id for line in new if line.milestone_id is not None]
    meetings = [line.meeting_id for line in new if line.meeting_id is not None]
    if not milestones and not meetings:
        return
    texts = _texts(milestones, meetings, facts=facts)
    timed = any(facts.meetings[pk].starts_at is not None for pk in meetings)
    file = file_text(method="PUBLISH", events=texts, timed=timed)
    message.attach(FILE_NAME, file, "application/ics")


def _texts(milestones: Sequence[int], meetings: Sequence[int], *, facts: Facts) -> list[str]:
    language = facts.reader.language
    stored = CalendarEvent.objects.filter(
        Q(milestone__in=milestones) | Q(meeting__in=meetings)
    ).only("milestone_id", "meeting_id", "sequence", "modified_at")
    known = {(row.milestone_id, row.meeting_id): row for row in stored}

    def version(milestone: int | None, meeting: int | None) -> tuple[int, datetime]:
        row = known.get((milestone, meeting))
        # Not in the feeds yet: the feed will say it anew, with a moment that is later.
        first = datetime.combine(facts.today, time.min, tzinfo=UTC)
        return (row.sequence, row.modified_at) if row else (0, first)

    events = []
    for pk in milestones:
        sequence, moment = version(pk, None)
        events.append(
            milestone_event(
                facts.milestones[pk], language=language, sequence=sequence, modified_at=moment
            )
        )
    for pk in meetings:
        sequence, moment = version(None, pk)
        events.append(
            meeting_event(
                facts.meetings[pk], language=language, sequence=sequence, modified_at=moment
            )
        )
    return [text_of(event) for event in events]
