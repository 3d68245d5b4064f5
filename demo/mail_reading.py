"""A kept mail as a person wants to see it: its files, what a calendar makes of them, its links.

Read from the bytes that were sent, so that nothing is shown that was not in the mail.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser

from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from icalendar import Calendar

from core.characters import shown
from core.dates import day_words

_CALENDAR_TYPES = ("text/calendar", "application/ics")
_ADDRESS = re.compile(r"<(https?://[^>\s]+)>")
# A mail of ours is a few kilobytes; more is not read through for its words.
_LONGEST = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with a mail.

    Attributes:
        number: its place among the files, from 1.
        name: as the mail names it, on one line.
        kind: its media type.
        size: in bytes.
        events: what a calendar would show, a line for each event; empty for other files.
    """

    number: int
    name: str
    kind: str
    size: int
    events: tuple[str, ...] = ()

    @property
    def is_calendar(self) -> bool:
        """Tell whether calendars read it."""
        return self.kind in _CALENDAR_TYPES


@dataclass(frozen=True, slots=True, kw_only=True)
class MailLink:
    """A link of ours in the HTML of a mail."""

    words: str
    url: str


def attachments(raw: bytes) -> list[Attachment]:
    """Return the files that go with a mail."""
    return [
        Attachment(
            number=number,
            name=_line(part.get_filename() or _("file")),
            kind=part.get_content_type(),
            size=len(_content(part)),
            events=_events(part),
        )
        for number, part in enumerate(_files(raw), start=1)
    ]


def attachment(raw: bytes, number: int) -> tuple[str, bytes] | None:
    """Return name and content of one file; ``None`` when there is none with this number."""
    for place, part in enumerate(_files(raw), start=1):
        if place == number:
            return _line(part.get_filename() or "bestand"), _content(part)
    return None


def stop_address(headers: list[list[str]]) -> str:
    """Return where the unsubscribe button of a mail program leads; empty without one of ours."""
    for name, value in headers:
        found = _ADDRESS.search(value) if name.lower() == "list-unsubscribe" else None
        if found and is_ours(found[1]):
            return found[1]
    return ""


def links(html: str) -> list[MailLink]:
    """Return the links to this site in a mail's HTML, each address once, in their order."""
    reader = _Links()
    reader.feed(html[:_LONGEST])
    reader.close()
    found: dict[str, str] = {}
    for url, words in reader.found:
        if words and is_ours(url):
            found.setdefault(url, words)
    return [MailLink(words=_line(words), url=url) for url, words in found.items()]


def is_ours(url: str) -> bool:
    """Tell whether an address is a page of this site."""
    return url.startswith(f"{settings.SITE_URL.rstrip('/')}/")


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._url: str | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._url = dict(attrs).get("href")
            self._words = []

    def handle_data(self, data: str) -> None:
        if self._url is not None:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._url is not None:
            self.found.append((self._url, " ".join("".join(self._words).split())))
            self._url = None


def _files(raw: bytes) -> Iterator[EmailMessage]:
    received = email.message_from_bytes(raw, _class=EmailMessage, policy=default)
    for part in received.walk():
        if part.is_attachment() and not part.is_multipart():
            yield part


def _content(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _events(part: EmailMessage) -> tuple[str, ...]:
    if part.get_content_type() not in _CALENDAR_TYPES:
        return ()
    try:
        calendar = Calendar.from_ical(_content(part)[:_LONGEST])
        method = str(calendar.get("method", ""))
        return tuple(_event_words(event, method=method) for event in calendar.walk("VEVENT"))
    except (ValueError, KeyError, AttributeError, TypeError):
        return (_("No calendar can read this file."),)


def _event_words(event: dict[str, object], *, method: str) -> str:
    starts = event.get("dtstart")
    what = {
        "day": _when(getattr(starts, "dt", None)),
        "title": _line(str(event.get("summary", ""))),
        "place": _line(str(event.get("location", ""))),
    }
    words = _("%(day)s: %(title)s") % what
    if what["place"]:
        words = f"{words} ({what['place']})"
    match method:
        case "REQUEST":
            return _("Invitation – %(event)s") % {"event": words}
        case "CANCEL":
            return _("Taken out of the calendar – %(event)s") % {"event": words}
        case _:
            return words


def _when(value: object) -> str:
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return str(capfirst(f"{day_words(local.date())}, {local:%H:%M}"))
    return str(capfirst(day_words(value))) if isinstance(value, date) else ""


def _line(text: str) -> str:
    return shown(text, many_lines=False)
