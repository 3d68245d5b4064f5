"""Feeds beside bare views that join or send the same, and beside icalendar writing the events."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus

from django.test import Client
from django.urls import reverse
from icalendar import Calendar, Event

from bench import data, urls
from bench.asking import questions
from bench.measure import Figure, seconds, side_by_side
from branches.enums import Role
from branches.models import Membership, User
from process.enums import FeedScope
from process.feeds import keys
from process.feeds.calendars import _head
from process.models import CalendarEvent
from process.queries.calendars import behind
from process.services import calendar
from process.services.calendar_feeds import open_feed

NOW = datetime(2021, 10, 4, 10, tzinfo=UTC)
SIZES = (20, 200, 6_000)
# The stored text of events stands in the last column.
_TEXT = re.compile(r'"text_(nl|en)"( AS "\w+")? FROM ')


def figures(branch_ids: list[int]) -> Iterator[Figure]:
    """Measure telling what was rolled out to these branches, then feeds of each size.

    Args:
        branch_ids: with a timeline each, enough for the largest size.
    """
    yield telling()
    role = CalendarEvent.objects.filter(
        branch=branch_ids[0], milestone__definition__owner_role=Role.BOARD
    )
    each = max(role.count(), 1)
    for size in SIZES:
        person = User.objects.create_user(f"agenda{size}@voorbeeld.nl", "Agnes Agenda")
        Membership.objects.bulk_create(
            Membership(user=person, branch_id=pk, role=Role.BOARD, started_on=data.TODAY)
            for pk in branch_ids[: max(size // each, 1)]
        )
        yield from feed(person, size=size)


def telling() -> Figure:
    """Store the events of everything that was rolled out."""
    begin = time.perf_counter()
    written = calendar.refresh(now=NOW, today=data.TODAY)
    while behind().exists():
        written += calendar.refresh(now=NOW, today=data.TODAY)
    taken = time.perf_counter() - begin
    quiet = seconds(lambda: calendar.refresh(now=NOW, today=data.TODAY), rounds=3)
    # Each event is written twice: in Dutch and in English.
    floor = seconds(lambda: alone(1_000), rounds=3) / 1_000 * written * 2
    return Figure(
        name=f"telling calendars of {written} events",
        ratio=floor / taken,
        floor="icalendar alone, the same number of events, twice",
        details={
            "seconds": round(taken, 2),
            "events_a_second": round(written / taken),
            "milliseconds_when_nothing_changed": round(quiet * 1000, 1),
        },
    )


def feed(person: User, *, size: int) -> Iterator[Figure]:
    """Measure the whole calendar of a person, and the answer that there is nothing new.

    Three floors: the same stored texts read and joined, for the first time and for later ones the
    bytes as they are, and a bare 304. Beside them what icalendar itself would take.
    """
    row = open_feed(by=person, scope=FeedScope.PERSON, branch=None, today=data.TODAY)
    address, client = reverse("process:feed", args=[keys.key_of(row)]), Client()
    with questions() as asked:
        answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK
    count = answer.content.count(b"BEGIN:VEVENT")
    unchanged = {"if-none-match": answer["ETag"]}
    rounds = 9 if size < max(SIZES) else 3
    (texts,) = (one for one in asked if _TEXT.search(one.sql))
    urls.bare_joined.update(question=texts)
    urls.bare_kept["text"] = answer.content

    def first_time() -> None:
        # What a process remembers of feeds it has seen: the words around the events.
        _head.cache_clear()
        client.get(address)

    first, joined = side_by_side(first_time, lambda: client.get("/bare/joined/"), rounds=rounds)
    warm, kept = side_by_side(
        lambda: client.get(address), lambda: client.get("/bare/kept/"), rounds=rounds
    )
    nothing, bare = side_by_side(
        lambda: client.get(address, headers=unchanged),
        lambda: client.get("/bare/unchanged/"),
        rounds=rounds,
    )
    packed = seconds(lambda: client.get(address, headers={"accept-encoding": "gzip"}), rounds=3)
    icalendar = seconds(lambda: alone(count), rounds=3)
    for name, taken, floor, what in (
        ("first time", first, joined, "bare view: the same texts, read and joined"),
        ("warm", warm, kept, "bare view: the same bytes, kept"),
        ("304", nothing, bare, "bare view: a 304 without looking"),
    ):
        yield Figure(
            name=f"feed of {count} events, {name}",
            ratio=floor / taken,
            floor=what,
            details={
                "milliseconds": round(taken * 1000, 2),
                "bare_milliseconds": round(floor * 1000, 2),
                "requests_a_second": round(1 / taken),
            },
        )
    yield Figure(
        name=f"feed of {count} events beside icalendar",
        ratio=icalendar / warm,
        floor="icalendar alone, writing as many events",
        details={
            "gzip_milliseconds": round(packed * 1000, 1),
            "icalendar_milliseconds": round(icalendar * 1000, 1),
            "queries": len(asked),
            "kilobytes": round(len(answer.content) / 1024, 1),
        },
    )


def alone(count: int) -> bytes:
    """Write as many plain events as icalendar does it."""
    calendar_ = Calendar()
    calendar_.add("version", "2.0")
    calendar_.add("prodid", "-//bench//")
    for number in range(count):
        event = Event()
        event.add("uid", f"{number}@bench")
        event.add("dtstamp", NOW)
        event.add("dtstart", date(2022, 3, 16))
        event.add("dtend", date(2022, 3, 16) + timedelta(days=1))
        event.add("summary", "Programma vastgesteld door de ledenvergadering (Afdeling 1)")
        event.add("description", "Waarom het ertoe doet, in een paar zinnen. " * 8)
        calendar_.add_component(event)
    text: bytes = calendar_.to_ical()
    return text
