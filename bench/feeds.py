"""Feeds beside icalendar writing the same events, and beside their own answer "nothing new"."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar, Event

from bench import data
from bench.measure import Figure, seconds
from branches.enums import Role
from branches.models import Membership, User
from process.enums import FeedScope
from process.feeds import keys
from process.models import CalendarEvent
from process.queries.calendars import behind
from process.services import calendar
from process.services.calendar_feeds import open_feed

NOW = datetime(2021, 10, 4, 10, tzinfo=UTC)
SIZES = (20, 200, 6_000)


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
    """Measure the whole calendar of a person, and the answer that there is nothing new."""
    row = open_feed(by=person, scope=FeedScope.PERSON, branch=None, today=data.TODAY)
    address, client = reverse("process:feed", args=[keys.key_of(row)]), Client()
    answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK
    count = answer.content.count(b"BEGIN:VEVENT")
    unchanged = {"if-none-match": answer["ETag"]}
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
        asked = len(queries)
    rounds = 9 if size < max(SIZES) else 3
    whole = seconds(lambda: client.get(address), rounds=rounds)
    packed = seconds(lambda: client.get(address, headers={"accept-encoding": "gzip"}), rounds=3)
    nothing = seconds(lambda: client.get(address, headers=unchanged), rounds=rounds)
    bare = seconds(lambda: alone(count), rounds=3)
    yield Figure(
        name=f"feed of {count} events",
        ratio=bare / whole,
        floor="icalendar alone, writing as many events",
        details={
            "milliseconds": round(whole * 1000, 1),
            "gzip_milliseconds": round(packed * 1000, 1),
            "icalendar_milliseconds": round(bare * 1000, 1),
            "queries": asked,
            "kilobytes": round(len(answer.content) / 1024, 1),
        },
    )
    yield Figure(
        name=f"feed of {count} events, nothing new",
        ratio=nothing / whole,
        floor="304 over 200 of the same feed (small is good)",
        details={
            "milliseconds": round(nothing * 1000, 1),
            "requests_a_second": round(1 / nothing),
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
