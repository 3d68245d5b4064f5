"""Where we stand, on Mondays: for boards with something before them, and for the country."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import (
    BigIntegerField,
    DateField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast

from branches.enums import Role
from branches.models import Membership, NationalOfficer
from notifications.rules.catalogue import Rule
from notifications.sources.days import mondays
from notifications.sources.existing import Found
from notifications.sources.protocol import COLUMNS, Window
from process.enums import TargetOrigin
from process.models import Milestone, Timeline
from process.queries.asking import asks
from process.rules.forecast import SILENT_AFTER

LOOKS_AHEAD = timedelta(weeks=6)
# A Monday on one of these days of its month is the first.
_FIRST_WEEK = 7
_Rows = QuerySet[Any, Any]


class WeekSource:
    """One queryset a Monday."""

    def rows(self, *, rule: Rule, days: int, window: Window) -> list[_Rows]:  # noqa: ARG002 - weeks have no days of their own
        """Return who is told; see ``notifications.sources.protocol``."""
        of = _national if rule.key == "week.national" else _branch
        return [of(monday, window) for monday in mondays(window)]


def _branch(monday: date, window: Window) -> _Rows:
    """Boards whose branch has something late or due soon; nothing to say is silence."""
    # The same sentence every week helps nobody: who has been silent, or works on the ten of years
    # to come, reads it once a month.
    lively = Q() if monday.day <= _FIRST_WEEK else _heard_of(monday)
    soon = Milestone.objects.filter(
        asks(today=window.today),
        ~Q(target_origin=TargetOrigin.STATUTORY) | Q(target__gte=window.today),
        timeline=OuterRef("pk"),
        target__lte=monday + LOOKS_AHEAD,
    )
    # Two steps, each by an index: asked at once, PostgreSQL without statistics read all milestones
    # of the country anew for each person.
    busy = Timeline.objects.filter(
        lively, Found(soon), branch=OuterRef("branch"), created_on__lte=monday
    )
    board = Membership.objects.active(today=window.today).filter(
        Found(busy), role=Role.BOARD, started_on__lte=monday, branch__closed_on=None
    )
    return (
        board.order_by()
        .annotate(
            to_id=F("user_id"),
            for_branch_id=F("branch_id"),
            about_id=F("branch_id"),
            about_version=Value(0),
            told_on=Cast(Value(monday), DateField()),
        )
        .values_list(*COLUMNS)
    )


def _heard_of(monday: date) -> Q:
    """The branch did something in the last six weeks, and its election has not been yet."""
    since = monday - SILENT_AFTER
    heard = Q(last_activity_on__gt=since) | Q(last_activity_on=None, created_on__gt=since)
    return heard & Q(polling_day__gte=monday)


def _national(monday: date, window: Window) -> _Rows:
    officers = NationalOfficer.objects.active(today=window.today).filter(started_on__lte=monday)
    return (
        officers.order_by()
        .annotate(
            to_id=F("user_id"),
            for_branch_id=Cast(Value(None), BigIntegerField()),
            # About the country as a whole.
            about_id=Value(0),
            about_version=Value(0),
            told_on=Cast(Value(monday), DateField()),
        )
        .values_list(*COLUMNS)
    )
