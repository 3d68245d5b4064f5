"""Ending a disagreement between assessors: the third step, with a because."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.concurrency import claim_revision
from core.refusal import Refused
from evaluation.enums import Timing
from evaluation.models import Promise
from evaluation.rules import verdict as values
from evaluation.services import progress
from evaluation.services.assessing import finding_of
from evaluation.services.rows import locked_one, name_of


@transaction.atomic
def settle(
    *,
    promise: Promise,
    verdict: str,
    reason: str = "",
    timing: str = Timing.UNKNOWN,
    because: str,
    by: User,
    today: date,
    revision: int | None = None,
) -> Promise:
    """Say what it is where assessors differ; their own verdicts stay beside it, with their names.

    Whoever may settle may settle everything, also a promise that they judged themselves: in a
    group of two there is nobody else. The page asks for a third person; the because and the name
    are there for everybody to read. A promise that was settled can be settled once more.

    Args:
        promise: a disputed or a settled one.
        verdict: a value of ``Verdict`` that is a verdict.
        reason: as in ``assess``.
        timing: as in ``assess``.
        because: why this and not the other.
        by: of the council group or the board.
        today: the day of it.
        revision: ``Promise.revision`` that the form was opened with.

    Raises:
        Refused: nobody differs, no verdict, or no because.
        Stale: somebody changed the promise meanwhile; both texts are in it.
    """
    finding = finding_of(verdict, reason, timing)
    row = locked_one(promise)
    if _settled_so(row, finding, because, by=by):
        return row
    if revision is not None:
        claim_revision(
            row,
            expected=revision,
            yours={"verdict": verdict, "reason": reason, "timing": timing},
        )
    if finding.verdict is values.Verdict.NOT_ASSESSED:
        raise Refused(_("Choose what it is: to settle is to give a verdict."))
    if not because.strip():
        raise Refused(_("Say why in a few words, for those who found otherwise."))
    if not row.disputed and row.settled_on is None:
        raise Refused(_("Nobody differs about this promise any more. There is nothing to settle."))
    Promise.objects.filter(pk=row.pk).update(
        verdict=finding.verdict.value,
        reason=finding.reason.value if finding.reason else "",
        timing=finding.timing.value,
        disputed=False,
        settled_by=by,
        settled_on=today,
        settled_because=because,
        revision=F("revision") + (0 if revision is not None else 1),
    )
    audit.record(
        verb=f"promise.settled.{finding.verdict}",
        by=by,
        branch=row.evaluation.branch,
        today=today,
        subject=row,
        promise=name_of(row),
    )
    progress.report(evaluation=row.evaluation, today=today)
    row.refresh_from_db()
    return row


def _settled_so(promise: Promise, finding: values.Finding, because: str, *, by: User) -> bool:
    """Tell whether this very form was sent before."""
    return promise.settled_by_id == by.pk and (
        promise.verdict,
        promise.reason,
        promise.timing,
        promise.settled_because,
    ) == (
        finding.verdict.value,
        finding.reason.value if finding.reason else "",
        finding.timing.value,
        because,
    )
