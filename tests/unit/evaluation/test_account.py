"""What the updates of a pledge propose as a verdict."""

from __future__ import annotations

import pytest

from evaluation.rules.account import PROPOSED, is_explained, proposed
from evaluation.rules.pledge import PledgeStatus
from evaluation.rules.verdict import Finding, Reason, Timing, Verdict


def test_every_status_proposes_something() -> None:
    assert set(PROPOSED) == set(PledgeStatus)


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (PledgeStatus.DONE, Verdict.DELIVERED),
        (PledgeStatus.PARTLY, Verdict.PARTLY),
        (PledgeStatus.GIVEN_UP, Verdict.NOT_DELIVERED),
        (PledgeStatus.STUCK, Verdict.UNDER_WAY),
        (PledgeStatus.UNDER_WAY, Verdict.UNDER_WAY),
        (PledgeStatus.STARTED, Verdict.UNDER_WAY),
        (PledgeStatus.AGREED, Verdict.NOT_ASSESSED),
    ],
)
def test_the_status_proposes_the_verdict(status: PledgeStatus, verdict: Verdict) -> None:
    assert proposed(status=status).verdict is verdict


def test_reason_and_timing_go_along_where_the_verdict_can_have_them() -> None:
    given_up = proposed(status=PledgeStatus.GIVEN_UP, reason=Reason.NO_MONEY, timing=Timing.LATE)
    assert given_up == Finding(verdict=Verdict.NOT_DELIVERED, reason=Reason.NO_MONEY)
    done = proposed(status=PledgeStatus.DONE, reason=Reason.NO_MONEY, timing=Timing.LATE)
    assert done == Finding(verdict=Verdict.DELIVERED, timing=Timing.LATE)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_only_in_part_and_not_at_all_ask_for_a_reason(verdict: Verdict) -> None:
    asked = verdict in {Verdict.PARTLY, Verdict.NOT_DELIVERED}
    assert is_explained(Finding(verdict=verdict), text=" ") is not asked
    assert is_explained(Finding(verdict=verdict), text="De raad koos anders.")
    assert is_explained(Finding(verdict=verdict, reason=Reason.NO_MONEY), text="")
