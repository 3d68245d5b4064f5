"""An entry as a VEVENT (RFC 5545, RFC 7986), by the icalendar library.

What changes with time comes from stored values: the same arguments give the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from icalendar import Event
from icalendar.caselessdict import canonsort_keys

from process.feeds.entries import Entry, meeting_entry, milestone_entry
from process.models import Meeting, Milestone

_BEGIN: Final = "BEGIN:VEVENT\r\n"
_END: Final = "END:VEVENT\r\n"
# What is nearly always another text; all else is the same in many events.
_OWN_WORDS: Final = frozenset({"summary", "description"})


def event_of(entry: Entry, *, sequence: int, modified_at: datetime) -> Event:
    """Return the VEVENT of an entry.

    Args:
        entry: what it says.
        sequence: how often that changed.
        modified_at: when that last changed (aware); DTSTAMP and LAST-MODIFIED.
    """
    event = Event()
    for name, value in _properties(entry, sequence=sequence, modified_at=modified_at):
        event.add(name, value)
    return event


def entry_text(entry: Entry, *, sequence: int, modified_at: datetime) -> str:
    """Return ``text_of(event_of(…))`` in half the steps; arguments as for ``event_of``.

    The library writes each line by itself, and lines that many events share (days, moments,
    categories) once. After a roll-out to all branches there are some hundred thousand to write.
    """
    lines = {}
    for name, value in _properties(entry, sequence=sequence, modified_at=modified_at):
        if name in _OWN_WORDS:
            lines[name.upper()] = _line(name, value)
        else:
            lines[name.upper()] = _shared_line(name, _Kept(value))
    return "".join((_BEGIN, *(lines[name] for name in _in_order(tuple(lines))), _END))


class _Kept:
    """A value as the key of a cache: the same moment in another zone is another text."""

    __slots__ = ("said", "value")

    def __init__(self, value: Any) -> None:
        self.value = value
        self.said = repr(value)

    def __hash__(self) -> int:
        return hash(self.said)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and self.said == other.said


@lru_cache(maxsize=4_096)
def _shared_line(name: str, kept: _Kept) -> str:
    return _line(name, kept.value)


def _line(name: str, value: Any) -> str:
    event = Event()
    event.add(name, value)
    line: bytes = event.content_line(name.upper(), event[name]).to_ical()
    return f"{line.decode()}\r\n"


@lru_cache(maxsize=32)
def _in_order(names: tuple[str, ...]) -> list[str]:
    """The order in which the library writes them."""
    return list(canonsort_keys(names, Event.canonical_order))


def _properties(entry: Entry, *, sequence: int, modified_at: datetime) -> Iterator[tuple[str, Any]]:
    stamp = modified_at.astimezone(UTC).replace(microsecond=0)
    yield "uid", entry.uid
    yield "dtstamp", stamp
    yield "last-modified", stamp
    yield "sequence", sequence
    yield "dtstart", entry.starts
    yield "dtend", entry.ends
    yield "summary", entry.summary
    if entry.description:
        yield "description", entry.description
    if entry.place:
        yield "location", entry.place
    if entry.url:
        yield "url", entry.url
    yield "categories", list(entry.categories)
    yield "color", entry.colour
    yield "status", "CANCELLED" if entry.is_cancelled else "CONFIRMED"
    # A deadline is no appointment: it does not make anybody busy.
    busy = entry.busy and not entry.is_cancelled
    yield "transp", "OPAQUE" if busy else "TRANSPARENT"


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
