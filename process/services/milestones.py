"""What people do with one milestone: parts, note, owner, done, reopened, dropped, restored."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.concurrency import Stale, claim_revision
from process.errors import OrderViolated, PartsMissing, Refused
from process.models import Decision, Milestone, PartRecord, TemplatePart, Timeline
from process.queries.pages import part_mark
from process.queries.timelines import happened
from process.rules import order
from process.rules.transitions import Action, Status, TransitionRefused, transition
from process.services import pulse


@transaction.atomic
def record_part(
    *,
    milestone: Milestone,
    part_key: str,
    by: User,
    today: date,
    note: str = "",
    link: str = "",
    decision: Decision | None = None,
    seen: str | None = None,
) -> PartRecord:
    """Record that a part is there, or change its note and link.

    Args:
        milestone: whose part it is.
        part_key: which part.
        by: who says so.
        today: the day of saying it.
        note: what others should know.
        link: where it can be found.
        decision: the one that meets the part, if only a decision can.
        seen: ``process.queries.pages.part_mark`` of the record that the form was opened with.

    Raises:
        Refused: no such part, or one that only a decision can meet.
        Stale: somebody else changed its note or link meanwhile.
    """
    part = _part(milestone, part_key)
    if part.decision_kind and decision is None:
        raise Refused(_("This part is met by recording the decision of the members’ meeting."))
    _must_be_open(milestone)
    if seen is not None:
        _claim_part(milestone, part_key, seen=seen, note=note, link=link)
    row, created = PartRecord.objects.update_or_create(
        milestone=milestone,
        part_key=part_key,
        defaults={
            "note": note,
            "link": link,
            "decision": decision,
            "recorded_by": by,
            "recorded_on": today,
        },
    )
    if milestone.status == Status.PLANNED:
        _set_status(milestone, Action.START)
    audit.record(
        verb="part.recorded" if created else "part.changed",
        by=by,
        branch=milestone.timeline.branch,
        today=today,
        subject=milestone,
        part=part.labels,
        milestone=milestone.definition.titles,
    )
    pulse.refresh(timeline=milestone.timeline, today=today)
    return row


@transaction.atomic
def remove_part(*, milestone: Milestone, part_key: str, by: User, today: date) -> None:
    """Take back that a part is there.

    Raises:
        Refused: the milestone is closed, or a decision stands behind the part.
    """
    part = _part(milestone, part_key)
    _must_be_open(milestone)
    if part.decision_kind:
        raise Refused(_("A decision stays. If another one was taken, replace the decision."))
    deleted, _per_table = PartRecord.objects.filter(milestone=milestone, part_key=part_key).delete()
    if deleted:
        audit.record(
            verb="part.removed",
            by=by,
            branch=milestone.timeline.branch,
            today=today,
            subject=milestone,
            part=part.labels,
            milestone=milestone.definition.titles,
        )
        pulse.refresh(timeline=milestone.timeline, today=today)


@transaction.atomic
def meet_by_decision(*, timeline: Timeline, decision: Decision, by: User, today: date) -> None:
    """Let a decision meet the parts that ask for its kind; finish the milestone if all are there.

    A superseding decision takes the place of the one before it, also in a finished milestone.
    """
    rows = timeline.milestones.select_related("definition", "timeline__branch").filter(
        definition__parts__decision_kind=decision.kind
    )
    for milestone in rows.distinct():
        parts = milestone.definition.parts.filter(decision_kind=decision.kind)
        for part in parts:
            PartRecord.objects.update_or_create(
                milestone=milestone,
                part_key=part.key,
                defaults={"decision": decision, "recorded_by": by, "recorded_on": today},
            )
        if milestone.status == Status.DONE:
            days, _dropped = happened(timeline)
            _save(milestone, done_on=days.get(milestone.key, decision.decided_on))
        elif not missing_parts(milestone):
            days, _dropped = happened(timeline)
            _finish(milestone, by=by, today=today, day=days.get(milestone.key, decision.decided_on))
        elif milestone.status == Status.PLANNED:
            _set_status(milestone, Action.START)
    pulse.refresh(timeline=timeline, today=today)


@transaction.atomic
def finish(
    *, milestone: Milestone, by: User, today: date, revision: int, day: date | None = None
) -> None:
    """Mark a milestone done.

    Args:
        milestone: which one.
        by: who says so.
        today: the day of saying it.
        revision: the one that the form was opened with.
        day: when it was done, today if not given; not in the future.

    Raises:
        PartsMissing: a compulsory part is not recorded.
        OrderViolated: something that must come first has not, or came later.
        Stale: somebody else changed the milestone meanwhile.
        Refused: it is not open, fixed by law, or the day lies in the future.
    """
    claim_revision(milestone, expected=revision, yours={"status": Status.DONE.value})
    done_on = day or today
    if milestone.is_statutory:
        raise Refused(_("This day is fixed by law: it comes by itself."))
    if done_on > today:
        raise Refused(_("A day in the future cannot be done yet. Fill in today or earlier."))
    if missing := missing_parts(milestone):
        raise PartsMissing(part.label for part in missing)
    days, _dropped = happened(milestone.timeline)
    if milestone.key in days and milestone.definition.parts.exclude(decision_kind="").exists():
        # The members' meeting fixed the day.
        done_on = days[milestone.key]
    _finish(milestone, by=by, today=today, day=done_on)
    pulse.refresh(timeline=milestone.timeline, today=today)


@transaction.atomic
def reopen(*, milestone: Milestone, by: User, today: date, reason: str, revision: int) -> None:
    """Open a done milestone again, with a reason.

    Raises:
        Refused: a decision of the meeting stands behind it; it is superseded instead.
        OrderViolated: something that waited for it is done already.
        Stale: somebody else changed the milestone meanwhile.
    """
    claim_revision(milestone, expected=revision, yours={"status": Status.STARTED.value})
    _reason_given(reason)
    if PartRecord.objects.filter(milestone=milestone).exclude(decision=None).exists():
        raise Refused(_("A decision stays. If another one was taken, replace the decision."))
    _not_followed(milestone)
    _set_status(milestone, Action.REOPEN, done_on=None, done_by=None)
    _record(milestone, "milestone.reopened", by=by, today=today, reason=reason)


@transaction.atomic
def drop(*, milestone: Milestone, by: User, today: date, reason: str, revision: int) -> None:
    """Say that a milestone does not apply to this branch, with a reason.

    Raises:
        Refused: it is one that every branch needs, or the law fixes it.
        Stale: somebody else changed the milestone meanwhile.
    """
    claim_revision(milestone, expected=revision, yours={"status": Status.DROPPED.value})
    _reason_given(reason)
    if milestone.is_statutory or milestone.key in order.NEVER_DROPPED:
        raise Refused(_("Every branch needs this step: it cannot be left out."))
    _set_status(milestone, Action.DROP, dropped_reason=reason)
    _record(milestone, "milestone.dropped", by=by, today=today, reason=reason)


@transaction.atomic
def restore(*, milestone: Milestone, by: User, today: date, revision: int) -> None:
    """Take back that a milestone does not apply.

    Raises:
        OrderViolated: something that would wait for it is done already.
        Stale: somebody else changed the milestone meanwhile.
    """
    claim_revision(milestone, expected=revision, yours={"status": Status.PLANNED.value})
    _not_followed(milestone)
    _set_status(milestone, Action.RESTORE, dropped_reason="")
    _record(milestone, "milestone.restored", by=by, today=today)


@transaction.atomic
def describe(
    *, milestone: Milestone, by: User, today: date, note: str, owner: User | None, revision: int
) -> None:
    """Set the note and the owner.

    Raises:
        Stale: somebody else changed the milestone meanwhile; both texts are in it.
    """
    claim_revision(milestone, expected=revision, yours={"note": note, "owner": owner})
    _save(milestone, note=note, **_given(milestone, owner=owner, by=by, today=today))
    _record(
        milestone,
        "milestone.described",
        by=by,
        today=today,
        owner=str(owner) if owner else "–",
    )


def missing_parts(milestone: Milestone) -> list[TemplatePart]:
    """Return the parts that must be there and are not: two queries."""
    there = set(milestone.part_records.values_list("part_key", flat=True))
    return [part for part in milestone.definition.parts.all() if part.key not in there]


def _finish(milestone: Milestone, *, by: User, today: date, day: date) -> None:
    days, dropped = happened(milestone.timeline)
    days.pop(milestone.key, None)
    found = order.problems_of(key=milestone.key, day=day, days=days, dropped=dropped)
    if found:
        raise OrderViolated(found)
    _set_status(milestone, Action.FINISH, done_on=day, done_by=by)
    audit.record(
        verb="milestone.done",
        by=by,
        branch=milestone.timeline.branch,
        today=today,
        subject=milestone,
        milestone=milestone.definition.titles,
        day=day,
    )


def _given(milestone: Milestone, *, owner: User | None, by: User, today: date) -> dict[str, Any]:
    """Return what is stored about an owner: whoever keeps it is not told again."""
    if owner is None:
        return {"owner": None, "owner_since": None, "owner_given_by": None}
    if owner.pk == milestone.owner_id:
        return {"owner": owner}
    return {"owner": owner, "owner_since": today, "owner_given_by": by}


def _not_followed(milestone: Milestone) -> None:
    days, dropped = happened(milestone.timeline)
    days.pop(milestone.key, None)
    found = [
        problem
        for problem in order.problems(days=days, dropped=dropped - {milestone.key})
        if problem.rule.first == milestone.key
    ]
    if found:
        raise OrderViolated(found)


def _part(milestone: Milestone, part_key: str) -> TemplatePart:
    part = milestone.definition.parts.filter(key=part_key).first()
    if part is None:
        raise Refused(_("This part does not belong to this milestone. Open the page again."))
    return part


def _claim_part(milestone: Milestone, part_key: str, *, seen: str, note: str, link: str) -> None:
    rows = PartRecord.objects.select_for_update().filter(milestone=milestone, part_key=part_key)
    row = rows.first()
    if row is not None and part_mark(row) != seen and (row.note, row.link) != (note, link):
        raise Stale(
            current={_("Note"): row.note, _("Link"): row.link},
            yours={_("Note"): note, _("Link"): link},
            revision=milestone.revision,
        )


def _must_be_open(milestone: Milestone) -> None:
    if not milestone.is_open:
        raise Refused(
            _("%(milestone)s is closed. Open it again first.")
            % {"milestone": milestone.definition.title}
        )


def _reason_given(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Say in a few words why: others will read it later."))


def _set_status(milestone: Milestone, action: Action, **changes: Any) -> None:
    try:
        step = transition(status=Status(milestone.status), action=action)
    except TransitionRefused as refused:
        raise Refused(
            _("This cannot be done now: the milestone is %(status)s. Open the page again.")
            % {"status": milestone.get_status_display()}
        ) from refused
    _save(milestone, status=step.to.value, **changes)


def _save(milestone: Milestone, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(milestone, name, value)
    milestone.save(update_fields=list(changes))


def _record(milestone: Milestone, verb: str, *, by: User, today: date, **params: Any) -> None:
    audit.record(
        verb=verb,
        by=by,
        branch=milestone.timeline.branch,
        today=today,
        subject=milestone,
        milestone=milestone.definition.titles,
        **params,
    )
    pulse.refresh(timeline=milestone.timeline, today=today)
