"""Which events are behind what they tell of, and which events a feed holds today.

A feed asks a number of queries that does not grow with its branches or events: asked with an ETag
the database adds up one small column of its events, otherwise their texts are read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import CharField, Count, F, Max, Q, Sum, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import translation
from django.utils.translation import gettext as _

from branches.models import Branch
from branches.viewer import Viewer
from process.enums import FeedScope
from process.feeds.entries import polling_day_uid
from process.models import CalendarEvent, CalendarFeed, Meeting, Timeline
from process.models.calendar import CalendarEventQuerySet
from process.models.meeting import MeetingQuerySet
from process.models.timeline import TimelineQuerySet
from process.permissions import WORKING_ROLES
from process.rules import timetable as law

CANCELLED_STAYS: Final = timedelta(days=90)

WORDING: Final = 1
"""Raise it when the words of events change: every stored text is then made anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the national office asks for of all branches; empty means all.

    Attributes:
        province: a CBS code, ``PV20`` … ``PV31``.
        phase: of milestones, 1 … 7; 0 for all.
        what: "" for all, "deadlines" or "meetings".
    """

    province: str = ""
    phase: int = 0
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What tells whether a feed holds something else than it did.

    Attributes:
        count: how many events.
        marks: their marks, added up.
        modified_at: when one of them last changed; ``None`` without events.
        polling: how many of them are polling days.
    """

    count: int
    marks: int
    modified_at: datetime | None
    polling: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What a feed holds: its events, earliest first, and its name in the reader's language."""

    events: CalendarEventQuerySet
    name: str
    language: str

    def state(self) -> State:
        """Return what tells whether anything changed: one query that reads no texts."""
        polling = Q(milestone=None, meeting=None)
        return State(
            **self.events.order_by().aggregate(
                count=Count("pk"),
                marks=Coalesce(Sum("mark"), 0),
                modified_at=Max("modified_at"),
                polling=Count("pk", filter=polling),
            )
        )


def behind() -> TimelineQuerySet:
    """Return the timelines whose events are behind, with ``said``: what will have been told.

    Days of milestones are packed as distances from polling day, so that day is part of it; so are
    the template (titles and texts), the branch's name, and the address of this installation.
    """
    said = Concat(
        Value(f"{_wording()} "),
        Cast("template_id", CharField()),
        Value(" "),
        Cast("polling_day", CharField()),
        Value(" "),
        Cast("election__polling_day", CharField()),
        Value(" "),
        "branch__name",
        Value("\n"),
        "packed",
        output_field=TextField(),
    )
    return Timeline.objects.annotate(said=said).exclude(calendar_packed=F("said"))


def meetings_behind(*, branch: Branch | None = None) -> MeetingQuerySet:
    """Return the meetings whose event is missing or behind, with ``said``."""
    said = Concat(
        Value(f"{_wording()} "),
        Cast("revision", CharField()),
        Value(" "),
        "status",
        Value(" "),
        Cast("day", CharField()),
        Value(" "),
        "branch__name",
        output_field=CharField(),
    )
    rows = Meeting.objects.annotate(said=said)
    if branch is not None:
        rows = rows.filter(branch=branch)
    return rows.filter(Q(calendar_event=None) | ~Q(calendar_event__seen=F("said")))


def _wording() -> str:
    return hashlib.sha256(f"{WORDING} {settings.SITE_URL}".encode()).hexdigest()[:12]


def next_regular_year(*, today: date) -> int | None:
    """Return the year of the next regular council election; ``None`` when no rule gives one."""
    for year in range(today.year, today.year + 9):
        try:
            if law.regular_polling_day(year=year) >= today:
                return year
        except law.UnknownElection:
            continue
    return None


def feed_of_key(key_hash: str) -> CalendarFeed | None:
    """Return the feed that this key opens."""
    return CalendarFeed.objects.select_related("user", "branch").filter(key_hash=key_hash).first()


def holding(feed: CalendarFeed, *, viewer: Viewer, choice: Choice, today: date) -> Holding | None:
    """Return what a feed holds, or ``None`` when its reader has lost the right to it.

    Args:
        feed: with ``user`` and ``branch`` loaded.
        viewer: the feed's own person, loaded today: an ended role is out at the next fetch.
        choice: of the national office; other feeds have nothing to choose.
        today: cancelled events stay until 90 days after the cancellation.
    """
    if viewer.user is None or not may_hold(viewer, scope=feed.scope, branch=feed.branch):
        return None
    # A calendar that asks has no language of its own: the name is in its reader's, as the events.
    with translation.override(viewer.user.language):
        everything, mine = _("Rode Draad: all branches"), _("Rode Draad: my calendar")
    if feed.scope == FeedScope.NATIONAL:
        own, name = _national(choice), everything
        polling = Q(election__isnull=False) | _regular(today)
    elif feed.scope == FeedScope.BRANCH and feed.branch is not None:
        own, name = Q(branch=feed.branch), f"Rode Draad: {feed.branch.name}"
        polling = _polling_days([feed.branch.pk], today=today)
    else:
        own, name = _own(viewer), mine
        polling = _polling_days(viewer.present, today=today)
    return Holding(
        events=_in_force(own, polling, today=today), name=name, language=viewer.user.language
    )


def public_holding(branch: Branch, *, language: str, today: date) -> Holding:
    """Return what anybody may put on a website: meetings open to all, and polling day."""
    own = Q(branch=branch, meeting__is_public=True)
    polling = _polling_days([branch.pk], today=today)
    with translation.override(language):
        name = f"{branch.name}: {_('meetings')}"
    return Holding(
        events=_in_force(own, polling, today=today),
        name=name,
        language=language,
    )


def may_hold(viewer: Viewer, *, scope: str, branch: Branch | None) -> bool:
    """Tell whether this person may have such a feed today."""
    if scope == FeedScope.NATIONAL:
        return viewer.is_national
    if scope == FeedScope.BRANCH:
        return branch is not None and viewer.has_role(branch, *WORKING_ROLES)
    return bool(viewer.roles) or viewer.is_national


def _in_force(own: Q, polling: Q, *, today: date) -> CalendarEventQuerySet:
    # By number: then each side of the "or" has an index, and no feed reads other people's events.
    days = list(CalendarEvent.objects.filter(polling).values_list("pk", flat=True))
    which = own | Q(pk__in=days)
    recent = Q(cancelled_on=None) | Q(cancelled_on__gte=today - CANCELLED_STAYS)
    return CalendarEvent.objects.filter(which & recent).order_by("starts_on", "uid")


def _own(viewer: Viewer) -> Q:
    """The meetings of one's branches, and the milestones that are one's own or one's role's."""
    # Not of branches that merged into these: what is open there asks for nothing any more.
    here = Q(branch__in=viewer.present)
    mine = Q(meeting__isnull=False) | Q(milestone__owner=viewer.user)
    for role in WORKING_ROLES:
        held = [branch for branch, roles in viewer.roles.items() if role in roles]
        if held:
            theirs = Q(milestone__definition__owner_role=role) | Q(
                milestone__definition__second_role=role
            )
            mine |= Q(branch__in=held) & theirs
    return here & mine


def _national(choice: Choice) -> Q:
    which = Q(branch__isnull=False, branch__closed_on=None)
    if choice.province:
        which &= Q(branch__province=choice.province)
    if choice.phase:
        # A meeting belongs to no phase.
        which &= Q(milestone__phase=choice.phase)
    if choice.what:
        which &= Q(meeting__isnull=choice.what == "deadlines")
    return which


def _polling_days(branches: Collection[int], *, today: date) -> Q:
    """The elections that these branches live towards; without one ahead, the next regular one."""
    rows = list(
        Timeline.objects.filter(branch__in=branches).values_list(
            "branch_id", "election_id", "polling_day"
        )
    )
    which = Q(election__in=list({election for _branch, election, _day in rows}))
    if {branch for branch, _election, day in rows if day >= today} != set(branches) or not branches:
        which |= _regular(today)
    return which


def _regular(today: date) -> Q:
    year = next_regular_year(today=today)
    return Q(uid=polling_day_uid(f"gr{year}"))
