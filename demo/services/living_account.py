"""The final account of an invented ten: a verdict on each, and on all that was promised (R38)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date

from branches.models import User
from demo.data.tens import tellings
from demo.services.people import chance_for
from evaluation.enums import Reason, Timing, Verdict
from evaluation.models import Pledge, Promise, TopTen
from evaluation.rules import verdict as rule
from evaluation.rules.account import proposed
from evaluation.rules.pledge import PledgeStatus
from evaluation.services import assessing
from evaluation.services.ten import account

SEED = 2022
# Of all that was not among the ten, after four years.
_OTHERS = (
    (Verdict.DELIVERED, ""),
    (Verdict.DELIVERED, ""),
    (Verdict.PARTLY, Reason.NO_MONEY),
    (Verdict.UNDER_WAY, ""),
    (Verdict.NOT_DELIVERED, Reason.NO_MAJORITY),
)


def give_verdict(pledge_of: Callable[[int], Pledge], rank: int, day: date) -> None:
    """Judge one of the ten as its last update says; what is stuck to the end was not delivered."""
    pledge = pledge_of(rank)
    if pledge.verdict != Verdict.NOT_ASSESSED or pledge.owner is None:
        return
    finding = proposed(
        status=PledgeStatus(pledge.status),
        reason=rule.Reason(pledge.reason) if pledge.reason else None,
        timing=rule.Timing(pledge.timing),
    )
    verdict = finding.verdict
    if pledge.status in (PledgeStatus.STUCK, PledgeStatus.AGREED):
        verdict = rule.Verdict.NOT_DELIVERED
    account.give_verdict(
        pledge=pledge,
        verdict=verdict.value,
        reason=pledge.reason,
        text=tellings()["accounts"][verdict.value],
        by=pledge.owner,
        today=day,
    )


def give_account(top_ten: TopTen, by: User, day: date) -> None:
    """Look back at the whole programme in one evening, and show everybody what came of the ten."""
    row = TopTen.objects.select_related("branch", "timeline", "programme").get(pk=top_ten.pk)
    if row.account_given_on is not None:
        return
    evaluation = account.begin(top_ten=row, by=by, today=day)
    chance = chance_for(seed=SEED, what=f"account:{row.branch.slug}")
    found: dict[tuple[str, str], list[Promise]] = defaultdict(list)
    for promise in Promise.objects.current().filter(
        evaluation=evaluation, verdict=Verdict.NOT_ASSESSED, disputed=False
    ):
        found[chance.choice(_OTHERS)].append(promise)
    for (verdict, reason), promises in found.items():
        assessing.assess_many(
            promises=promises,
            verdict=verdict,
            reason=reason,
            timing=Timing.UNKNOWN,
            by=by,
            today=day,
        )
    account.give(top_ten=row, by=by, today=day)
