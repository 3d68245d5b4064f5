"""The public page: the board switches it on and off, and writes what stands above it."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from branches import audit
from branches.models import User
from core.concurrency import claim_revision
from evaluation.models import Evaluation


@transaction.atomic
def publish(*, evaluation: Evaluation, text: str, by: User, today: date, revision: int) -> None:
    """Switch the public page on, or change its introduction while it is on.

    Args:
        evaluation: whose page.
        text: what stands above it; may be empty.
        by: of the board.
        today: the day since which it is public, if it was not.
        revision: ``Evaluation.revision`` that the form was opened with.

    Raises:
        Stale: somebody changed it meanwhile; both texts are in it.
    """
    claim_revision(evaluation, expected=revision, yours={"public_text": text})
    was_public = evaluation.public_since is not None
    if was_public and evaluation.public_text == text:
        return
    evaluation.public_text = text
    evaluation.public_since = evaluation.public_since or today
    evaluation.save(update_fields=["public_text", "public_since"])
    audit.record(
        verb="evaluation.public_text_changed" if was_public else "evaluation.published",
        by=by,
        branch=evaluation.branch,
        today=today,
        subject=evaluation,
        programme=evaluation.programme.title,
    )


@transaction.atomic
def withdraw(*, evaluation: Evaluation, by: User, today: date, revision: int) -> None:
    """Switch the public page off; its introduction is kept.

    Raises:
        Stale: somebody changed it meanwhile.
    """
    claim_revision(evaluation, expected=revision, yours={"public_text": evaluation.public_text})
    if evaluation.public_since is None:
        return
    evaluation.public_since = None
    evaluation.save(update_fields=["public_since"])
    audit.record(
        verb="evaluation.unpublished",
        by=by,
        branch=evaluation.branch,
        today=today,
        subject=evaluation,
        programme=evaluation.programme.title,
    )
