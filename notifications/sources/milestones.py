"""Milestones and days of the law: whom a branch's open milestone concerns, and when (R37)."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet, Value

from branches.enums import Role
from notifications.rules.catalogue import Moment, Rule
from notifications.sources.days import told
from notifications.sources.holders import holds, is_somewhere, of_roles_named
from notifications.sources.protocol import COLUMNS, Window
from process.enums import TargetOrigin
from process.models import Milestone
from process.models.timeline import MilestoneQuerySet
from process.permissions import WORKING_ROLES
from process.queries.asking import asks

_MEMBERS = "timeline__branch__memberships"
_Rows = QuerySet[Any, Any]


class MilestoneSource:
    """The milestones that a branch does itself."""

    def rows(self, *, rule: Rule, days: int, window: Window) -> list[_Rows]:
        """Return who is told; see ``notifications.sources.protocol``.

        The owner, while that person has a working role in the branch; else everybody of the roles
        that the template names. Who is told that it lies late for long: those and the board.
        """
        if rule.key == "milestone.assigned":
            return [_assigned(window)]
        if rule.key == "milestone.late_national":
            # A threshold of the national week: it has no rows of its own.
            return []
        column = "deadline" if rule.moment is Moment.AFTER else "target"
        inside, on = told(column, rule=rule, days=days, window=window)
        open_rows = _open(window).filter(inside, _still_worth(rule, window))
        owned = is_somewhere("owner", "timeline__branch", today=window.today, roles=WORKING_ROLES)
        found = [
            _named(open_rows.filter(owned), to="owner_id", on=on),
            _named(
                open_rows.filter(
                    of_roles_named(_MEMBERS, "definition__owner_role", "definition__second_role"),
                    holds(_MEMBERS, today=window.today),
                    ~owned,
                ),
                to=f"{_MEMBERS}__user_id",
                on=on,
            ),
        ]
        if rule.key == "milestone.late_board":
            found.append(_board(open_rows, window=window, on=on))
        return found


class StatutorySource:
    """The days that the law fixes: they are the board's."""

    def rows(self, *, rule: Rule, days: int, window: Window) -> list[_Rows]:
        """Return who is told; see ``notifications.sources.protocol``."""
        inside, on = told("target", rule=rule, days=days, window=window)
        fixed = Milestone.objects.filter(
            inside,
            asks(today=window.today),
            target_origin=TargetOrigin.STATUTORY,
            target__gte=window.today,
        )
        return [_board(fixed, window=window, on=on)]


def _open(window: Window) -> MilestoneQuerySet:
    rows = Milestone.objects.filter(asks(today=window.today))
    return rows.exclude(target_origin=TargetOrigin.STATUTORY)


def _still_worth(rule: Rule, window: Window) -> Q:
    """What was not told before its day is not told after it: something later is."""
    match rule.key:
        case "milestone.ahead" | "milestone.soon":
            return Q(target__gte=window.today)
        case "milestone.today":
            return Q(deadline__gte=window.today)
        case _:
            return Q()


def _assigned(window: Window) -> _Rows:
    """Whoever was given a milestone; who takes it knows it."""
    rows = _open(window).filter(
        ~Q(owner=F("owner_given_by")) | Q(owner_given_by=None),
        is_somewhere("owner", "timeline__branch", today=window.today, roles=WORKING_ROLES),
        owner_since__range=(window.first, window.last),
    )
    return _named(rows, to="owner_id", on=F("owner_since"))


def _board(rows: MilestoneQuerySet, *, window: Window, on: Any) -> _Rows:
    board = rows.filter(
        holds(_MEMBERS, today=window.today), **{f"{_MEMBERS}__role": Role.BOARD.value}
    )
    return _named(board, to=f"{_MEMBERS}__user_id", on=on)


def _named(rows: MilestoneQuerySet, *, to: str, on: Any) -> _Rows:
    return (
        rows.order_by()
        .annotate(
            to_id=F(to),
            for_branch_id=F("timeline__branch_id"),
            about_id=F("pk"),
            about_version=Value(0),
            told_on=on,
        )
        .values_list(*COLUMNS)
    )
