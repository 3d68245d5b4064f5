"""What is said about a promise beside its verdict: explanation, weight, portfolio."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.concurrency import Stale, claim_revision
from core.refusal import Refused
from evaluation.models import Promise
from evaluation.models.evaluation import HEAVIEST
from evaluation.rules.marks import mark
from evaluation.services.rows import locked_one, name_of


@transaction.atomic
def describe(
    *,
    promise: Promise,
    explanation: str | None = None,
    weight: int | None = None,
    portfolio: str | None = None,
    by: User,
    today: date,
    revision: int | None = None,
    seen: str | None = None,
) -> Promise:
    """Change what is said about a promise; what is ``None`` stays, what is the same is no change.

    Args:
        promise: which one.
        explanation: for the public.
        weight: 1, 2 or 3.
        portfolio: whose subject it is; empty takes it out.
        by: who says so.
        today: the day of it.
        revision: ``Promise.revision`` that the form was opened with: guards all of the promise.
        seen: ``mark`` of the explanation that the form was opened with: guards that text alone, so
            that two people who judge at once are not in each other's way.

    Raises:
        Refused: a weight that does not exist.
        Stale: somebody changed it meanwhile; both texts are in it.
    """
    if weight is not None and not 1 <= weight <= HEAVIEST:
        raise Refused(
            _("A promise weighs 1 to %(heaviest)s. Choose from the list.") % {"heaviest": HEAVIEST}
        )
    row = locked_one(promise)
    given: dict[str, Any] = {
        "explanation": explanation,
        "weight": weight,
        "portfolio": portfolio,
    }
    changed = {
        name: value
        for name, value in given.items()
        if value is not None and value != getattr(row, name)
    }
    if not changed:
        return row
    if revision is not None:
        claim_revision(row, expected=revision, yours=changed)
    if seen is not None and "explanation" in changed and mark(row.explanation) != seen:
        label = _("Explanation for the public")
        raise Stale(
            current={label: row.explanation or "–"},
            yours={label: changed["explanation"] or "–"},
            revision=row.revision,
        )
    step = 0 if revision is not None else 1
    Promise.objects.filter(pk=row.pk).update(**changed, revision=F("revision") + step)
    audit.record_many(
        audit.entry(
            verb=f"promise.described.{name}",
            by=by,
            branch=row.evaluation.branch,
            today=today,
            subject=row,
            promise=name_of(row),
        )
        for name in changed
    )
    row.refresh_from_db()
    return row
