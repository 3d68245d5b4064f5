"""Whom to call: what was promised for today, who needs it, and what was said before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from branches.models import Branch, User
from monitor.models import Call
from monitor.queries.contacts import contacts_of, in_charge
from monitor.queries.national import CALL
from monitor.queries.standing import Standing, standings
from process.models import Timeline
from process.queries.asking import is_current
from process.queries.forecasts import with_forecast

RESTS: Final = timedelta(days=7)
"""Who was called this lately is left alone, unless something else was agreed."""

LISTED: Final = 20
"""So many branches that need a call stand on the page; of more it says how many."""

COMING: Final = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class ToCall:
    """A branch that needs a call and had none lately."""

    branch: Branch
    standing: Standing
    contact: User | None


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """A call to which somebody comes back, with how the branch stands now."""

    call: Call
    standing: Standing | None
    contact: User | None


def open_follow_ups() -> QuerySet[Call]:
    """Return the calls to which somebody still comes back, of branches that exist."""
    return Call.objects.filter(
        follow_up_on__isnull=False, followed_up_on=None, branch__closed_on=None
    )


def of_mine(*, person: User, today: date) -> Q:
    """Return the condition "I made this call, or I look after the branch"."""
    mine = in_charge(today=today).filter(branch=OuterRef("branch"), person=person).order_by()
    return Q(made_by=person) | Q(Exists(mine))


def due(*, rows: QuerySet[Call], today: date) -> list[FollowUp]:
    """Return what is to be followed up by today, what waits longest first: four queries."""
    calls = list(
        rows.filter(follow_up_on__lte=today)
        .select_related("branch", "made_by")
        .order_by("follow_up_on", "pk")
    )
    branches = {call.branch_id for call in calls}
    standing = standings(branches=branches, today=today)
    contacts = contacts_of(branches=branches, today=today)
    return [
        FollowUp(
            call=call,
            standing=standing.get(call.branch_id),
            contact=contacts.get(call.branch_id),
        )
        for call in calls
    ]


def coming(*, rows: QuerySet[Call], today: date) -> QuerySet[Call]:
    """Return what is to be followed up in the next two weeks, in order."""
    soon = rows.filter(follow_up_on__gt=today, follow_up_on__lte=today + COMING)
    return soon.select_related("branch", "made_by").order_by("follow_up_on", "pk")


def to_call(*, person: User | None, today: date) -> tuple[int, list[ToCall]]:
    """Return how many branches need a call and had none lately, and the first of them.

    Left out are those that were called in the last week, and those of which a day to look again is
    agreed: they stand among the follow-ups.

    Args:
        person: only the branches that this colleague looks after; ``None``: all.
        today: the day.
    """
    lately = Call.objects.filter(branch=OuterRef("branch")).filter(
        Q(made_on__gt=today - RESTS) | Q(follow_up_on__isnull=False, followed_up_on=None)
    )
    # To the type checker what is annotated is no column.
    rows: QuerySet[Timeline, Any] = with_forecast(
        Timeline.objects.filter(is_current(today=today, timeline=""), branch__closed_on=None),
        today=today,
    )
    needed = Q(outlook__in=[one.value for one in CALL])
    if person is not None:
        mine = in_charge(today=today).filter(branch=OuterRef("branch"), person=person)
        needed &= Q(Exists(mine.order_by()))
    rows = rows.filter(needed, ~Exists(lately.order_by()))
    number = rows.order_by().count()
    order: Any = ("urgency", "due_deadline", "branch__name")
    first = list(rows.select_related("branch").order_by(*order)[:LISTED])
    branches = {row.branch_id for row in first}
    standing = standings(branches=branches, today=today)
    contacts = contacts_of(branches=branches, today=today)
    return number, [
        ToCall(
            branch=row.branch,
            standing=standing[row.branch_id],
            contact=contacts.get(row.branch_id),
        )
        for row in first
    ]


def recent() -> QuerySet[Call]:
    """Return all calls, the latest first."""
    return Call.objects.select_related("branch", "made_by").order_by("-made_on", "-pk")
