"""Elections with how far they were rolled out, and the days that branches have now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from branches.models import Branch
from process.enums import ElectionKind, MilestoneStatus, RollOutState
from process.models import Election, Milestone, RollOut, Timeline
from process.queries.roll_out import voting_codes


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionLine:
    """One election in the list; counts in branches."""

    election: Election
    taking_part: int
    with_timeline: int
    under_way: RollOut | None

    @property
    def missing(self) -> int:
        """Branches that take part and have no timeline."""
        return max(0, self.taking_part - self.with_timeline)


def election_lines() -> list[ElectionLine]:
    """Return all elections, the latest first: five queries, whatever their number."""
    elections = list(
        Election.objects.prefetch_related("municipalities").order_by("-polling_day", "slug")
    )
    branches = _branches_by_municipality()
    mergers = [row for row in elections if row.kind == ElectionKind.MERGER]
    with_timeline = dict(
        Timeline.objects.filter(branch__closed_on=None)
        .order_by()
        .values_list("election")
        .annotate(n=Count("pk"))
    )
    under_way = {row.election_id: row for row in roll_outs_under_way()}
    return [
        ElectionLine(
            election=election,
            taking_part=len(
                set().union(
                    *(branches.get(code, ()) for code in voting_codes(election, mergers=mergers))
                )
            ),
            with_timeline=with_timeline.get(election.pk, 0),
            under_way=under_way.get(election.pk),
        )
        for election in elections
    ]


def roll_outs_under_way() -> Iterable[RollOut]:
    """Return the roll-outs that have not finished."""
    return RollOut.objects.filter(state__in=(RollOutState.WAITING, RollOutState.RUNNING))


def usual_days(election: Election) -> dict[str, date]:
    """Return milestone key → the day that most of its open milestones stand on now: one query."""
    found = (
        Milestone.objects.filter(
            timeline__election=election,
            timeline__branch__closed_on=None,
            status__in=(MilestoneStatus.PLANNED, MilestoneStatus.STARTED),
        )
        .order_by()
        .values_list("key", "target")
        .annotate(n=Count("pk"))
        .order_by("n", "-target")
    )
    return {key: target for key, target, _n in found}


def _branches_by_municipality() -> dict[str, set[int]]:
    pairs = (
        Branch.objects.active()
        .exclude(municipalities=None)
        .order_by()
        .values_list("municipalities__code", "pk")
    )
    found: dict[str, set[int]] = {}
    for code, pk in pairs:
        found.setdefault(code, set()).add(pk)
    return found
