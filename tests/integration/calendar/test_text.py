"""The file itself: line ends, folds, characters; for texts that nobody thought of."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from branches.models import Branch
from process.feeds.calendars import calendar_text, with_alarm
from process.feeds.entries import Entry, meeting_entry
from process.feeds.events import digest_of, entry_text, event_of, meeting_event, text_of
from process.models import Meeting

STAMP = datetime(2021, 10, 4, 9, tzinfo=UTC)
OCTETS = 75
# Everything that a column of text can hold, and much that it should not.
TEXTS = st.text(max_size=400)
LINES = st.lists(
    st.sampled_from(["a;b", "c,d", "e\\f", "\\n", "\r\n", "\n", "\r", "\t", "é", "漢", "🎉", "\x00",
                     "\x07", "\u2028", "\ufeff", ":", '"', "BEGIN:VEVENT", " ", "x" * 74]),
    max_size=60,
).map("".join)  # fmt: skip


def meeting(title: str, place: str, agenda: str) -> Meeting:
    branch = Branch(pk=1, slug="ergens", name=place[:80])
    return Meeting(
        pk=7, branch=branch, title=title, day=date(2022, 3, 27), starts_at=time(20), place=place,
        agenda=agenda, kind="alv", status="planned",
    )  # fmt: skip


def written(one: Meeting) -> bytes:
    event = meeting_event(one, language="nl", sequence=3, modified_at=STAMP)
    return calendar_text(name=one.title, language="nl", events=[text_of(event)])


@given(title=TEXTS | LINES, place=TEXTS | LINES, agenda=TEXTS | LINES)
def test_every_line_is_short_and_whole(title: str, place: str, agenda: str) -> None:
    body = written(meeting(title, place, agenda))
    assert not body.startswith(b"\xef\xbb\xbf")
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert not re.sub(b"\r\n", b"", body).count(b"\n")
    assert not re.sub(b"\r\n", b"", body).count(b"\r")
    for line in body.split(b"\r\n"):
        assert len(line) <= OCTETS
        # A fold inside a character would leave half of it.
        text = line.decode()
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\ufeff]", text)
    assert body.count(b"\r\nBEGIN:VEVENT\r\n") == 1


@given(title=TEXTS | LINES, place=TEXTS | LINES, agenda=TEXTS | LINES, whole_day=st.booleans())
def test_an_event_put_together_of_lines_is_what_the_library_writes(
    title: str, place: str, agenda: str, whole_day: bool
) -> None:
    one = meeting(title, place, agenda)
    if whole_day:
        one.starts_at = None
    for language in ("nl", "en"):
        entry = meeting_entry(one, language=language)
        event = event_of(entry, sequence=3, modified_at=STAMP)
        assert entry_text(entry, sequence=3, modified_at=STAMP) == text_of(event)


def test_the_same_moment_in_another_zone_is_another_line() -> None:
    at_eight = meeting_entry(meeting("ALV", "Zaal", ""), language="nl")
    assert isinstance(at_eight.starts, datetime)
    elsewhere = replace(at_eight, starts=at_eight.starts.astimezone(UTC))
    assert elsewhere.starts == at_eight.starts
    texts = {entry_text(one, sequence=0, modified_at=STAMP) for one in (at_eight, elsewhere)}
    assert len(texts) == 2


@given(title=TEXTS | LINES, place=TEXTS | LINES, agenda=TEXTS | LINES)
def test_what_is_read_is_what_was_meant(title: str, place: str, agenda: str) -> None:
    one = meeting(title, place, agenda)
    entry = meeting_entry(one, language="nl")
    (event,) = Calendar.from_ical(written(one)).events
    assert str(event["summary"]) == entry.summary
    assert str(event["description"]) == entry.description
    assert str(event.get("location", "")) == entry.place
    assert event["sequence"] == 3
    assert "\n" not in entry.summary


@given(text=TEXTS)
def test_an_entry_that_says_something_else_has_another_digest(text: str) -> None:
    one = Entry(
        uid="a@rodedraad", summary="x", description=text,
        starts=date(2022, 3, 16), ends=date(2022, 3, 17),
    )  # fmt: skip
    other = Entry(
        uid="a@rodedraad", summary="x", description=text + "!",
        starts=date(2022, 3, 16), ends=date(2022, 3, 17),
    )  # fmt: skip
    assert digest_of(one) != digest_of(other)
    assert digest_of(one) == digest_of(one)
    same = [text_of(event_of(one, sequence=1, modified_at=STAMP)) for _time in range(2)]
    assert same[0] == same[1]


def test_the_calendar_says_what_clients_ask_and_nothing_that_breaks_them() -> None:
    body = calendar_text(name="Één, twee; drie", language="nl", events=[])
    assert "\r\nX-WR-CALNAME:Één\\, twee\\; drie\r\n" in body.decode()
    calendar: Any = Calendar.from_ical(body)
    assert calendar["version"] == "2.0"
    assert calendar["prodid"].startswith("-//Rode Draad//")
    assert "\r\nNAME:Één\\, twee\\; drie\r\n" in body.decode()
    assert calendar["refresh-interval"].to_ical() == b"PT12H"
    assert calendar["refresh-interval"].params["VALUE"] == "DURATION"
    assert calendar["x-published-ttl"] == "PT12H"
    assert calendar["color"] == "crimson"
    assert "method" not in calendar
    assert "uid" not in calendar


def test_the_time_zone_is_that_of_the_netherlands_in_every_year() -> None:
    zone = Calendar.from_ical(calendar_text(name="x", language="nl", events=[])).timezones[0]
    there = zone.to_tz()
    for year in (2021, 2022, 2026, 2037):
        assert (
            datetime(year, 1, 15, 12, tzinfo=there).utcoffset()
            == datetime(year, 1, 15, 12, tzinfo=meeting_zone()).utcoffset()
        )
        for day in (27, 28, 29, 30, 31):
            for month in (3, 10):
                for hour in (1, 4):
                    local = datetime(year, month, day, hour, tzinfo=meeting_zone())
                    assert local.replace(tzinfo=there).utcoffset() == local.utcoffset(), local


def meeting_zone() -> tzinfo | None:
    starts = meeting_entry(meeting("x", "y", ""), language="nl").starts
    assert isinstance(starts, datetime)
    return starts.tzinfo


def test_a_signal_comes_the_day_before() -> None:
    timed = written(meeting("x", "y", "")).decode()
    event = timed[timed.index("BEGIN:VEVENT") : timed.index("END:VCALENDAR")]
    (read,) = Calendar.from_ical(
        calendar_text(name="x", language="nl", events=[with_alarm(event, language="nl")])
    ).events
    assert [alarm["trigger"].to_ical() for alarm in read.subcomponents] == [b"-P1D"]
    whole = meeting("END:VEVENT", "y", "END:VEVENT")
    whole.starts_at = None
    text = text_of(meeting_event(whole, language="nl", sequence=0, modified_at=STAMP))
    (read,) = Calendar.from_ical(
        calendar_text(name="x", language="nl", events=[with_alarm(text, language="nl")])
    ).events
    assert [alarm["trigger"].to_ical() for alarm in read.subcomponents] == [b"-PT15H"]
