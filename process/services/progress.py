"""How far the work of a milestone is, as the room says in which that work is done.

A room above counts ("31 of 48 promises assessed"), or sees which parts are there, and tells it
here; this room never asks. Telling closes nothing: a milestone is done when a person says so
(``process.services.milestones``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from process.enums import OPEN_STATUSES
from process.models import Milestone, PartRecord, TemplatePart, Timeline
from process.rules.transitions import Action, Status, transition
from process.services import pulse

Parts = Mapping[str, Mapping[str, bool]]
"""Milestone → part → whether it is there."""

_NOTHING: dict[str, int | None] = {"progress_done": None, "progress_total": None}
_BEGUN = transition(status=Status.PLANNED, action=Action.START).to


@transaction.atomic
def record_progress(*, timeline: Timeline, key: str, done: int, total: int, today: date) -> None:
    """Record how much of a milestone's work is done; a constant number of queries.

    A planned milestone is under way once something is done, as when a first part is recorded.
    Nothing else about it changes: it is never finished here, and one that is done or dropped stays
    so and only keeps the count. No row in the history: the count follows from verdicts that have
    rows of their own, and one more at every keystroke would bury them. No revision either: who has
    the milestone's form open meanwhile is not in anybody's way.

    Args:
        timeline: whose milestone; one whose template has no such milestone is left as it is.
        key: which milestone.
        done: how many of ``total`` are done.
        total: how many there are; with 0 there is nothing to count and the count is taken away.
        today: the day of the work that is counted: a sign of life of the branch.

    Raises:
        ValueError: ``done`` lies outside 0 … ``total``.
    """
    if not 0 <= done <= total:
        raise ValueError(f"{done} of {total} is no progress")
    rows = Milestone.objects.filter(timeline=timeline, key=key)
    rows.update(**({"progress_done": done, "progress_total": total} if total else _NOTHING))
    if done and rows.filter(status=Status.PLANNED).update(status=_BEGUN.value):
        # The timeline repeats what its milestones look like.
        pulse.refresh(timeline=timeline, today=today)
    else:
        pulse.heard(timeline=timeline, today=today)


@transaction.atomic
def meet_parts(*, timeline: Timeline, parts: Parts, today: date) -> None:
    """Record which parts of milestones are there, as the room says in which they are made.

    What a person recorded, or wrote a note or a link with, is a person's word and is left alone;
    so is a part that only a decision can meet. What the room itself recorded is taken back when it
    no longer holds. A closed milestone keeps what it was closed with. As with a count: no row in
    the history, no revision, nothing is finished, and a planned milestone is under way once a first
    part is there.

    Three queries when nothing changes, however many milestones and parts are told.

    Args:
        timeline: whose milestones; those that its template does not have are left out.
        parts: of each milestone the parts that the room knows about.
        today: the day of the work that is told.
    """
    rows = {
        row.pk: row
        for row in Milestone.objects.filter(
            timeline=timeline, key__in=parts, status__in=OPEN_STATUSES
        )
    }
    known = TemplatePart.objects.filter(
        milestone__in={row.definition_id for row in rows.values()}, decision_kind=""
    )
    of_definition: dict[int, set[str]] = {}
    for definition, key in known.values_list("milestone", "key"):
        of_definition.setdefault(definition, set()).add(key)
    records = {
        (record.milestone_id, record.part_key): record
        for record in PartRecord.objects.filter(milestone__in=rows)
    }
    made, gone = [], []
    for row in rows.values():
        for key in of_definition.get(row.definition_id, set()) & parts[row.key].keys():
            record, there = records.get((row.pk, key)), parts[row.key][key]
            if there and record is None:
                made.append(PartRecord(milestone=row, part_key=key, recorded_on=today))
            elif not there and record is not None and _of_a_room(record):
                gone.append(record.pk)
    if gone:
        PartRecord.objects.filter(pk__in=gone).delete()
    if made:
        # Told twice at the same moment, it is there once.
        PartRecord.objects.bulk_create(made, ignore_conflicts=True)
        planned = Milestone.objects.filter(
            pk__in={record.milestone_id for record in made}, status=Status.PLANNED
        )
        if planned.update(status=_BEGUN.value):
            pulse.refresh(timeline=timeline, today=today)


def _of_a_room(record: PartRecord) -> bool:
    return not (record.recorded_by_id or record.decision_id or record.note or record.link)
