"""Promises that were dealt out: whoever owes a verdict hears how the day comes closer (R38)."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value

from branches.enums import Role
from evaluation.models import Assessment, Assignment
from evaluation.services.progress import ASSESSED
from notifications.rules.catalogue import Moment, Rule
from notifications.sources.days import told
from notifications.sources.holders import is_somewhere
from notifications.sources.protocol import COLUMNS, Window
from process.queries.asking import asks

_EVALUATION = "promise__evaluation"
_TIMELINE = f"{_EVALUATION}__timeline__"
_MILESTONE = f"{_TIMELINE}milestones__"
_Rows = QuerySet[Any, Any]


class VerdictSource:
    """Per person and evaluation: one reminder, however many promises there are."""

    def rows(self, *, rule: Rule, days: int, window: Window) -> list[_Rows]:
        """Return who is told; see ``notifications.sources.protocol``."""
        owed = _owed(window)
        if rule.key == "verdict.dealt":
            given = owed.filter(
                ~Q(assigned_by=F("person")) | Q(assigned_by=None),
                assigned_on__range=(window.first, window.last),
            )
            return [_named(given, F("assigned_on"))]
        after = rule.moment is Moment.AFTER
        column = f"{_MILESTONE}{'deadline' if after else 'target'}"
        inside, on = told(column, rule=rule, days=days, window=window)
        worth = Q() if after else Q(**{f"{column}__gte": window.today})
        # One filter: all of it is about one and the same milestone.
        due = owed.filter(
            inside,
            worth,
            asks(today=window.today, milestone=_MILESTONE, timeline=_TIMELINE),
            **{f"{_MILESTONE}key": ASSESSED},
        )
        return [_named(due, on)]


def _owed(window: Window) -> QuerySet[Assignment]:
    """Return what was dealt out, stands in the programme and has no verdict of that person."""
    judged = Assessment.objects.filter(promise=OuterRef("promise"), assessor=OuterRef("person"))
    return Assignment.objects.filter(
        ~Exists(judged),
        is_somewhere(
            "person",
            f"{_EVALUATION}__branch",
            today=window.today,
            roles=[Role.COUNCIL_GROUP.value],
        ),
        **{"promise__measure__retired_on": None, f"{_EVALUATION}__branch__closed_on": None},
    )


def _named(rows: QuerySet[Assignment], on: Any) -> _Rows:
    return (
        rows.order_by()
        .annotate(
            to_id=F("person_id"),
            for_branch_id=F(f"{_EVALUATION}__branch_id"),
            about_id=F(f"{_EVALUATION}_id"),
            about_version=Value(0),
            told_on=on,
        )
        .values_list(*COLUMNS)
    )
