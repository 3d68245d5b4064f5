"""The verdicts on the ten as a first opinion in the look back at the whole programme.

What somebody found of a pledge becomes that person's own assessment of the promise, through the
same service as at the desk: the outcome follows from the rule, and a colleague who finds otherwise
is a disagreement like any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from branches.models import User
from evaluation.enums import Verdict
from evaluation.models import Assessment, Evidence, Pledge, PledgeEvidence, Promise, TopTen
from evaluation.rules import verdict as values
from evaluation.services.assessing import assess, found, withdraw
from evaluation.services.describing import describe
from evaluation.services.rows import raise_revision


@dataclass(frozen=True, slots=True, kw_only=True)
class Was:
    """What a pledge said before its verdict was changed.

    Attributes:
        by: whose verdict it was; None: nobody's.
        finding: that verdict.
        text: what came of it, in words.
    """

    by: User | None
    finding: values.Finding
    text: str


def take_along(*, top_ten: TopTen, by: User, today: date) -> int:
    """Bring the verdicts on the ten, and what shows them, into the evaluation that just began.

    A verdict of somebody whose account is gone goes along as the one of ``by``. Who has judged the
    promise at the desk already keeps that verdict.

    Args:
        top_ten: with its account.
        by: who begins the account.
        today: the day.

    Returns:
        How many verdicts went along.
    """
    promises = _promises(top_ten)
    pledges = list(top_ten.pledges.chosen().select_related("verdict_by"))
    count = 0
    for pledge in pledges:
        promise = promises.get(pledge.measure_id)
        if promise is None or pledge.verdict == Verdict.NOT_ASSESSED:
            continue
        person = pledge.verdict_by or by
        if not promise.assessments.filter(assessor=person).exists():
            _judge(promise, pledge, by=person, today=today)
            count += 1
        if not promise.explanation and pledge.verdict_text:
            describe(promise=promise, explanation=pledge.verdict_text, by=by, today=today)
    _show([(pledge, promises[pledge.measure_id]) for pledge in pledges], today=today)
    return count


def follow(*, pledge: Pledge, was: Was, by: User, today: date) -> None:
    """Let the first opinion about a promise follow the verdict on its pledge, once it is there.

    Whose verdict it was, and who has not judged otherwise at the desk since, no longer speaks: one
    pledge has one verdict. An explanation that was changed there stays as it is.

    Args:
        pledge: with its new verdict.
        was: what it said before.
        by: who changed it.
        today: the day.
    """
    promise = Promise.objects.filter(
        evaluation__top_ten=pledge.top_ten_id, measure=pledge.measure_id
    ).first()
    if promise is None:
        return
    if was.finding.verdict is not values.Verdict.NOT_ASSESSED and was.by != by:
        former = promise.assessments.filter(assessor=was.by).first()
        if former is not None and _same(former, was.finding):
            withdraw(assessment=former, by=by, today=today)
    # Whoever takes back what another one said keeps what they found at the desk themselves.
    if pledge.verdict != Verdict.NOT_ASSESSED or was.by == by:
        _judge(promise, pledge, by=by, today=today)
    if promise.explanation == was.text:
        describe(promise=promise, explanation=pledge.verdict_text, by=by, today=today)
    if not promise.evidence.exists():
        _show([(pledge, promise)], today=today)


def finding_about(pledge: Pledge) -> values.Finding:
    """Return the verdict on a pledge as the rules read it, without timing."""
    return values.Finding(
        verdict=values.Verdict(pledge.verdict),
        reason=values.Reason(pledge.verdict_reason) if pledge.verdict_reason else None,
    )


def _promises(top_ten: TopTen) -> dict[int, Promise]:
    measures = top_ten.pledges.chosen().values("measure")
    rows = Promise.objects.filter(evaluation=top_ten.account_id, measure__in=measures)
    return {row.measure_id: row for row in rows}


def _judge(promise: Promise, pledge: Pledge, *, by: User, today: date) -> None:
    assess(
        promise=promise,
        verdict=pledge.verdict,
        reason=pledge.verdict_reason,
        timing=pledge.timing,
        # A note that they wrote at the desk stays.
        note=None,
        by=by,
        today=today,
    )


def _same(row: Assessment, finding: values.Finding) -> bool:
    return (found(row).verdict, found(row).reason) == (finding.verdict, finding.reason)


def _show(pairs: list[tuple[Pledge, Promise]], *, today: date) -> None:
    """Bring along what shows it to everybody and has an address; files stay at the pledge."""
    promises = {pledge.pk: promise for pledge, promise in pairs}
    standing = Q(update=None) | Q(
        update__public=True, update__withdrawn_on=None, update__corrected_by=None
    )
    rows = (
        PledgeEvidence.objects.filter(standing, pledge__in=promises, public=True)
        .exclude(url="")
        .order_by("pk")
    )
    made = [
        Evidence(
            promise=promises[row.pledge_id],
            kind=row.kind,
            title=row.title,
            url=row.url,
            public=True,
            added_by_id=row.added_by_id,
            added_on=today,
        )
        for row in rows
    ]
    Evidence.objects.bulk_create(made)
    raise_revision({one.promise_id: one.promise for one in made}.values())
