"""Real rows for tests of the input."""

from __future__ import annotations

from datetime import date
from typing import Any

from branches.models import User
from consultation.models import Channel, Consultation, Contribution, Gathering, Session
from consultation.services.receiving import NOBODY, Incoming, Person, receive
from consultation.services.starting import nature_of, start
from process.enums import MeetingKind, MeetingStatus
from process.models import Timeline
from tests.clock import FIRST_DAY
from tests.process_factories import MeetingFactory, TimelineFactory


def consultation_of(
    timeline: Timeline | None = None, *, by: User | None = None, today: date = FIRST_DAY
) -> Consultation:
    """Return the collecting of input of a timeline, just begun."""
    return start(timeline=timeline or TimelineFactory.create(), by=by, today=today)


def channel_of(consultation: Consultation, kind: str = "form", **fields: Any) -> Channel:
    """Return the channel of a kind, open; made when it is not there."""
    channel = consultation.channels.filter(kind=kind).first() or Channel(
        consultation=consultation, kind=kind, nature=nature_of(kind)
    )
    channel.opened_on = fields.pop("opened_on", FIRST_DAY)
    for name, value in fields.items():
        setattr(channel, name, value)
    channel.save()
    return channel


def contribution_of(
    consultation: Consultation,
    text: str = "Een veilig fietspad naar school.",
    *,
    channel: Channel | None = None,
    person: Person = NOBODY,
    today: date = FIRST_DAY,
    **fields: Any,
) -> Contribution:
    """Return something that came in."""
    return receive(
        consultation=consultation,
        channel=channel or channel_of(consultation),
        incoming=Incoming(text=text, person=person, **fields),
        today=today,
    )


def gathering_of(
    consultation: Consultation, *, day: date = FIRST_DAY, status: str = MeetingStatus.PLANNED
) -> Gathering:
    """Return a gathering with its meeting."""
    meeting = MeetingFactory.create(
        branch=consultation.branch, kind=MeetingKind.GATHERING, day=day, status=status
    )
    return Gathering.objects.create(
        consultation=consultation, meeting=meeting, channel=channel_of(consultation, "meeting")
    )


def session_of(gathering: Gathering, **fields: Any) -> Session:
    """Return a session of a gathering."""
    return Session.objects.create(gathering=gathering, **({"title": "Wonen"} | fields))
