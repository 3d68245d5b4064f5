"""How far the final account of a top ten is; constant in queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from evaluation.enums import Reason, Timing, Verdict
from evaluation.models import Pledge, Promise, TopTen
from evaluation.rules import verdict as values
from evaluation.rules.account import proposed
from evaluation.rules.pledge import PledgeStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """One of the ten in the final account.

    Attributes:
        pledge: with its verdict and whose it is.
        proposal: the verdict that its updates propose, while it has none.
        updates: how many updates stand.
        evidence: how many pieces of evidence there are.
    """

    pledge: Pledge
    proposal: values.Finding
    updates: int
    evidence: int

    @property
    def judged(self) -> bool:
        """Tell whether it has a verdict."""
        return self.pledge.verdict != Verdict.NOT_ASSESSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The final account of a top ten.

    Attributes:
        lines: the ten, in order.
        measures: how many measures of the programme are looked back at; 0 before that began.
        assessed: how many of those have a verdict.
        disputed: about how many people differ.
    """

    lines: Sequence[AccountLine]
    measures: int
    assessed: int
    disputed: int

    @property
    def judged(self) -> int:
        """How many of the ten have a verdict."""
        return sum(line.judged for line in self.lines)

    @property
    def complete(self) -> bool:
        """Tell whether all of them have."""
        return bool(self.lines) and self.judged == len(self.lines)

    @property
    def next_open(self) -> Pledge | None:
        """The first one without a verdict."""
        return next((line.pledge for line in self.lines if not line.judged), None)


def account_of(top_ten: TopTen) -> Account:
    """Return how far the final account is: two queries."""
    rows: Iterable[Any] = (
        top_ten.pledges.chosen()
        .select_related("verdict_by")
        .annotate(
            told=Count(
                "updates",
                filter=Q(updates__withdrawn_on=None, updates__corrected_by=None),
                distinct=True,
            ),
            shown=Count("evidence", distinct=True),
        )
    )
    lines = [
        AccountLine(
            pledge=row,
            proposal=proposal_for(row),
            updates=row.told,
            evidence=row.shown,
        )
        for row in rows
    ]
    counts = {"measures": 0, "assessed": 0, "disputed": 0}
    if top_ten.account_id is not None:
        counts = (
            Promise.objects.current()
            .filter(evaluation=top_ten.account_id)
            .aggregate(
                measures=Count("pk"),
                assessed=Count("pk", filter=~Q(verdict=Verdict.NOT_ASSESSED)),
                disputed=Count("pk", filter=Q(disputed=True)),
            )
        )
    return Account(lines=lines, **counts)


def proposal_for(pledge: Pledge) -> values.Finding:
    """Return the verdict that a pledge's updates propose; a person decides."""
    return proposed(
        status=PledgeStatus(pledge.status),
        reason=values.Reason(Reason(pledge.reason)) if pledge.reason else None,
        timing=values.Timing(Timing(pledge.timing)),
    )


def next_without_verdict(pledge: Pledge) -> Pledge | None:
    """Return the next of the ten without a verdict, past the last one beginning anew."""
    rows = list(
        Pledge.objects.chosen()
        .filter(top_ten=pledge.top_ten_id, verdict=Verdict.NOT_ASSESSED)
        .exclude(pk=pledge.pk)
    )
    later = (row for row in rows if (row.rank or 0) > (pledge.rank or 0))
    return next(later, rows[0] if rows else None)


def told_in_the_ten(promise: Promise) -> Pledge | None:
    """Return the pledge of the ten that a promise was, with its verdict: an earlier opinion.

    One query where the evaluation is the final account of a top ten, none elsewhere.

    Args:
        promise: as ``evaluation.queries.desk.with_text`` loads it.
    """
    top_ten = getattr(promise.evaluation, "top_ten", None)
    if top_ten is None:
        return None
    return (
        Pledge.objects.chosen()
        .filter(measure=promise.measure_id, top_ten=top_ten)
        .select_related("top_ten", "verdict_by")
        .first()
    )
