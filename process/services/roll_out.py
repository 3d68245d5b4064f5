"""One act of the national office for all branches: start, moved polling day, new template.

Asked for by a person, carried out by the worker in one transaction, so that nothing is half done
and a repeated run finds its work finished. (Design, flow 1.)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import Branch, User
from branches.models.branch import BranchQuerySet
from jobs.models import Job
from jobs.services import put, put_again
from process.enums import MilestoneStatus, RollOutState, TargetOrigin
from process.errors import Refused
from process.models import Election, Milestone, RollOut, TemplateVersion, Timeline
from process.queries.roll_out import Planner, participating_branches, with_municipalities
from process.rules.planning import PlannedDays
from process.services import following, pulse, replanning, resettling

CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPreview:
    """What a start would do: how many branches get a timeline; days are those of region Midden."""

    new: int
    existing: int
    days: dict[str, PlannedDays]


def preview_start(*, election: Election, template: TemplateVersion) -> StartPreview:
    """Count, and show the days, without writing anything."""
    branches = participating_branches(election)
    existing = branches.filter(timelines__election=election).count()
    planner = Planner(election=election, template=template)
    return StartPreview(
        new=branches.count() - existing, existing=existing, days=planner.days_in("midden")
    )


@transaction.atomic
def request_roll_out(
    *,
    by: User | None,
    today: date,
    now: datetime,
    election: Election,
    template: TemplateVersion,
    kind: RollOut.Kind,
    new_polling_day: date | None = None,
) -> RollOut:
    """Record what is to be rolled out and put the work down for the worker.

    Raises:
        Refused: the template is a draft, the same roll-out is under way already, or the new
            polling day is impossible.
    """
    if template.is_draft:
        raise Refused(_("Publish the template first; a draft is not rolled out."))
    if kind == RollOut.Kind.POLLING_DAY:
        replanning.check_polling_day(election=election, day=new_polling_day)
    _mark_parked(election)
    under_way = election.roll_outs.filter(state__in=(RollOutState.WAITING, RollOutState.RUNNING))
    if under_way.exists():
        raise Refused(_("A roll-out of this election is under way. Wait until it has finished."))
    roll_out = RollOut.objects.create(
        election=election,
        template=template,
        kind=kind,
        new_polling_day=new_polling_day,
        started_by=by,
        started_on=today,
    )
    put(
        "process.roll_out",
        payload={"roll_out_id": roll_out.pk},
        now=now,
        key=_job_key(roll_out.pk),
    )
    audit.record(
        verb="roll_out.requested",
        by=by,
        branch=None,
        today=today,
        subject=roll_out,
        election=election.name,
        kind=kind.value,
    )
    return roll_out


@transaction.atomic
def carry_out(*, roll_out: RollOut, today: date) -> dict[str, Any]:
    """Do what was asked for; return what happened, as stored with the roll-out.

    Called by the worker. A roll-out that has finished is not done again.
    """
    if roll_out.state == RollOutState.DONE:
        return dict(roll_out.result)
    if roll_out.kind == RollOut.Kind.START:
        result = start(
            election=roll_out.election,
            template=roll_out.template,
            by=roll_out.started_by,
            today=today,
        )
    else:
        result = replanning.replan(
            election=roll_out.election,
            template=roll_out.template,
            polling_day=roll_out.new_polling_day,
            by=roll_out.started_by,
            today=today,
        )
    roll_out.state = RollOutState.DONE
    roll_out.result = result
    roll_out.total = roll_out.finished = sum(result.values())
    roll_out.save(update_fields=["state", "result", "total", "finished"])
    return result


@transaction.atomic
def mark_failed(*, roll_out: RollOut, reason: str) -> None:
    """Tell that a roll-out was not carried out, and why; nothing of it was written."""
    roll_out.state = RollOutState.FAILED
    roll_out.result = {"reason": reason}
    roll_out.save(update_fields=["state", "result"])


def _job_key(roll_out_id: int) -> str:
    return f"process.roll_out:{roll_out_id}"


def _mark_parked(election: Election) -> None:
    # A job that was given up must not keep the next roll-out waiting for ever.
    waiting = election.roll_outs.filter(state__in=(RollOutState.WAITING, RollOutState.RUNNING))
    jobs = Job.objects.filter(state=Job.State.PARKED)
    for roll_out in waiting:
        parked = jobs.filter(key=_job_key(roll_out.pk)).first()
        if parked is not None:
            mark_failed(roll_out=roll_out, reason=parked.error)


@transaction.atomic
def start(
    *,
    election: Election,
    template: TemplateVersion,
    by: User | None,
    today: date,
    branches: BranchQuerySet | None = None,
) -> dict[str, int]:
    """Give every participating branch its timeline; those that have one keep it as it is.

    Of an election before a merger: who was on the way to an election in which it no longer votes
    goes on to this one, on the same timeline (``resettling``).

    Args:
        election: whose timelines.
        template: a published version.
        by: who asked for it.
        today: the day of creation.
        branches: other branches than the participating ones (for one late-comer).

    Returns:
        ``{"created": …, "kept": …}`` in branches, with ``"moved"`` where there were such.
    """
    wanted = participating_branches(election) if branches is None else branches
    kept = wanted.filter(timelines__election=election).count()
    planner = Planner(election=election, template=template)
    moved = resettling.come_along(planner=planner, branches=wanted, by=by, today=today)
    created = 0
    missing = with_municipalities(wanted.exclude(timelines__election=election).order_by("pk"))
    for chunk in _chunks(iter(missing)):
        _create(planner, chunk, by=by, today=today)
        created += len(chunk)
    return {"created": created, "kept": kept, **({"moved": moved} if moved else {})}


def _chunks(rows: Iterator[Branch]) -> Iterator[list[Branch]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _create(planner: Planner, branches: list[Branch], *, by: User | None, today: date) -> None:
    timelines = []
    milestones: list[Milestone] = []
    for branch in branches:
        timeline = Timeline(
            branch=branch,
            election=planner.election,
            template=planner.template,
            polling_day=planner.day,
            created_on=today,
        )
        own = _milestones(planner, timeline, planner.days_of(branch))
        pulse.apply(timeline, own)
        timelines.append(timeline)
        milestones += own
    Timeline.objects.bulk_create(timelines)
    for milestone in milestones:
        # The primary keys are known only now.
        milestone.timeline_id = milestone.timeline.pk
    Milestone.objects.bulk_create(milestones, batch_size=2000)
    audit.record_many(
        audit.entry(
            verb="timeline.started",
            by=by,
            branch=timeline.branch,
            today=today,
            subject=timeline,
            election=planner.election.name,
        )
        for timeline in timelines
    )
    following.rolled_out(timelines=timelines, by=by, today=today)


def _milestones(
    planner: Planner, timeline: Timeline, days: dict[str, PlannedDays]
) -> list[Milestone]:
    return [
        Milestone(
            timeline=timeline,
            definition=definition,
            key=definition.key,
            phase=definition.phase,
            position=definition.position,
            status=MilestoneStatus.PLANNED,
            window_start=days[definition.key].window_start,
            window_end=days[definition.key].window_end,
            target=days[definition.key].target,
            deadline=max(days[definition.key].window_end, days[definition.key].target),
            target_origin=TargetOrigin.STATUTORY
            if definition.statutory_key
            else TargetOrigin.TEMPLATE,
            shift_reason=days[definition.key].shift_reason,
        )
        for definition in planner.definitions
    ]


def job_of(roll_out: RollOut) -> Job | None:
    """Return the piece of work that was put down for a roll-out: one query."""
    return Job.objects.filter(key=_job_key(roll_out.pk)).first()


@transaction.atomic
def retry(*, by: User, today: date, now: datetime, roll_out: RollOut) -> None:
    """Put the work down once more after it failed too often; it is done for all or for none.

    Raises:
        Refused: it has finished, or another roll-out of this election is under way.
    """
    row = RollOut.objects.select_for_update(of=("self",)).get(pk=roll_out.pk)
    if row.state == RollOutState.DONE:
        raise Refused(_("This roll-out has finished already."))
    job = job_of(row)
    others = row.election.roll_outs.exclude(pk=row.pk).filter(
        state__in=(RollOutState.WAITING, RollOutState.RUNNING)
    )
    if others.exists() or job is None or not put_again(job_id=job.pk, now=now):
        raise Refused(_("A roll-out of this election is under way. Wait until it has finished."))
    row.state = RollOutState.WAITING
    row.result = {}
    row.save(update_fields=["state", "result"])
    audit.record(
        verb="roll_out.retried",
        by=by,
        branch=None,
        today=today,
        subject=row,
        election=row.election.name,
    )
