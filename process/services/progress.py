"""How far the work of a milestone is, as the room says in which that work is done.

A room above counts ("31 of 48 promises assessed") and tells it here; this room never asks. The
count closes nothing: a milestone is done when a person says so (``process.services.milestones``).
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from process.models import Milestone, Timeline
from process.rules.transitions import Action, Status, transition
from process.services import pulse

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
