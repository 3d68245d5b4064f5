"""Where we stand, on Mondays: for boards with something before them, and for the country."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import (
    BigIntegerField,
    DateField,
    Exists,
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
from notifications.sources.protocol import COLUMNS, Window
from process.enums import TargetOrigin
from process.models import Milestone
from process.queries.asking import asks

LOOKS_AHEAD = timedelta(weeks=6)
_Rows = QuerySet[Any, Any]


class WeekSource:
    """One queryset a Monday."""

    def rows(self, *, rule: Rule, days: int, window: Window) -> list[_Rows]:  # noqa: ARG002 - weeks have no days of their own
        """Return who is told; see ``notifications.sources.protocol``."""
        of = _national if rule.key == "week.national" else _branch
        return [of(monday, window) for monday in mondays(window)]


def _branch(monday: date, window: Window) -> _Rows:
    """Boards whose branch has something late or due soon; nothing to say is silence."""
    soon = Milestone.objects.filter(
        asks(today=window.today),
        ~Q(target_origin=TargetOrigin.STATUTORY) | Q(target__gte=window.today),
        timeline__branch=OuterRef("branch"),
        timeline__created_on__lte=monday,
        target__lte=monday + LOOKS_AHEAD,
    )
    board = Membership.objects.active(today=window.today).filter(
        Exists(soon), role=Role.BOARD, started_on__lte=monday, branch__closed_on=None
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
