"""All threads of one election: which rows, in which order, and how many of what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    PositiveSmallIntegerField,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from branches.facts.tables import voting_in_regular_election
from branches.models import Branch, Municipality
from monitor.enums import Sort
from monitor.queries.national_filter import Wanted, condition, late_count
from process.enums import ElectionKind, Forecast
from process.models import Election, TemplateMilestone, Timeline
from process.queries.forecasts import with_forecast
from process.queries.timelines import STAYS_CURRENT
from process.queries.timetables import lawful_polling_day
from process.rules.forecast import ForecastResult, Outlook, Pulse, forecast
from process.rules.timetable import takes_part

# Somebody should pick up the phone; the other outlooks can wait or are still young.
CALL = frozenset({Outlook.SILENT, Outlook.LATE})


class Row(NamedTuple):
    """What the national page reads of one timeline."""

    slug: str
    name: str
    province: str
    packed: str
    polling_day: date
    next_key: str
    next_target: date | None
    next_deadline: date | None
    last_activity_on: date | None
    created_on: date
    title: str | None
    pk: int = 0
    contact: int | None = None

    def forecast(self, *, today: date) -> ForecastResult:
        """Return how the branch stands, by the rule itself: no query."""
        return forecast(
            pulse=Pulse(
                next_key=self.next_key,
                next_target=self.next_target,
                next_deadline=self.next_deadline,
                last_activity_on=self.last_activity_on,
                created_on=self.created_on,
            ),
            today=today,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How many timelines an election has, by outlook, and how many of them were asked for.

    ``without`` is how many branches take part and have no timeline; 0 where nobody has one.
    """

    counts: dict[str, int]
    shown: int
    without: int = 0

    @property
    def total(self) -> int:
        """All timelines of the election."""
        return sum(self.counts.values())

    @property
    def to_call(self) -> int:
        """How many branches need a call."""
        return sum(self.counts[name] for name in CALL)


def elections() -> list[Election]:
    """Return all elections by polling day, each with ``has_timelines``: one query."""
    rolled_out = Timeline.objects.filter(election=OuterRef("pk"))
    return list(Election.objects.annotate(has_timelines=Exists(rolled_out)).order_by("polling_day"))


def current_election(known: Sequence[Election], *, today: date) -> Election | None:
    """Return the election that the country is living in.

    The first one still ahead or just behind, among those rolled out; an election after a merger
    concerns a few branches, so it comes second to a regular one.

    Args:
        known: as ``elections`` returns them.
        today: the day.
    """
    live = [row for row in known if getattr(row, "has_timelines", False)] or list(known)
    ahead = [row for row in live if row.polling_day + STAYS_CURRENT >= today]
    regular = [row for row in ahead if row.kind == ElectionKind.REGULAR]
    for candidates in (regular, ahead):
        if candidates:
            return candidates[0]
    return live[-1] if live else None


def timelines(*, election: Election, today: date) -> QuerySet[Timeline]:
    """Return an election's timelines with forecast, and title and phase of what comes next."""
    definition = TemplateMilestone.objects.filter(
        version=OuterRef("template_id"), key=OuterRef("due_key")
    )
    english = (get_language() or "nl").startswith("en")
    title = Coalesce(NullIf("title_en", Value("")), "title_nl") if english else F("title_nl")
    rows = Timeline.objects.filter(election=election, branch__closed_on=None)
    return with_forecast(rows, today=today).annotate(
        next_title=Subquery(definition.values(shown=title), output_field=CharField()),
        next_phase=Subquery(definition.values("phase"), output_field=PositiveSmallIntegerField()),
    )


def overview(
    *,
    rows: QuerySet[Timeline],
    wanted: Wanted,
    election: Election,
    known: Sequence[Election],
) -> Overview:
    """Count all of it and what was asked for: one query.

    Args:
        rows: all timelines of the election (``timelines``).
        wanted: what was asked for.
        election: which one.
        known: all elections: those before a merger say who skips this one.
    """
    found = rows.order_by().aggregate(
        **{name: Count("pk", filter=Q(outlook=name)) for name in Forecast.values},
        shown=Count("pk", filter=condition(wanted)),
        without=Max(Subquery(_without(election=election, known=known))),
    )
    shown, without = found.pop("shown"), found.pop("without")
    return Overview(counts=found, shown=shown, without=without or 0)


def in_order(
    *, rows: QuerySet[Timeline], wanted: Wanted, more: Sequence[str] = ()
) -> QuerySet[Any, Any]:
    """Return what was asked for, in the order that was asked for, as tuples for ``Row``.

    Args:
        rows: ``timelines``.
        wanted: what was asked for.
        more: names of annotations that come behind what a ``Row`` holds.
    """
    overdue = F("due_deadline").asc(nulls_last=True)
    order = {
        Sort.CALL: ("urgency", overdue, F("heard_on").asc(), "branch__name"),
        Sort.NAME: ("branch__name",),
        Sort.PROVINCE: ("branch__province", "branch__name"),
        Sort.ACTIVITY: (F("last_activity_on").asc(nulls_first=True), "branch__name"),
        Sort.LATE: ("-late_count", "urgency", "branch__name"),
    }
    if wanted.sort == Sort.LATE:
        rows = rows.annotate(late_count=late_count(today=wanted.today))
    return (
        rows.filter(condition(wanted))
        .order_by(*order[Sort(wanted.sort)], "pk")
        .values_list(
            "branch__slug",
            "branch__name",
            "branch__province",
            "packed",
            "polling_day",
            "due_key",
            "due_target",
            "due_deadline",
            "last_activity_on",
            "created_on",
            F("next_title"),
            "pk",
            "branch__contact_person__person_id",
            *more,
        )
    )


def _without(*, election: Election, known: Sequence[Election]) -> QuerySet[Any, Any]:
    """Return how many branches take part and have no timeline, as one row.

    The same as ``participating_branches``, with those who skip it as a condition: no query more.
    """
    if election.kind == ElectionKind.MERGER:
        voting = Municipality.objects.filter(elections=election)
    else:
        lawful = lawful_polling_day(election, election.polling_day)
        voting = Municipality.objects.filter(
            code__in=[fact.code for fact in voting_in_regular_election(polling_day=lawful)]
        ).exclude(
            elections__in=[
                row
                for row in known
                if row.kind == ElectionKind.MERGER
                and row.merger_on is not None
                and not takes_part(regular_year=lawful.year, merger_year=row.merger_on.year)
            ]
        )
    started = Timeline.objects.filter(election=election, branch=OuterRef("pk"))
    return (
        Branch.objects.active()
        .filter(~Exists(started), municipalities__in=voting)
        .order_by()
        .values(one=Value(1))
        .annotate(n=Count("pk", distinct=True))
        .values("n")
    )
