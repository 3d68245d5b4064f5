"""The calendar around stored events: what stands before and after them (RFC 5545, RFC 7986).

Plain joining of text that was made before. There is no METHOD (that would be an invitation) and no
UID of the calendar itself (vdirsyncer takes it for a second event).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Timezone, TimezoneDaylight, TimezoneStandard, vText

from process.feeds.entries import one_line, polling_entry
from process.feeds.events import event_of, text_of

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
PRODID: Final = "-//Rode Draad//NL"
CRIMSON: Final = "#C8102E"
_END: Final = "END:VCALENDAR\r\n"
_EVENT_END: Final = "END:VEVENT\r\n"
# The law of J 1 Kieswet is older than any installation: the stamp of a day that nobody stored.
_BEFORE_US: Final = datetime(2021, 1, 1, tzinfo=UTC)


def calendar_text(*, name: str, language: str, events: Iterable[str]) -> bytes:
    """Return a whole calendar.

    Args:
        name: what clients call it.
        language: "nl" or "en".
        events: ``BEGIN:VEVENT … END:VEVENT`` each, with CRLF.
    """
    return "".join((_head(name, language), *events, _END)).encode()


def file_text(*, method: str, events: Iterable[str], timed: bool) -> bytes:
    """Return a file of some events by itself, as it goes with a mail (iTIP, RFC 5546).

    Args:
        method: "PUBLISH", "REQUEST" or "CANCEL".
        events: as for ``calendar_text``.
        timed: one of them names an hour, so the zone is told.
    """
    head = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODID}\r\nMETHOD:{method}\r\n"
    zone = amsterdam().to_ical().decode() if timed else ""
    return "".join((head, zone, *events, _END)).encode()


def with_alarm(event: str, *, language: str) -> str:
    """Return an event that rings at nine in the morning, or a day ahead of a meeting."""
    whole_day = "DTSTART;VALUE=DATE:" in event
    return event.removesuffix(_EVENT_END) + _alarm(language, whole_day) + _EVENT_END


def polling_day_text(*, slug: str, polling_day: date, name: str, language: str) -> str:
    """Return the polling day that the law gives, for an installation that stored none yet."""
    entry = polling_entry(slug=slug, polling_day=polling_day, name=name, language=language)
    return text_of(event_of(entry, sequence=0, modified_at=_BEFORE_US))


def amsterdam() -> Timezone:
    """Return VTIMEZONE Europe/Amsterdam: the rule of the European Union since 1996."""
    zone = Timezone()
    zone.add("tzid", "Europe/Amsterdam")
    for kind, begins, rule, before, after, name in (
        (TimezoneDaylight, datetime(1996, 3, 31, 2), 3, 1, 2, "CEST"),  # noqa: DTZ001 - local
        (TimezoneStandard, datetime(1996, 10, 27, 3), 10, 2, 1, "CET"),  # noqa: DTZ001 - local
    ):
        part = kind()
        part.add("dtstart", begins)
        part.add("rrule", {"freq": "yearly", "bymonth": rule, "byday": "-1SU"})
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        part.add("tzname", name)
        zone.add_component(part)
    return zone


@lru_cache(maxsize=512)
def _head(name: str, language: str) -> str:
    name = one_line(name)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Rode Draad//{language.upper()}")
    calendar.add("calscale", "GREGORIAN")
    # Types of their own: for names it does not know the library escapes no comma.
    calendar.add("name", vText(name))
    calendar.add("x-wr-calname", vText(name))
    calendar.add("x-wr-timezone", "Europe/Amsterdam")
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    calendar.add("color", "crimson")
    calendar.add("x-apple-calendar-color", CRIMSON)
    calendar.add_component(amsterdam())
    text: bytes = calendar.to_ical()
    return text.decode().removesuffix(_END)


@lru_cache(maxsize=8)
def _alarm(language: str, whole_day: bool) -> str:  # noqa: FBT001 - the key of a cache
    with translation.override(language):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _("Reminder of Rode Draad"))
    # From midnight at which a day begins: nine o'clock on the day before.
    alarm.add("trigger", timedelta(hours=-15) if whole_day else timedelta(days=-1))
    text: bytes = alarm.to_ical()
    return text.decode()
