"""Which branches take part in an election, and their days: computed per region, not per branch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from branches.facts.tables import voting_in_regular_election
from branches.models import Branch
from branches.models.branch import BranchQuerySet
from process.enums import ElectionKind
from process.models import Election, TemplateMilestone, TemplateVersion
from process.queries.timetables import (
    lawful_polling_day,
    municipal_overrides,
    statutory_timetable,
)
from process.rules.planning import PlannedDays, plan
from process.rules.restdays import rest_days
from process.rules.timetable import takes_part


def participating_branches(
    election: Election, *, mergers: Iterable[Election] | None = None
) -> BranchQuerySet:
    """Return the branches over at least one municipality that votes in this election.

    Args:
        election: which one.
        mergers: as ``recorded_mergers`` gives them, where the caller has them already.
    """
    codes = voting_codes(election, mergers=recorded_mergers() if mergers is None else mergers)
    return Branch.objects.active().filter(municipalities__code__in=codes).distinct()


def recorded_mergers() -> list[Election]:
    """Return the elections before a merger, each with its municipalities: two queries."""
    rows = Election.objects.filter(kind=ElectionKind.MERGER)
    return list(rows.prefetch_related("municipalities"))


def voting_codes(election: Election, *, mergers: Iterable[Election]) -> set[str]:
    """Return the CBS codes of the municipalities that vote in an election.

    A municipality that merges skips regular elections (Wet arhi 55, 56). The tables of facts know
    that of mergers in them; a merger that the office recorded counts from that moment, whether or
    not the tables have caught up.

    Args:
        election: which one.
        mergers: as ``recorded_mergers`` gives them; once for many elections.
    """
    if election.kind == ElectionKind.MERGER:
        return {row.code for row in election.municipalities.all()}
    # By the day that the rule gives: a vote that was put off to April is still that election.
    lawful = lawful_polling_day(election, election.polling_day)
    codes = {fact.code for fact in voting_in_regular_election(polling_day=lawful)}
    for merger in mergers:
        if merger.merger_on is not None and not takes_part(
            regular_year=lawful.year, merger_year=merger.merger_on.year
        ):
            codes -= {row.code for row in merger.municipalities.all()}
    return codes


@dataclass
class Planner:
    """Plans the days of many branches; those of one region without exceptions share a plan.

    Args:
        election: for its exceptions and merger date.
        template: whose milestones are planned.
        polling_day: instead of the stored one (for the preview of a move).
    """

    election: Election
    template: TemplateVersion
    polling_day: date | None = None
    definitions: list[TemplateMilestone] = field(init=False)

    def __post_init__(self) -> None:
        """Read the template's milestones and the stored exceptions: two queries."""
        self.definitions = list(self.template.milestones.order_by("position"))
        self._rows = list(self.election.overrides.all())
        self._own = {row.branch_id for row in self._rows if row.branch_id is not None}
        self._plans: dict[tuple[str, int | None], dict[str, PlannedDays]] = {}

    @property
    def day(self) -> date:
        """The polling day that is planned from."""
        return self.polling_day or self.election.polling_day

    def is_special(self, branch: Branch) -> bool:
        """Tell whether this branch has exceptions of its own (municipalities are prefetched)."""
        lawful = lawful_polling_day(self.election, self.day)
        return branch.pk in self._own or bool(municipal_overrides(branch, lawful))

    def days_of(self, branch: Branch) -> dict[str, PlannedDays]:
        """Return milestone key → days for one branch."""
        return self._days(branch.school_region, branch if self.is_special(branch) else None)

    def days_in(self, school_region: str) -> dict[str, PlannedDays]:
        """Return milestone key → days for the branches of a region without exceptions."""
        return self._days(school_region, None)

    def _days(self, region: str, branch: Branch | None) -> dict[str, PlannedDays]:
        key = (region, branch.pk if branch else None)
        if key not in self._plans:
            timetable = statutory_timetable(
                election=self.election,
                branch=branch,
                polling_day=self.polling_day,
                rows=self._rows,
            )
            years = tuple(range(self.day.year - 3, self.day.year + 5))
            self._plans[key] = plan(
                definitions=self.definitions,
                polling_day=self.day,
                statutory={item.key.value: item.date for item in timetable},
                rest=rest_days(school_region=region, years=years),
            )
        return self._plans[key]


def with_municipalities(branches: BranchQuerySet) -> Iterable[Branch]:
    """Return branches with their municipalities: two queries."""
    return branches.prefetch_related("municipalities")
