"""Recording what somebody found of promises; what that makes of them follows from the rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from core.concurrency import Stale
from core.refusal import Refused
from evaluation.enums import Reason, Timing, Verdict
from evaluation.models import Assessment, Promise
from evaluation.rules import outcome as rule
from evaluation.rules import verdict as values
from evaluation.services import progress
from evaluation.services.rows import locked, locked_one, name_of, raise_revision
from evaluation.services.starting import BATCH


@transaction.atomic
def assess(
    *,
    promise: Promise,
    verdict: str,
    reason: str = "",
    timing: str = Timing.UNKNOWN,
    note: str | None = "",
    by: User,
    today: date,
    seen: int | None = None,
) -> Promise:
    """Record what ``by`` found of one promise; the same thing said twice changes nothing.

    Colleagues judge in rows of their own, so that two who save at once lose nothing; ``seen``
    guards one person's two windows.

    Args:
        promise: which one.
        verdict: a value of ``Verdict``; *not assessed* takes one's own verdict back.
        reason: a value of ``Reason`` or nothing; dropped where the verdict cannot have one.
        timing: a value of ``Timing``; *not said* where the verdict cannot have one.
        note: for each other; ``None`` keeps the one that is there.
        by: who judges.
        today: the day of it.
        seen: ``Assessment.revision`` of one's own that the form was opened with, 0 for none.

    Returns:
        The promise as it stands now.

    Raises:
        Refused: an unknown value, or the promise is gone.
        Stale: one's own verdict changed meanwhile; both texts are in it.
    """
    finding = finding_of(verdict, reason, timing)
    row = locked_one(promise)
    mine = Assessment.objects.filter(promise=row, assessor=by).first()
    if not _differs(mine, finding, note):
        return row
    if seen is not None:
        _check_seen(mine, finding, note, seen=seen)
    _judge([row], finding, note, by=by, today=today)
    row.refresh_from_db()
    return row


@transaction.atomic
def assess_many(
    *,
    promises: QuerySet[Promise] | Iterable[Promise],
    verdict: str,
    reason: str = "",
    timing: str = Timing.UNKNOWN,
    by: User,
    today: date,
) -> int:
    """Record that ``by`` found the same of many promises of one evaluation; notes stay.

    Set-based: 5,000 promises are as many queries as three, but for the batches of new rows.

    Returns:
        Of how many promises ``by`` now finds something else than before.

    Raises:
        Refused: an unknown value.
    """
    finding = finding_of(verdict, reason, timing)
    return _judge(locked(promises), finding, None, by=by, today=today)


@transaction.atomic
def withdraw(*, assessment: Assessment, by: User, today: date) -> None:
    """Take somebody's assessment away, because another one takes its place.

    As when somebody else changes the verdict on a pledge of which it is the first opinion. What was
    settled stays settled.

    Args:
        assessment: whose goes; gone already, nothing happens.
        by: who gives the other one.
        today: the day of it.
    """
    row = locked_one(assessment.promise)
    deleted, _per_table = Assessment.objects.filter(pk=assessment.pk).delete()
    if not deleted:
        return
    _apply([row], {}, NOTHING_FOUND)
    audit.record(
        verb=f"promise.assessed.{NOTHING_FOUND.verdict}",
        by=by,
        branch=row.evaluation.branch,
        today=today,
        subject=row,
        promise=name_of(row),
    )
    progress.report(evaluation=row.evaluation, today=today)


def finding_of(verdict: str, reason: str, timing: str) -> values.Finding:
    """Return three values from outside as a finding.

    Raises:
        Refused: one of them is none of ours.
    """
    try:
        return values.Finding(
            verdict=values.Verdict(verdict),
            reason=values.Reason(reason) if reason else None,
            timing=values.Timing(timing or values.Timing.UNKNOWN),
        ).tidy()
    except ValueError as unknown:
        raise Refused(
            _("That is not a verdict, reason or moment that we know. Choose from the list.")
        ) from unknown


def found(row: Assessment) -> values.Finding:
    """Return an assessment as the rule reads it."""
    return values.Finding(
        verdict=values.Verdict(row.verdict),
        reason=values.Reason(row.reason) if row.reason else None,
        timing=values.Timing(row.timing),
    )


def _check_seen(
    mine: Assessment | None, finding: values.Finding, note: str | None, *, seen: int
) -> None:
    """Refuse when one's own assessment changed since the form was opened, in another window.

    Raises:
        Stale: it did.
    """
    if (mine.revision if mine else 0) == seen:
        return
    raise Stale(
        current=_words(found(mine), mine.note) if mine else _words(NOTHING_FOUND, ""),
        yours=_words(finding, (mine.note if mine else "") if note is None else note),
        revision=mine.revision if mine else 0,
    )


NOTHING_FOUND = values.Finding(verdict=values.Verdict.NOT_ASSESSED)


def _words(finding: values.Finding, note: str) -> dict[str, str]:
    return {
        _("Verdict"): str(Verdict(finding.verdict).label),
        _("Reason"): str(Reason(finding.reason).label) if finding.reason else "–",
        _("On time or late"): str(Timing(finding.timing).label),
        _("Note for each other"): note or "–",
    }


def _differs(mine: Assessment | None, finding: values.Finding, note: str | None) -> bool:
    if mine is None:
        return finding.verdict is not values.Verdict.NOT_ASSESSED
    return found(mine) != finding or note not in (None, mine.note)


def _judge(
    promises: Sequence[Promise],
    finding: values.Finding,
    note: str | None,
    *,
    by: User,
    today: date,
) -> int:
    """Write what ``by`` found of these locked promises, and what that makes of each."""
    mine = {
        row.promise_id: row
        for row in Assessment.objects.filter(
            promise__in=[promise.pk for promise in promises], assessor=by
        )
    }
    changed = [one for one in promises if _differs(mine.get(one.pk), finding, note)]
    if not changed:
        return 0
    _write(changed, mine, finding, note, by=by, today=today)
    opened = _apply(changed, mine, finding)
    audit.record_many(
        audit.entry(
            verb=f"promise.reopened.{finding.verdict}"
            if promise.pk in opened
            else f"promise.assessed.{finding.verdict}",
            by=by,
            branch=promise.evaluation.branch,
            today=today,
            subject=promise,
            promise=name_of(promise),
        )
        for promise in changed
    )
    progress.report(evaluation=changed[0].evaluation, today=today)
    return len(changed)


def _write(
    changed: Sequence[Promise],
    mine: dict[int, Assessment],
    finding: values.Finding,
    note: str | None,
    *,
    by: User,
    today: date,
) -> None:
    """Write this person's own rows: new ones, changed ones, or none at all when taken back."""
    rows = [mine[promise.pk].pk for promise in changed if promise.pk in mine]
    if finding.verdict is values.Verdict.NOT_ASSESSED:
        Assessment.objects.filter(pk__in=rows).delete()
        return
    fields = {
        "verdict": finding.verdict.value,
        "reason": finding.reason.value if finding.reason else "",
        "timing": finding.timing.value,
        "assessed_on": today,
    }
    kept = {} if note is None else {"note": note}
    Assessment.objects.filter(pk__in=rows).update(**fields, **kept, revision=F("revision") + 1)
    Assessment.objects.bulk_create(
        (
            Assessment(promise=promise, assessor=by, note=note or "", revision=1, **fields)
            for promise in changed
            if promise.pk not in mine
        ),
        batch_size=BATCH,
    )


def _apply(
    changed: Sequence[Promise],
    mine: dict[int, Assessment],
    finding: values.Finding,
) -> set[int]:
    """Write the outcome of each promise, one query for each outcome that occurs.

    Returns:
        The promises whose settled disagreement is open again.
    """
    everybody: dict[int, list[values.Finding]] = defaultdict(list)
    for row in Assessment.objects.filter(promise__in=[one.pk for one in changed]).order_by("pk"):
        everybody[row.promise_id].append(found(row))
    by_outcome: dict[rule.Outcome, list[int]] = defaultdict(list)
    same: list[Promise] = []
    opened: set[int] = set()
    for promise in changed:
        if promise.settled_on is not None:
            before = mine.get(promise.pk)
            if not rule.reopens(
                settled=values.Verdict(promise.verdict),
                before=values.Verdict(before.verdict) if before else None,
                now=finding.verdict,
            ):
                same.append(promise)
                continue
            opened.add(promise.pk)
        by_outcome[rule.outcome(everybody[promise.pk])].append(promise.pk)
    raise_revision(same)
    for outcome, keys in by_outcome.items():
        Promise.objects.filter(pk__in=keys).update(
            verdict=outcome.verdict.value,
            reason=outcome.reason.value if outcome.reason else "",
            timing=outcome.timing.value,
            disputed=outcome.disputed,
            settled_by=None,
            settled_on=None,
            settled_because="",
            revision=F("revision") + 1,
        )
    return opened
