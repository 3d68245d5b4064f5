"""An entry as a VEVENT (RFC 5545, RFC 7986), by the icalendar library.

What changes with time comes from stored values: the same arguments give the same bytes.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from icalendar import Event

from process.feeds.entries import Entry, meeting_entry, milestone_entry
from process.models import Meeting, Milestone


def event_of(entry: Entry, *, sequence: int, modified_at: datetime) -> Event:
    """Return the VEVENT of an entry.

    Args:
        entry: what it says.
        sequence: how often that changed.
        modified_at: when that last changed (aware); DTSTAMP and LAST-MODIFIED.
    """
    stamp = modified_at.astimezone(UTC).replace(microsecond=0)
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", sequence)
    event.add("dtstart", entry.starts)
    event.add("dtend", entry.ends)
    event.add("summary", entry.summary)
    if entry.description:
        event.add("description", entry.description)
    if entry.place:
        event.add("location", entry.place)
    if entry.url:
        event.add("url", entry.url)
    event.add("categories", list(entry.categories))
    event.add("color", entry.colour)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    # A deadline is no appointment: it does not make anybody busy.
    busy = entry.busy and not entry.is_cancelled
    event.add("transp", "OPAQUE" if busy else "TRANSPARENT")
    return event


def text_of(event: Event) -> str:
    """Return ``BEGIN:VEVENT … END:VEVENT``, folded, with CRLF."""
    text: bytes = event.to_ical()
    return text.decode()


def digest_of(*entries: Entry) -> str:
    """Return a digest of what the entries say (hexadecimal, 256 bits)."""
    return hashlib.sha256("\n".join(repr(entry) for entry in entries).encode()).hexdigest()


def mark_of(*, uid: str, sequence: int, modified_at: datetime, digest: str) -> int:
    """Return 44 bits of an event as it is stored: other text, other bits."""
    said = f"{uid} {sequence} {modified_at.timestamp():.0f} {digest}"
    return int.from_bytes(hashlib.sha256(said.encode()).digest()[:8]) >> 20


def meeting_event(
    meeting: Meeting, *, language: str, sequence: int, modified_at: datetime
) -> Event:
    """Return a meeting (with its ``branch``) as it stands in feeds."""
    return event_of(
        meeting_entry(meeting, language=language), sequence=sequence, modified_at=modified_at
    )


def milestone_event(
    milestone: Milestone, *, language: str, sequence: int, modified_at: datetime
) -> Event:
    """Return a milestone (with ``definition`` and ``timeline.branch``) as it stands in feeds."""
    return event_of(
        milestone_entry(milestone, language=language), sequence=sequence, modified_at=modified_at
    )
