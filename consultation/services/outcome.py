"""The public page "what happened with the input": the branch switches it on and off."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from branches import audit
from branches.models import User
from consultation.models import Consultation
from core.concurrency import claim_revision


@transaction.atomic
def publish(*, consultation: Consultation, text: str, by: User, today: date, revision: int) -> None:
    """Make the result public, or change what stands above it while it is.

    Args:
        consultation: whose result.
        text: what stands above it; may be empty.
        by: who.
        today: the day since which it is public, if it was not.
        revision: ``Consultation.revision`` that the page was opened with.

    Raises:
        Stale: somebody changed it meanwhile; both texts are in it.
    """
    claim_revision(consultation, expected=revision, yours={"outcome_text": text})
    was_public = consultation.outcome_public_since is not None
    if was_public and consultation.outcome_text == text:
        return
    consultation.outcome_text = text
    consultation.outcome_public_since = consultation.outcome_public_since or today
    consultation.save(update_fields=["outcome_text", "outcome_public_since"])
    audit.record(
        verb="outcome.text_changed" if was_public else "outcome.published",
        by=by,
        branch=consultation.branch,
        today=today,
        subject=consultation,
    )


@transaction.atomic
def withdraw(*, consultation: Consultation, by: User, today: date, revision: int) -> None:
    """Take the result off line; what stands above it is kept.

    Raises:
        Stale: somebody changed it meanwhile.
    """
    claim_revision(
        consultation, expected=revision, yours={"outcome_text": consultation.outcome_text}
    )
    if consultation.outcome_public_since is None:
        return
    consultation.outcome_public_since = None
    consultation.save(update_fields=["outcome_public_since"])
    audit.record(
        verb="outcome.unpublished",
        by=by,
        branch=consultation.branch,
        today=today,
        subject=consultation,
    )
