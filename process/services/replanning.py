"""Polling day or the template's windows changed: what moves, what a branch keeps, what is done.

Set-based: one statement per milestone and region, whatever the number of branches. What is done is
never touched; what a branch set by hand keeps its day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, F, QuerySet, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from branches import audit
from branches.enums import SchoolRegion
from branches.models import Branch, User
from core.dates import day_words
from process.enums import OPEN_STATUSES, OWN_DAYS, ElectionKind
from process.errors import Refused
from process.models import Election, Milestone, TemplateVersion, Timeline
from process.queries.roll_out import Planner, with_municipalities
from process.queries.timetables import statutory_timetable
from process.rules import timetable as law
from process.rules.planning import PlannedDays
from process.services import pulse
from process.services.elections import election_name

CHUNK = 500


@dataclass(slots=True, kw_only=True)
class ReplanRow:
    """What a change does to one milestone over all branches; days are those of region Midden."""

    key: str
    title: str
    old: date
    new: date
    moves: int = 0
    stays: int = 0
    by_hand: int = 0
    done: int = 0


def check_polling_day(*, election: Election, day: date | None) -> None:
    """Refuse a polling day that cannot be.

    Raises:
        Refused: no day, the same day, no timetable follows from it, or a branch has agreed its top
            ten on or after it.
    """
    if day is None or day == election.polling_day:
        raise Refused(_("Fill in the new polling day."))
    wrong = _("The law gives no timetable for %(day)s. Check the day and the merger date.") % {
        "day": day_words(day)
    }
    if election.kind == ElectionKind.REGULAR and day.year != election.polling_day.year:
        raise Refused(wrong)
    try:
        statutory_timetable(election=election, polling_day=day)
    except (law.UnknownElection, law.InvalidOverride) as error:
        raise Refused(wrong) from error
    agreed = election.timelines.filter(top_ten_agreed_on__gte=day, branch__closed_on=None)
    if agreed.exists():
        raise Refused(
            _("A branch agreed its top ten on or after %(day)s. Polling day cannot move before it.")
            % {"day": day_words(day)}
        )


def preview(
    *, election: Election, template: TemplateVersion, polling_day: date | None = None
) -> list[ReplanRow]:
    """Return what would change, a row a milestone in template order; a constant number of queries.

    Branches with exceptions of their own are counted with their region here; ``replan`` plans each
    of them apart.
    """
    planner = Planner(election=election, template=template, polling_day=polling_day)
    typical = planner.days_in(SchoolRegion.MIDDLE)
    before = Planner(election=election, template=_template_now(election, template))
    old = before.days_in(SchoolRegion.MIDDLE)
    rows = {
        definition.key: ReplanRow(
            key=definition.key,
            title=definition.title,
            old=old[definition.key].target
            if definition.key in old
            else typical[definition.key].target,
            new=typical[definition.key].target,
        )
        for definition in planner.definitions
    }
    groups = (
        Milestone.objects.filter(timeline__election=election, timeline__branch__closed_on=None)
        .order_by()
        .values(
            "key",
            "status",
            "target_origin",
            "target",
            "window_end",
            "timeline__branch__school_region",
        )
        .annotate(n=Count("pk"))
    )
    for group in groups:
        row = rows.get(group["key"])
        if row is None:
            continue
        days = planner.days_in(group["timeline__branch__school_region"])[group["key"]]
        if group["status"] not in OPEN_STATUSES:
            row.done += group["n"]
        elif group["target_origin"] in OWN_DAYS:
            row.by_hand += group["n"]
        elif (group["target"], group["window_end"]) != (days.target, days.window_end):
            row.moves += group["n"]
        else:
            row.stays += group["n"]
    return list(rows.values())


@transaction.atomic
def replan(
    *,
    election: Election,
    template: TemplateVersion,
    polling_day: date | None,
    by: User | None,
    today: date,
) -> dict[str, int]:
    """Give all timelines of an election the days of a (new) template and a (new) polling day.

    Those of branches that merged or ended stay as they were left: they are history.

    Returns:
        ``{"replanned": …}`` in branches.

    Raises:
        Refused: see ``check_polling_day``.
    """
    if polling_day is not None:
        check_polling_day(election=election, day=polling_day)
        _move(election, polling_day)
    planner = Planner(election=election, template=template, polling_day=polling_day)
    timelines = Timeline.objects.filter(election=election, branch__closed_on=None)
    branches = bring_in_step(planner, timelines)
    audit.record_many(
        audit.entry(
            verb="timeline.replanned",
            by=by,
            branch=branch,
            today=today,
            election=election.name,
        )
        for branch in branches
    )
    return {"replanned": len(branches)}


def bring_in_step(planner: Planner, timelines: QuerySet[Timeline]) -> list[Branch]:
    """Give timelines of one election the planner's days, inside the caller's transaction.

    Args:
        planner: for that election.
        timelines: of different branches; a question that these days do not change.

    Returns:
        Whose they are.
    """
    timelines.update(template=planner.template, polling_day=planner.day, revision=F("revision") + 1)
    branches = list(
        with_municipalities(Branch.objects.filter(timelines__in=timelines).order_by("pk"))
    )
    special = [branch for branch in branches if planner.is_special(branch)]
    milestones = Milestone.objects.filter(timeline__in=timelines)
    for region in SchoolRegion.values:
        of_region = milestones.filter(timeline__branch__school_region=region)
        _set_days(planner, of_region.exclude(timeline__branch__in=special), planner.days_in(region))
    for branch in special:
        _set_days(planner, milestones.filter(timeline__branch=branch), planner.days_of(branch))
    _refresh_all(timelines)
    return branches


def _move(election: Election, day: date) -> None:
    # A name that tells the day follows it; one that people chose stays.
    before = election_name(kind=election.kind, polling_day=election.polling_day)
    name = election.name
    if name == before:
        name = election_name(kind=election.kind, polling_day=day)
    Election.objects.filter(pk=election.pk).update(
        polling_day=day, name=name, revision=F("revision") + 1
    )
    election.refresh_from_db()


def _template_now(election: Election, fallback: TemplateVersion) -> TemplateVersion:
    living = election.timelines.filter(branch__closed_on=None)
    timeline = living.select_related("template").first()
    return timeline.template if timeline else fallback


def _set_days(
    planner: Planner, milestones: QuerySet[Milestone], days: dict[str, PlannedDays]
) -> None:
    for definition in planner.definitions:
        new = days[definition.key]
        rows = milestones.filter(key=definition.key, status__in=OPEN_STATUSES)
        rows.exclude(target_origin__in=OWN_DAYS).update(
            definition=definition,
            window_start=new.window_start,
            window_end=new.window_end,
            target=new.target,
            deadline=max(new.window_end, new.target),
            shift_reason=new.shift_reason,
            revision=F("revision") + 1,
        )
        rows.filter(target_origin__in=OWN_DAYS).update(
            definition=definition,
            window_start=new.window_start,
            window_end=new.window_end,
            deadline=Greatest(F("target"), Value(new.window_end)),
            revision=F("revision") + 1,
        )


def _refresh_all(timelines: QuerySet[Timeline]) -> None:
    pks = list(timelines.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(pks), CHUNK):
        rows = {row.pk: row for row in Timeline.objects.filter(pk__in=pks[first : first + CHUNK])}
        own: dict[int, list[Milestone]] = {pk: [] for pk in rows}
        for milestone in _light(rows):
            own[milestone.timeline_id].append(milestone)
        for pk, row in rows.items():
            pulse.apply(row, own[pk])
        Timeline.objects.bulk_update(rows.values(), pulse.COLUMNS)


def _light(timelines: Iterable[int]) -> QuerySet[Milestone]:
    return Milestone.objects.filter(timeline__in=list(timelines)).order_by("timeline", "position")
