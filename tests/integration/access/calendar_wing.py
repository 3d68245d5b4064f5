"""The calendars of one branch: its board's addresses, one of them replaced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from branches.models import Branch, User
from process.enums import FeedScope
from process.feeds import keys
from process.models import CalendarFeed
from process.services import calendar
from process.services.calendar_feeds import open_feed, rotate
from tests.clock import FIRST_DAY

TOLD_AT = datetime(2021, 10, 4, 9, tzinfo=UTC)


@dataclass(kw_only=True)
class CalendarWing:
    """The board's own feed, that of the branch, and a key that no longer opens anything."""

    own: CalendarFeed
    branch: CalendarFeed
    old_key: str

    @property
    def own_key(self) -> str:
        """The key of the board's own calendar."""
        return key_of(self.own)

    @property
    def branch_key(self) -> str:
        """The key of the calendar of the whole branch, as the board has it."""
        return key_of(self.branch)


def key_of(feed: CalendarFeed) -> str:
    """Return the key that opens this feed."""
    key = keys.key_of(feed)
    assert key is not None
    return key


def build_calendar(*, branch: Branch, board: User) -> CalendarWing:
    """Let the board have its addresses, and tell calendars what there is."""
    own = open_feed(by=board, scope=FeedScope.PERSON, branch=None, today=FIRST_DAY)
    old_key = key_of(own)
    whole = open_feed(by=board, scope=FeedScope.BRANCH, branch=branch, today=FIRST_DAY)
    own = rotate(feed=own, by=board, today=FIRST_DAY)
    calendar.refresh(now=TOLD_AT, today=FIRST_DAY)
    return CalendarWing(own=own, branch=whole, old_key=old_key)
