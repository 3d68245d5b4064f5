"""Telling the timeline how far the evaluation is; closing a milestone stays a person's word."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from evaluation.enums import CarryOver, Verdict
from evaluation.models import Assignment, Evaluation, Promise, TopTen
from evaluation.services.ten import progress as ten
from process.models import Timeline
from process.services.progress import record_progress

DEALT_OUT = "previous_loaded"
ASSESSED = "promises_assessed"
DECIDED = "carry_over_decided"


def report(*, evaluation: Evaluation, today: date) -> None:
    """Tell the milestones of an evaluation how much of how much is there.

    Every service that changes one of these numbers calls it, inside its own transaction. An
    evaluation without a timeline tells nobody. The final account of a top ten also tells the
    timeline of that ten, whose last milestone it is.
    """
    if evaluation.timeline is not None:
        report_to(timeline=evaluation.timeline, today=today)
    # Of most evaluations there is none; ``rows.locked`` brings it along.
    top_ten: TopTen | None = getattr(evaluation, "top_ten", None)
    if top_ten is not None:
        ten.report(top_ten=top_ten, today=today)


def report_to(*, timeline: Timeline, today: date) -> None:
    """Tell the three milestones; a constant number of queries.

    A branch made by a merger looks back at several programmes on its way to one election: they
    count together.
    """
    dealt_out = Exists(Assignment.objects.filter(promise=OuterRef("pk")))
    counts = (
        Promise.objects.current()
        .filter(evaluation__timeline=timeline)
        .annotate(dealt_out=dealt_out)
        .aggregate(
            total=Count("pk"),
            dealt=Count("pk", filter=Q(dealt_out=True)),
            assessed=Count("pk", filter=~Q(verdict=Verdict.NOT_ASSESSED)),
            # R40: all but the delivered ask for a decision, also those that wait for a verdict.
            asking=Count("pk", filter=~Q(verdict=Verdict.DELIVERED)),
            decided=Count(
                "pk",
                filter=~Q(verdict__in=[Verdict.DELIVERED, Verdict.NOT_ASSESSED])
                & ~Q(carry_over=CarryOver.OPEN),
            ),
        )
    )
    for key, done, total in (
        (DEALT_OUT, "dealt", "total"),
        (ASSESSED, "assessed", "total"),
        (DECIDED, "decided", "asking"),
    ):
        record_progress(
            timeline=timeline, key=key, done=counts[done], total=counts[total], today=today
        )
