"""With ical, the library of Home Assistant."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from ical.calendar_stream import IcsCalendarStream


def when(value: object) -> str:
    """Write a day or a moment in the common form."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return str(value)


calendar = IcsCalendarStream.calendar_from_ics(Path(sys.argv[1]).read_bytes().decode())
found = [
    {
        "uid": event.uid,
        "start": when(event.dtstart),
        "summary": event.summary,
        "description": event.description,
        "status": event.status,
        "sequence": event.sequence,
    }
    for event in calendar.events
]
json.dump(found, sys.stdout)
