"""Whether some promises weigh more than others in the result."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from branches import audit
from branches.models import User
from core.concurrency import claim_revision
from evaluation.models import Evaluation


@transaction.atomic
def weigh(*, evaluation: Evaluation, weighted: bool, by: User, today: date, revision: int) -> None:
    """Show the result by weight too, or no longer; the weights themselves stay.

    Args:
        evaluation: which one.
        weighted: whether to.
        by: who says so.
        today: the day of it.
        revision: ``Evaluation.revision`` that the form was opened with.

    Raises:
        Stale: somebody changed it meanwhile.
    """
    claim_revision(evaluation, expected=revision, yours={"weighted": weighted})
    if evaluation.weighted == weighted:
        return
    evaluation.weighted = weighted
    evaluation.save(update_fields=["weighted"])
    audit.record(
        verb="evaluation.weighed" if weighted else "evaluation.unweighed",
        by=by,
        branch=evaluation.branch,
        today=today,
        subject=evaluation,
    )
