"""Activities as a calendar, and who comes (R54). Set-based: no question per row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncMonth

from branches.models import Branch, Membership, User
from monitor.enums_helping import ActivityKind
from monitor.enums_together import When, Whose
from monitor.models import Activity, Attendance
from monitor.models.together import ActivityQuerySet, AttendanceQuerySet
from monitor.rules.moments import AMSTERDAM, first_moment, local, month_after
from process.models import Timeline

TRAINED_WITHIN: Final = timedelta(days=365)
"""How long a training counts for a branch of which somebody was there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which activities somebody asked for; empty means all.

    Attributes:
        kind: of ``ActivityKind``.
        when: to come, or have been; a month goes before it.
        month: its first day.
        whose: who makes them.
    """

    kind: str = ""
    when: When = When.COMING
    month: date | None = None
    whose: Whose = Whose.ALL


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The activities of one month on a page."""

    first: date
    rows: Sequence[Activity]


def going(*, today: date) -> AttendanceQuerySet:
    """Return who comes: with a role today in the branch for which they said so.

    Whoever has left a branch keeps no chair and is not named any more.
    """
    held = Membership.objects.active(today=today).filter(
        user=OuterRef("person"), branch=OuterRef("branch"), branch__closed_on=None
    )
    return Attendance.objects.filter(Exists(held))


def with_counts(rows: ActivityQuerySet, *, today: date, user: User | None = None) -> Any:
    """Let each activity know ``coming``, ``branches_coming``, and with a user ``is_mine``."""
    counted = rows.annotate(
        coming=_counted("pk", today=today), branches_coming=_counted("branch", today=today)
    )
    if user is None:
        return counted
    return counted.annotate(
        is_mine=Exists(Attendance.objects.filter(activity=OuterRef("pk"), person=user))
    )


def _counted(what: str, *, today: date) -> Coalesce:
    found = (
        going(today=today)
        .filter(activity=OuterRef("pk"))
        .order_by()
        .values("activity")
        .annotate(n=Count(what, distinct=True))
        .values("n")
    )
    return Coalesce(Subquery(found, output_field=IntegerField()), 0)


def asked(rows: ActivityQuerySet, wanted: Wanted, *, today: date) -> ActivityQuerySet:
    """Return those that were asked for: what comes first is first; what has been, is last first."""
    rows = _of_kind(rows, wanted)
    if wanted.month is not None:
        return rows.filter(
            starts_at__lt=first_moment(month_after(wanted.month)),
            ends_at__gt=first_moment(wanted.month),
        )
    if wanted.when == When.BEEN:
        return rows.filter(ends_at__lte=first_moment(today)).order_by("-starts_at", "-pk")
    return rows.filter(ends_at__gt=first_moment(today))


def _of_kind(rows: ActivityQuerySet, wanted: Wanted) -> ActivityQuerySet:
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.whose != Whose.ALL:
        rows = rows.filter(branch__isnull=wanted.whose == Whose.OFFICE)
    return rows


def months(rows: ActivityQuerySet, wanted: Wanted, *, today: date) -> list[dict[str, Any]]:
    """Return the months from last month on in which something of this kind begins.

    Returns:
        For each ``month`` (its first day) and ``n``; at most eighteen.
    """
    since = first_moment((today.replace(day=1) - timedelta(days=1)).replace(day=1))
    found = (
        _of_kind(rows, wanted)
        .filter(starts_at__gte=since)
        .annotate(month=TruncMonth("starts_at", tzinfo=AMSTERDAM))
        .order_by("month")
        .values("month")
        .annotate(n=Count("pk"))
    )
    return [{"month": local(row["month"]).date(), "n": row["n"]} for row in found[:18]]


def by_month(rows: Sequence[Activity]) -> list[Month]:
    """Divide activities, in their order, over the months in which they begin."""
    found: list[tuple[date, list[Activity]]] = []
    for row in rows:
        first = local(row.starts_at).date().replace(day=1)
        if not found or found[-1][0] != first:
            found.append((first, []))
        found[-1][1].append(row)
    return [Month(first=first, rows=held) for first, held in found]


def has_been(activity: Activity, *, today: date) -> bool:
    """Tell whether the last day of an activity is over."""
    return local(activity.ends_at).date() < today


def names_of(activity: Activity, *, branch: Branch, today: date) -> list[User]:
    """Return who of one branch comes, by name."""
    rows = going(today=today).filter(activity=activity, branch=branch).select_related("person")
    return sorted((row.person for row in rows), key=lambda person: str(person).casefold())


def by_branch(activity: Activity, *, today: date) -> list[tuple[Branch, list[User]]]:
    """Return who comes for each branch, both by name: for whoever organises it."""
    rows = (
        going(today=today)
        .filter(activity=activity)
        .select_related("person", "branch")
        .order_by("branch__name", "branch", "person__name", "pk")
    )
    found: dict[int, tuple[Branch, list[User]]] = {}
    for row in rows:
        found.setdefault(row.branch_id, (row.branch, []))[1].append(row.person)
    return list(found.values())


def without_training(*, today: date, province: str = "") -> QuerySet[Branch]:
    """Return the branches on their way of which nobody goes, or lately went, to a training.

    On its way is a branch with a timeline to a polling day that is still to come.
    """
    trained = Attendance.objects.filter(
        branch=OuterRef("pk"),
        activity__kind=ActivityKind.TRAINING,
        activity__cancelled_on=None,
        activity__starts_at__gte=first_moment(today - TRAINED_WITHIN),
    )
    rows = on_their_way(today=today).exclude(Exists(trained))
    return rows.filter(province=province) if province else rows


def on_their_way(*, today: date) -> QuerySet[Branch]:
    """Return the branches with a timeline to a polling day that is still to come."""
    ahead = Timeline.objects.filter(branch=OuterRef("pk"), polling_day__gte=today)
    return Branch.objects.active().filter(Exists(ahead))
