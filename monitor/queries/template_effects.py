"""What a draft of the template would do to the branches that are under way to an election.

Set-based: one grouped question over all milestones, and at most two small ones for each milestone
that changes, whatever the number of branches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet

from branches.enums import SchoolRegion
from branches.models import Branch
from monitor.queries.elections import usual_days
from process.enums import OPEN_STATUSES, OWN_DAYS
from process.models import (
    Election,
    Milestone,
    PartRecord,
    TemplateMilestone,
    TemplateVersion,
    Timeline,
)
from process.queries.roll_out import Planner
from process.rules.planning import PlannedDays

FEW: Final = 5
"""Branches that are named for a milestone."""

_TEXTS: Final = ("title_nl", "title_en", "why_nl", "why_en", "how_nl", "how_en")
_ROLES: Final = ("owner_role", "second_role")
_OWN: Final = Q(target_origin__in=OWN_DAYS)
# Like ``process.services.replanning``: those that merged or ended stay as they were left.
_UNDER_WAY: Final = Q(timeline__branch__closed_on=None)


@dataclass(slots=True, kw_only=True)
class Effect:
    """What happens to one milestone; numbers are branches, days are those of region Midden.

    Attributes:
        definition: as the draft has it.
        old: the day that most branches have now.
        new: the usual day that the draft gives.
        moves: gets another day or deadline.
        stays: has these days already.
        by_hand: set its own day, and keeps it.
        done: is done or dropped, and stays as it is.
        late: is open and in time now, and would be late at once.
        late_branches: the first few of those.
        own_branches: the first few that keep their own day, where the days change.
        texts: whether it is said or explained otherwise.
        roles: whether somebody else sees to it.
        added: parts that are asked for beside those of now.
        removed: parts that are asked for no longer.
        renamed: parts that are called otherwise.
        recorded: how many branches that have it before them noted a part that goes.
    """

    definition: TemplateMilestone
    old: date
    new: date
    moves: int = 0
    stays: int = 0
    by_hand: int = 0
    done: int = 0
    late: int = 0
    late_branches: Sequence[Branch] = ()
    own_branches: Sequence[Branch] = ()
    texts: bool = False
    roles: bool = False
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)
    recorded: int = 0

    @property
    def open(self) -> int:
        """How many branches still have it before them."""
        return self.moves + self.stays + self.by_hand

    @property
    def days_change(self) -> bool:
        """Tell whether any branch gets other days."""
        return bool(self.moves)

    @property
    def changes(self) -> bool:
        """Tell whether anything about it is different."""
        said = self.texts or self.roles or self.added or self.removed or self.renamed
        return bool(self.moves or self.late or said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """What a draft does to the branches of one election.

    Attributes:
        election: which one.
        before: the version that its timelines follow; ``None`` without timelines.
        timelines: how many branches are under way.
        effects: one for each milestone, in the order of the template.
    """

    election: Election
    before: TemplateVersion | None
    timelines: int
    effects: Sequence[Effect]

    @property
    def changed(self) -> list[Effect]:
        """Those about which something is different."""
        return [effect for effect in self.effects if effect.changes]

    @property
    def late(self) -> int:
        """How many milestones of branches would be late at once."""
        return sum(effect.late for effect in self.effects)


def elections_under_way(*, today: date) -> list[Election]:
    """Return the elections to which branches have a timeline: the coming one first.

    After it the later ones, then those that are over, the latest first.
    """
    ids = Timeline.objects.order_by().values("election").distinct()
    rows = list(Election.objects.filter(pk__in=ids).order_by("polling_day", "slug"))
    coming = [row for row in rows if row.polling_day >= today]
    return coming + [row for row in reversed(rows) if row.polling_day < today]


def effects_of(*, draft: TemplateVersion, election: Election, today: date) -> Effects:
    """Return what bringing an election's timelines up to a draft would do.

    Branches with exceptions of their own are counted with their region, as in the preview of a
    roll-out.

    Args:
        draft: any version.
        election: whose timelines.
        today: what has to be done before it is late.
    """
    timelines = election.timelines.filter(branch__closed_on=None).select_related("template")
    first = timelines.first()
    before = first.template if first else None
    planner = Planner(election=election, template=draft)
    middle, usual = planner.days_in(SchoolRegion.MIDDLE), usual_days(election)
    effects = {
        row.key: Effect(
            definition=row,
            old=usual.get(row.key, middle[row.key].target),
            new=middle[row.key].target,
        )
        for row in planner.definitions
    }
    _count(effects, planner, election, today)
    if before is not None:
        _compare(effects, before, draft, election)
    for effect in effects.values():
        if effect.late:
            effect.late_branches = _late(effect, planner, election, today)
        if effect.days_change and effect.by_hand:
            effect.own_branches = _first(
                _milestones(election, effect).filter(_OWN, status__in=OPEN_STATUSES)
            )
    return Effects(
        election=election,
        before=before,
        timelines=timelines.count(),
        effects=list(effects.values()),
    )


def _count(effects: dict[str, Effect], planner: Planner, election: Election, today: date) -> None:
    groups: Any = (
        Milestone.objects.filter(_UNDER_WAY, timeline__election=election)
        .order_by()
        .values(
            "key",
            "status",
            "target_origin",
            "target",
            "window_end",
            "deadline",
            region=F("timeline__branch__school_region"),
        )
        .annotate(n=Count("pk"))
    )
    for group in groups:
        effect = effects.get(group["key"])
        if effect is None:
            continue
        days: PlannedDays = planner.days_in(group["region"])[group["key"]]
        is_own = group["target_origin"] in OWN_DAYS
        if group["status"] not in OPEN_STATUSES:
            effect.done += group["n"]
            continue
        if is_own:
            effect.by_hand += group["n"]
        elif (group["target"], group["window_end"]) != (days.target, days.window_end):
            effect.moves += group["n"]
        else:
            effect.stays += group["n"]
        target = group["target"] if is_own else days.target
        if max(days.window_end, target) < today <= group["deadline"]:
            effect.late += group["n"]


def _compare(
    effects: dict[str, Effect], before: TemplateVersion, draft: TemplateVersion, election: Election
) -> None:
    """Note what is said, asked and led otherwise than in the version that is followed now."""
    old = {row.key: row for row in before.milestones.prefetch_related("parts")}
    new = {row.key: row for row in draft.milestones.prefetch_related("parts")}
    for key, effect in effects.items():
        if key not in old:
            continue
        effect.texts = _differ(old[key], new[key], _TEXTS)
        effect.roles = _differ(old[key], new[key], _ROLES)
        parts = {part.key: part for part in old[key].parts.all()}
        later = {part.key: part for part in new[key].parts.all()}
        effect.added = [part.label for name, part in later.items() if name not in parts]
        effect.renamed = [
            part.label
            for name, part in later.items()
            if name in parts and parts[name].labels != part.labels
        ]
        gone = [name for name in parts if name not in later]
        effect.removed = [parts[name].label for name in gone]
        if gone:
            effect.recorded = (
                PartRecord.objects.filter(
                    milestone__in=_milestones(election, effect).filter(status__in=OPEN_STATUSES),
                    part_key__in=gone,
                )
                .values("milestone")
                .distinct()
                .count()
            )


def _differ(one: TemplateMilestone, other: TemplateMilestone, names: Sequence[str]) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in names)


def _milestones(election: Election, effect: Effect) -> QuerySet[Milestone]:
    return Milestone.objects.filter(
        _UNDER_WAY, timeline__election=election, key=effect.definition.key
    )


def _late(effect: Effect, planner: Planner, election: Election, today: date) -> list[Branch]:
    """Return the first few branches for which it would be late at once."""
    key = effect.definition.key
    days = {region: planner.days_in(region)[key] for region in SchoolRegion.values}
    closed = [region for region, one in days.items() if one.window_end < today]
    over = [region for region in closed if days[region].target < today]
    region = "timeline__branch__school_region__in"
    return _first(
        _milestones(election, effect).filter(
            _OWN & Q(target__lt=today, **{region: closed}) | ~_OWN & Q(**{region: over}),
            status__in=OPEN_STATUSES,
            deadline__gte=today,
        )
    )


def _first(milestones: QuerySet[Milestone]) -> list[Branch]:
    rows = milestones.select_related("timeline__branch").order_by("timeline__branch__name", "pk")
    return [row.timeline.branch for row in rows[:FEW]]
