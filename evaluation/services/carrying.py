"""Deciding whether a promise goes on: apart from its verdict, with a reason when it does not (R40).

Good, still topical (R41) and the decision are three answers; only the decision counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.concurrency import claim_revision
from core.refusal import Refused
from evaluation.enums import CarryOver
from evaluation.models import Evaluation, Promise
from evaluation.rules.carrying import may_be_decided
from evaluation.services import progress
from evaluation.services.rows import locked, locked_one, name_of

_DECISION = ("carry_over", "carry_reason", "good", "topical")


@transaction.atomic
def decide(
    *,
    promise: Promise,
    carry_over: str,
    reason: str = "",
    good: bool | None = None,
    topical: bool | None = None,
    by: User,
    today: date,
    revision: int | None = None,
) -> Promise:
    """Say whether a promise goes on.

    Args:
        promise: one with a verdict.
        carry_over: a value of ``CarryOver``; ``open`` takes a decision back.
        reason: why; asked for when it is dropped, welcome when it goes on.
        good: whether it was a good idea; ``None`` leaves the answer as it is.
        topical: whether it still matters; ``None`` leaves the answer as it is.
        by: who decides.
        today: the day of it.
        revision: ``Promise.revision`` that the form was opened with.

    Raises:
        Refused: it has no verdict yet, or it is dropped without a reason.
        Stale: somebody changed the promise meanwhile; both texts are in it.
    """
    choice = _choice(carry_over, reason)
    row = locked_one(promise)
    wanted: dict[str, Any] = {
        "carry_over": choice.value,
        "carry_reason": "" if choice is CarryOver.OPEN else reason.strip(),
        "good": row.good if good is None else good,
        "topical": row.topical if topical is None else topical,
    }
    if all(getattr(row, name) == wanted[name] for name in _DECISION):
        # The same form once more, or somebody who found the same.
        return row
    if revision is not None:
        claim_revision(row, expected=revision, yours=wanted)
    if choice is not CarryOver.OPEN and not may_be_decided(row.verdict):
        raise Refused(_("First the verdict, then whether it goes on. Judge this promise first."))
    decided = row.carry_over != choice or row.carry_reason != wanted["carry_reason"]
    Promise.objects.filter(pk=row.pk).update(
        **wanted,
        **(_signed(choice, by=by, today=today) if decided else {}),
        revision=F("revision") + (0 if revision is not None else 1),
    )
    audit.record(
        verb=f"promise.carry_over.{choice}" if decided else "promise.looked_back",
        by=by,
        branch=row.evaluation.branch,
        today=today,
        subject=row,
        promise=name_of(row),
    )
    progress.report(evaluation=row.evaluation, today=today)
    row.refresh_from_db()
    return row


@transaction.atomic
def decide_many(
    *,
    promises: QuerySet[Promise] | Iterable[Promise],
    carry_over: str,
    reason: str = "",
    by: User,
    today: date,
) -> int:
    """Say the same of many promises, in a number of queries that does not grow with them.

    Promises without a verdict are left as they are, and so are those that are decided so already.

    Args:
        promises: which ones.
        carry_over: a value of ``CarryOver``; ``open`` takes decisions back.
        reason: as in ``decide``, the same for all.
        by: who decides.
        today: the day of it.

    Returns:
        how many were changed.

    Raises:
        Refused: they are dropped without a reason.
    """
    choice = _choice(carry_over, reason)
    kept = "" if choice is CarryOver.OPEN else reason.strip()
    rows = [
        row
        for row in locked(promises)
        if (choice is CarryOver.OPEN or may_be_decided(row.verdict))
        and (row.carry_over, row.carry_reason) != (choice.value, kept)
    ]
    if not rows:
        return 0
    Promise.objects.filter(pk__in=[row.pk for row in rows]).update(
        carry_over=choice.value,
        carry_reason=kept,
        **_signed(choice, by=by, today=today),
        revision=F("revision") + 1,
    )
    evaluations: dict[int, Evaluation] = {row.evaluation_id: row.evaluation for row in rows}
    counts = Counter(row.evaluation_id for row in rows)
    for pk, evaluation in evaluations.items():
        audit.record(
            verb=f"evaluation.carry_over.{choice}",
            by=by,
            branch=evaluation.branch,
            today=today,
            subject=evaluation,
            count=counts[pk],
        )
        progress.report(evaluation=evaluation, today=today)
    return len(rows)


def _choice(carry_over: str, reason: str) -> CarryOver:
    if carry_over not in CarryOver.values:
        raise Refused(_("Choose whether it goes on or is dropped."))
    choice = CarryOver(carry_over)
    if choice is CarryOver.DROP and not reason.strip():
        raise Refused(_("Say in a few words why you drop it: members will ask."))
    return choice


def _signed(choice: CarryOver, *, by: User, today: date) -> dict[str, Any]:
    if choice is CarryOver.OPEN:
        return {"carried_by": None, "carried_on": None}
    return {"carried_by": by, "carried_on": today}
