"""The top tens of all branches: which were agreed, which are alive, which are stuck (R59).

Set-based: a page asks the same number of questions for three branches and for ten thousand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, F, Max, Q, QuerySet, Value, When

from evaluation.enums_ten import PledgeStatus
from evaluation.models import Pledge, TopTen
from evaluation.models.ten import PledgeQuerySet
from evaluation.rules.attention import SILENT_AFTER
from evaluation.rules.pledge import TEN
from monitor.enums import TenState
from process.enums import ElectionKind
from process.models import Election, Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which top tens somebody asked for; empty means all."""

    state: str = ""
    name: str = ""
    stuck: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Numbers over all branches of one election.

    Attributes:
        branches: on their way to it.
        states: ``TenState`` → how many branches.
        stuck: branches with something stuck.
        public: branches that show their ten to everybody.
        pledges: ``PledgeStatus`` → how many of the pledges that were agreed.
    """

    branches: int
    states: Mapping[str, int]
    stuck: int
    public: int
    pledges: Mapping[str, int]

    @property
    def agreed(self) -> int:
        """Branches that agreed their ten."""
        return sum(
            self.states[state] for state in (TenState.AGREED, TenState.ALIVE, TenState.SILENT)
        )

    @property
    def of_pledges(self) -> int:
        """Pledges that were agreed."""
        return sum(self.pledges.values())


def current_election(known: list[Election], *, today: date) -> Election | None:
    """Return the election whose ten is worked on: the last that has been; else the next one.

    An election after a merger concerns a few branches, so it comes second to a regular one.
    """
    been = [row for row in reversed(known) if row.polling_day <= today and _has_tens(row)]
    ahead = [row for row in known if row.polling_day > today]
    for rows in (been, ahead):
        regular = [row for row in rows if row.kind == ElectionKind.REGULAR]
        if regular or rows:
            return (regular or rows)[0]
    return None


def _has_tens(election: Election) -> bool:
    return bool(getattr(election, "has_tens", False))


def elections() -> list[Election]:
    """Return the elections that branches are on their way to, by day, each with ``has_tens``."""
    tens = Count("timelines__top_ten")
    return list(
        Election.objects.filter(timelines__isnull=False)
        .annotate(has_tens=tens)
        .order_by("polling_day", "pk")
    )


def standing(*, election: Election, today: date) -> QuerySet[Any, Any]:
    """Return the timelines of an election with what there is to see of their top tens.

    Each has ``ten_state``, ``chosen`` (how many of ten), ``heard_on``, ``stuck``, ``ended`` and
    ``shown`` (since when everybody sees it).
    """
    chosen = Q(top_ten__pledges__rank__isnull=False)
    status = "top_ten__pledges__status"
    ended = [PledgeStatus.DONE, PledgeStatus.PARTLY, PledgeStatus.GIVEN_UP]
    rows = Timeline.objects.filter(election=election, branch__closed_on=None).annotate(
        chosen=Count("top_ten__pledges", filter=chosen),
        stuck=Count("top_ten__pledges", filter=chosen & Q(**{status: PledgeStatus.STUCK})),
        ended=Count("top_ten__pledges", filter=chosen & Q(**{f"{status}__in": ended})),
        heard_on=Max("top_ten__pledges__heard_on", filter=chosen),
        shown=F("top_ten__public_since"),
    )
    agreed = Q(top_ten__agreed_on__isnull=False)
    # Before half a year has passed nobody can be silent for so long.
    since = today - SILENT_AFTER
    young = Q(polling_day__gt=since)
    return rows.annotate(
        ten_state=Case(
            When(Q(top_ten=None), then=Value(TenState.NONE.value)),
            When(~agreed, then=Value(TenState.CHOOSING.value)),
            When(agreed & Q(polling_day__gt=today), then=Value(TenState.AGREED.value)),
            When(Q(ended=TEN), then=Value(TenState.ALIVE.value)),
            When(Q(heard_on__gt=since), then=Value(TenState.ALIVE.value)),
            When(young, then=Value(TenState.AGREED.value)),
            default=Value(TenState.SILENT.value),
            output_field=CharField(),
        )
    )


def state_of(row: Timeline) -> TenState:
    """Return the state of a timeline that ``standing`` returned."""
    return TenState(getattr(row, "ten_state", TenState.NONE))


def asked(rows: QuerySet[Any, Any], wanted: Wanted) -> QuerySet[Any, Any]:
    """Return those that were asked for: what is stuck, what is silent longest, then the others."""
    if wanted.state:
        rows = rows.filter(ten_state=wanted.state)
    if wanted.name:
        rows = rows.filter(branch__name__icontains=wanted.name)
    if wanted.stuck:
        rows = rows.filter(stuck__gt=0)
    return rows.select_related("branch", "top_ten").order_by(
        "-stuck", F("heard_on").asc(nulls_last=True), "-chosen", "branch__name", "pk"
    )


def numbers(*, election: Election, today: date) -> Numbers:
    """Return the numbers over all branches of an election: two questions."""
    states = dict.fromkeys(TenState.values, 0)
    stuck = public = branches = 0
    for state, n_stuck, shown in standing(election=election, today=today).values_list(
        "ten_state", "stuck", "shown"
    ):
        branches += 1
        states[state] += 1
        stuck += n_stuck > 0
        public += shown is not None
    counted = agreed_pledges(election=election).order_by().values("status").annotate(n=Count("pk"))
    pledges = dict.fromkeys(PledgeStatus.values, 0) | {row["status"]: row["n"] for row in counted}
    return Numbers(branches=branches, states=states, stuck=stuck, public=public, pledges=pledges)


def agreed_pledges(*, election: Election) -> PledgeQuerySet:
    """Return the pledges of an election that a members' meeting agreed, in all branches."""
    return Pledge.objects.chosen().filter(
        top_ten__timeline__election=election,
        top_ten__agreed_on__isnull=False,
        top_ten__branch__closed_on=None,
    )


def statuses_of(rows: list[Timeline]) -> dict[int, list[str]]:
    """Return timeline → the statuses of its ten, in order; one question."""
    found: dict[int, list[str]] = {row.pk: [] for row in rows}
    pledges = (
        Pledge.objects.chosen()
        .filter(top_ten__in=TopTen.objects.filter(timeline__in=found, agreed_on__isnull=False))
        .values_list("top_ten__timeline", "status")
    )
    for timeline, status in pledges:
        found[timeline].append(status)
    return found
