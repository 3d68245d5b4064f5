"""With vobject, the library of many CardDAV and CalDAV servers."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import vobject  # type: ignore[import-untyped]


def when(value: object) -> str:
    """Write a day or a moment in the common form."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return str(value)


calendar = vobject.readOne(Path(sys.argv[1]).read_bytes().decode())
found = [
    {
        "uid": event.uid.value,
        "start": when(event.dtstart.value),
        "summary": event.summary.value,
        "description": event.description.value,
        "status": event.status.value,
        "sequence": int(event.sequence.value),
    }
    for event in calendar.vevent_list
]
json.dump(found, sys.stdout)
