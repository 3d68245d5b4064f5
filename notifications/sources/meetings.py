"""Meetings: everybody whom a kind of meeting is for hears of it; its notice is the board's."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet, Value

from branches.enums import Role
from notifications.rules.catalogue import Moment, Rule
from notifications.sources.days import Shifted, told
from notifications.sources.holders import holds
from notifications.sources.protocol import COLUMNS, Window
from process.enums import MeetingKind, MeetingStatus
from process.models import Meeting
from process.queries.meeting_people import ROLES_OF_KIND

_MEMBERS = "branch__memberships"
_ROLE = f"{_MEMBERS}__role"
_Rows = QuerySet[Any, Any]
# The day on which it became news; the services keep one of these at a time.
_NEWS = {
    "meeting.planned": "planned_on",
    "meeting.moved": "moved_on",
    "meeting.cancelled": "cancelled_on",
    "meeting.invited": "invited_on",
}
_LONGEST_NOTICE = 90


class MeetingSource:
    """Meetings of open branches. One that was recorded afterwards is no news to anybody."""

    def rows(self, *, rule: Rule, days: int, window: Window) -> list[_Rows]:
        """Return who is told; see ``notifications.sources.protocol``."""
        if rule.moment is Moment.NEWS:
            return [_news(rule, window)]
        if rule.key.startswith("meeting.notice"):
            return [_notice(days, window)]
        inside, on = told("day", rule=rule, days=days, window=window)
        planned = Q(inside, status=MeetingStatus.PLANNED)
        if rule.key == "meeting.minutes":
            return [_named(planned & _was_announced(), _board_of_members_meeting(), window, on)]
        return [_named(planned & Q(day__gte=window.today), _audience(), window, on)]


def _news(rule: Rule, window: Window) -> _Rows:
    """News about a meeting still to come; for whoever was there when it was news."""
    column = _NEWS[rule.key]
    cancelled = rule.key == "meeting.cancelled"
    which = Q(
        **{
            f"{column}__range": (window.first, window.last),
            "status": MeetingStatus.CANCELLED if cancelled else MeetingStatus.PLANNED,
            "day__gte": window.today,
        }
    )
    audience = _audience() & Q(**{f"{_MEMBERS}__started_on__lte": F(column)})
    return _named(which, audience, window, F(column), version="news")


def _notice(days: int, window: Window) -> _Rows:
    """Counted back from the last day on which the notice may leave by the branch's statutes."""
    day = Shifted("day", (F("branch__notice_days") + Value(days)) * Value(-1))
    reach = Shifted(Value(window.last), _LONGEST_NOTICE + days)
    which = Q(
        status=MeetingStatus.PLANNED,
        notice_sent_on=None,
        day__gte=window.today,
        day__lte=reach,
    )
    rows = _named(which, _board_of_members_meeting(), window, day)
    return rows.filter(told_on__gte=window.first, told_on__lte=window.last)


def _audience() -> Q:
    """Whom a kind of meeting is for, as a condition on the joined membership."""
    found = Q()
    for kind, roles in ROLES_OF_KIND.items():
        found |= Q(**{"kind": kind.value, f"{_ROLE}__in": [role.value for role in roles]})
    return found


def _board_of_members_meeting() -> Q:
    return Q(**{"kind": MeetingKind.MEMBERS.value, _ROLE: Role.BOARD.value})


def _was_announced() -> Q:
    """It stood on the list before it was held."""
    return Q(planned_on__isnull=False) | Q(moved_on__isnull=False) | Q(invited_on__isnull=False)


def _named(which: Q, who: Q, window: Window, on: Any, *, version: str = "") -> _Rows:
    rows = Meeting.objects.filter(which, branch__closed_on=None)
    return (
        rows.filter(holds(_MEMBERS, today=window.today), who)
        .order_by()
        .annotate(
            to_id=F(f"{_MEMBERS}__user_id"),
            for_branch_id=F("branch_id"),
            about_id=F("pk"),
            about_version=F(version) if version else Value(0),
            told_on=on,
        )
        .values_list(*COLUMNS)
    )
