"""What the evaluation does when its programme is written anew or taken back."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.refusal import Refused
from evaluation.enums import CarryOver
from evaluation.models import Assessment, Comment, Evaluation, Evidence, Promise
from evaluation.services import progress
from evaluation.services.starting import BATCH
from programmes.models import Programme


class ProgrammeFollower:
    """Named in ``settings.PROGRAMME_FOLLOWERS``; called inside the programme's transaction."""

    def written(self, *, programme: Programme, by: User | None, today: date) -> None:
        """Add a promise for each measure that came with a corrected file.

        A measure that is no longer in the file is retired there: its promise stays, with what
        people found, and no longer counts.
        """
        evaluation = _of(programme)
        if evaluation is None:
            return
        new = list(programme.measures.current().filter(promise=None))
        Promise.objects.bulk_create(
            (Promise(evaluation=evaluation, measure=measure) for measure in new), batch_size=BATCH
        )
        if new:
            audit.record(
                verb="evaluation.promises_added",
                by=by,
                branch=evaluation.branch,
                today=today,
                subject=evaluation,
                count=len(new),
            )
        progress.report(evaluation=evaluation, today=today)

    def withdrawn(self, *, programme: Programme, by: User | None, today: date) -> None:
        """Delete an evaluation in which nobody has done anything yet.

        Dealing out is no loss: it is done again in a minute. What people found is.

        Raises:
            Refused: somebody judged, explained, decided, or added evidence or a comment.
        """
        evaluation = _of(programme)
        if evaluation is None:
            return
        if touched(evaluation):
            raise Refused(
                _(
                    "People have already judged promises of this programme: that work would be "
                    "lost. Correct the file and read it in again instead; verdicts stay."
                )
            )
        branch, timeline = evaluation.branch, evaluation.timeline
        evaluation.delete()
        if timeline is not None:
            progress.report_to(timeline=timeline, today=today)
        audit.record(
            verb="evaluation.withdrawn",
            by=by,
            branch=branch,
            today=today,
            programme=programme.title,
        )


def touched(evaluation: Evaluation) -> bool:
    """Tell whether somebody's work would be lost with this evaluation: one query."""
    there = OuterRef("pk")
    return (
        evaluation.promises.annotate(
            judged=Exists(Assessment.objects.filter(promise=there)),
            shown=Exists(Evidence.objects.filter(promise=there)),
            said=Exists(Comment.objects.filter(promise=there)),
        )
        .filter(
            Q(judged=True)
            | Q(shown=True)
            | Q(said=True)
            | Q(settled_on__isnull=False)
            | Q(good__isnull=False)
            | Q(topical__isnull=False)
            | ~Q(carry_over=CarryOver.OPEN)
            | ~Q(explanation="")
            | ~Q(weight=1)
        )
        .exists()
    )


def _of(programme: Programme) -> Evaluation | None:
    return (
        Evaluation.objects.select_related("branch", "timeline")
        .select_for_update(of=("self",))
        .filter(programme=programme)
        .first()
    )
