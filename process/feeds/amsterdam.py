"""The clock of Amsterdam as calendars read it (VTIMEZONE, RFC 5545 3.6.5).

Summer time by the rule in force since 1996 (Directive 2000/84/EC): forward on the last Sunday of
March, back on the last Sunday of October, both at 01:00 UTC. Written out because the days of onset
that libraries compute are an hour off or end somewhere.
"""

from __future__ import annotations

from typing import Final

TIMEZONE: Final = """\
BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
""".replace("\n", "\r\n")
"""The component, with CRLF behind each line."""
