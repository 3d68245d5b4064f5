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


def participating_branches(election: Election) -> BranchQuerySet:
    """Return the branches over at least one municipality that votes in this election."""
    if election.kind == ElectionKind.MERGER:
        codes = list(election.municipalities.values_list("code", flat=True))
    else:
        # By the day that the rule gives: a vote that was put off to April is still that election.
        lawful = lawful_polling_day(election, election.polling_day)
        codes = [fact.code for fact in voting_in_regular_election(polling_day=lawful)]
    return Branch.objects.active().filter(municipalities__code__in=codes).distinct()


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
