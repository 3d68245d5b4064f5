"""The same, said of many promises at once: which service does what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import QuerySet

from branches.models import User
from evaluation.enums import Timing
from evaluation.models import Evaluation, Promise
from evaluation.services import assessing, carrying, dealing


class BulkAction(StrEnum):
    """What can be done to many promises at once; the value stands in the form."""

    JUDGE = "judge"
    PORTFOLIO = "portfolio"
    DEAL = "deal"
    CARRY = "carry"


PERMISSIONS = {
    BulkAction.JUDGE: "evaluation.assess",
    BulkAction.PORTFOLIO: "evaluation.manage",
    BulkAction.DEAL: "evaluation.manage",
    BulkAction.CARRY: "evaluation.manage",
}
"""What somebody must be allowed to do, for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkEdit:
    """One thing to do, with what it asks for; the rest is empty."""

    action: BulkAction
    verdict: str = ""
    reason: str = ""
    timing: str = Timing.UNKNOWN
    portfolio: str = ""
    people: Sequence[int] = ()
    carry_over: str = ""
    carry_reason: str = ""


def apply(
    *,
    edit: BulkEdit,
    evaluation: Evaluation,
    promises: QuerySet[Promise],
    by: User,
    today: date,
) -> int:
    """Do it, in one transaction and a number of queries that does not grow with the promises.

    Args:
        edit: what.
        evaluation: whose promises.
        promises: of that evaluation.
        by: who does it; the view saw that they may.
        today: the day of it.

    Returns:
        How many promises are different now.

    Raises:
        Refused: as the service that does it.
    """
    match edit.action:
        case BulkAction.JUDGE:
            return assessing.assess_many(
                promises=promises,
                verdict=edit.verdict,
                reason=edit.reason,
                timing=edit.timing,
                by=by,
                today=today,
            )
        case BulkAction.PORTFOLIO:
            return dealing.set_portfolio(
                promises=promises, portfolio=edit.portfolio, by=by, today=today
            )
        case BulkAction.DEAL:
            return dealing.deal_out(
                evaluation=evaluation,
                plan=dict.fromkeys(promises.values_list("pk", flat=True), edit.people),
                by=by,
                today=today,
            )
        case BulkAction.CARRY:
            return carrying.decide_many(
                promises=promises,
                carry_over=edit.carry_over,
                reason=edit.carry_reason,
                by=by,
                today=today,
            )
