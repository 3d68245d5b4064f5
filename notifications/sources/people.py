"""Invitations that wait, and addresses that fail."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Upper

from branches.enums import Role
from branches.models import Invitation, Membership
from branches.models.membership import MembershipQuerySet
from notifications.rules.catalogue import Rule
from notifications.sources.days import told
from notifications.sources.holders import holds, is_somewhere
from notifications.sources.protocol import COLUMNS, Window

_MEMBERS = "branch__memberships"
_BOARD = [Role.BOARD.value]
_Rows = QuerySet[Any, Any]


class PeopleSource:
    """What a board wants to know about the people that it works with."""

    def rows(self, *, rule: Rule, days: int, window: Window) -> list[_Rows]:
        """Return who is told; see ``notifications.sources.protocol``."""
        if rule.key == "address.refused":
            return [_refused(window)]
        unanswered = rule.key == "invitation.unanswered"
        column = "invited_on" if unanswered else "expires_on"
        inside, on = told(column, rule=rule, days=days, window=window)
        waiting = Invitation.objects.filter(
            inside, accepted_on=None, withdrawn_on=None, branch__closed_on=None
        )
        if unanswered:
            waiting = waiting.filter(expires_on__gte=window.today)
        else:
            waiting = waiting.filter(~_asked_again(), ~_came_in(window.today))
        by_board = is_somewhere("invited_by", "branch", today=window.today, roles=_BOARD)
        return [
            _of_invitation(waiting.filter(by_board), to="invited_by_id", on=on),
            _of_invitation(
                waiting.filter(
                    ~by_board,
                    holds(_MEMBERS, today=window.today),
                    **{f"{_MEMBERS}__role__in": _BOARD},
                ),
                to=f"{_MEMBERS}__user_id",
                on=on,
            ),
        ]


def _asked_again() -> Exists:
    """A later invitation to the same address for the same role: that one tells."""
    return Exists(
        Invitation.objects.filter(
            branch=OuterRef("branch"),
            email=OuterRef("email"),
            role=OuterRef("role"),
            pk__gt=OuterRef("pk"),
        )
    )


def _came_in(today: date) -> Exists:
    """Whoever was asked holds the role by now, by another way."""
    return Exists(
        Membership.objects.active(today=today)
        .annotate(address=Upper("user__email"))
        .filter(branch=OuterRef("branch"), role=OuterRef("role"), address=Upper(OuterRef("email")))
    )


def _of_invitation(rows: QuerySet[Invitation], *, to: str, on: Any) -> _Rows:
    return (
        rows.order_by()
        .annotate(
            to_id=F(to),
            for_branch_id=F("branch_id"),
            about_id=F("pk"),
            about_version=Value(0),
            told_on=on,
        )
        .values_list(*COLUMNS)
    )


def _refused(window: Window) -> _Rows:
    """The board of each branch in which a person with a failing address works or is a member."""
    refused: MembershipQuerySet = Membership.objects.active(today=window.today).filter(
        holds(_MEMBERS, today=window.today),
        ~Q(**{f"{_MEMBERS}__user": F("user")}),
        branch__closed_on=None,
        user__is_active=True,
        user__mail_refused_on__range=(window.first, window.last),
        **{f"{_MEMBERS}__role__in": _BOARD},
    )
    return (
        refused.order_by()
        .annotate(
            to_id=F(f"{_MEMBERS}__user_id"),
            for_branch_id=F("branch_id"),
            about_id=F("user_id"),
            about_version=Value(0),
            told_on=F("user__mail_refused_on"),
        )
        .values_list(*COLUMNS)
    )
