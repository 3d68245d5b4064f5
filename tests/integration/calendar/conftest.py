"""A branch whose texts are hard on calendars, its feeds, and a clock for what is told when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.enums import Role
from branches.models import Branch, User
from process.enums import FeedScope
from process.feeds import keys
from process.models import CalendarEvent, CalendarFeed, Meeting, Milestone, Timeline
from process.services import calendar
from process.services.calendar_feeds import open_feed
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, MembershipFactory
from tests.process_factories import MeetingFactory, TimelineFactory

NOW = datetime(2021, 10, 4, 9, 30, tzinfo=UTC)

# What breaks careless writers and readers: separators, escapes, line ends, folds inside letters.
HARD = 'Zaal; \\n, "aan" de \\ haven: 🎉é漢字 ' + "ë" * 80
AGENDA = "1. Opening, mededelingen; vaststellen\n2. Programma\\concept\n\n3. 🌹 Rondvraag"
LINES = "Punt één\r\nEND:VEVENT\r\nBEGIN:VEVENT\nSUMMARY:vals"


@dataclass(kw_only=True)
class Scene:
    """A branch with a timeline, meetings and one person of its board.

    Attributes:
        winter: a meeting at 20:00 in winter time, with texts that are hard to write.
        summer: one at 20:00 in summer time, the day after the clock went forward.
        whole_day: one without a time.
        cancelled: one that was called off on the first day.
    """

    branch: Branch
    timeline: Timeline
    person: User
    winter: Meeting
    summer: Meeting
    whole_day: Meeting
    cancelled: Meeting

    def milestone(self, key: str) -> Milestone:
        """Return one of its milestones, as it is stored."""
        return self.timeline.milestones.select_related("definition").get(key=key)

    def feed(self, scope: FeedScope = FeedScope.BRANCH) -> CalendarFeed:
        """Return the person's own feed, of the branch unless said otherwise."""
        branch = self.branch if scope == FeedScope.BRANCH else None
        return open_feed(by=self.person, scope=scope, branch=branch, today=FIRST_DAY)

    def tell(self, *, now: datetime = NOW, today: date = FIRST_DAY) -> int:
        """Bring what is stored for calendars in step."""
        return calendar.refresh(now=now, today=today)

    def event(self, uid: str) -> CalendarEvent:
        """Return a stored event."""
        return CalendarEvent.objects.get(uid=uid)


def path_of(feed: CalendarFeed, query: str = "") -> str:
    """Return where a feed is, on this site."""
    key = keys.key_of(feed)
    assert key is not None
    path = reverse("process:feed", args=[key])
    return f"{path}?{query}" if query else path


def build_scene() -> Scene:
    """Build it; nothing is told to calendars yet."""
    branch = BranchFactory(name="Nieuw-Vossemeer, e.o.; \\ 🌷", slug="nieuw-vossemeer")
    timeline = TimelineFactory(branch=branch)
    membership = MembershipFactory(branch=branch, role=Role.BOARD)
    return Scene(
        branch=branch,
        timeline=timeline,
        person=membership.user,
        winter=MeetingFactory(
            branch=branch,
            title=HARD[:120],
            day=date(2022, 3, 26),
            starts_at=time(20),
            place=HARD[:200],
            link="https://voorbeeld.nl/zaal?a=1&b=2,3;4",
            agenda=AGENDA,
        ),
        summer=MeetingFactory(
            branch=branch, title="Zomertijd", day=date(2022, 3, 28), starts_at=time(20)
        ),
        whole_day=MeetingFactory(
            branch=branch, title="Hele dag", day=date(2022, 2, 5), agenda=LINES
        ),
        cancelled=MeetingFactory(
            branch=branch,
            title="Afgelast",
            day=date(2021, 11, 5),
            status="cancelled",
            cancelled_reason="Geen zaal",
            cancelled_on=FIRST_DAY,
        ),
    )


@pytest.fixture
def scene(db: None) -> Scene:
    """The branch, with everything told."""
    del db
    built = build_scene()
    built.tell()
    return built


@pytest.fixture
def fetch(client: Client) -> Callable[..., Any]:
    """Return ``fetch(feed, query="", **headers)``: what a calendar is answered."""

    def ask(feed: CalendarFeed, query: str = "", **headers: str) -> Any:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.get(path_of(feed, query), headers=given)

    return ask


def unfolded(text: bytes | str) -> str:
    """Return a calendar with its folded lines put together."""
    whole = text.decode() if isinstance(text, bytes) else text
    return whole.replace("\r\n ", "")
