"""Which promises ask whether they go on, and how far that is."""

from __future__ import annotations

import pytest

from evaluation.rules.carrying import (
    CarryCount,
    Decided,
    carry_count,
    may_be_decided,
    needs_decision,
)
from evaluation.rules.verdict import Verdict


@pytest.mark.parametrize(
    ("verdict", "needed"),
    [
        (Verdict.DELIVERED, False),
        (Verdict.PARTLY, True),
        (Verdict.UNDER_WAY, True),
        (Verdict.NOT_DELIVERED, True),
        (Verdict.NOT_TESTABLE, True),
        (Verdict.NOT_ASSESSED, False),
    ],
)
def test_all_that_was_assessed_and_not_delivered_asks_for_a_decision(
    verdict: Verdict, *, needed: bool
) -> None:
    assert needs_decision(verdict) is needed
    assert needs_decision(verdict.value) is needed


def test_only_what_has_a_verdict_can_be_decided() -> None:
    assert [verdict for verdict in Verdict if not may_be_decided(verdict)] == [Verdict.NOT_ASSESSED]


def test_the_count_keeps_what_was_delivered_apart() -> None:
    rows = [
        Decided(verdict=Verdict.PARTLY, carry_over="carry", count=3),
        Decided(verdict=Verdict.NOT_DELIVERED, carry_over="drop"),
        Decided(verdict=Verdict.NOT_TESTABLE, carry_over="open", count=2),
        Decided(verdict=Verdict.DELIVERED, carry_over="carry"),
        Decided(verdict=Verdict.DELIVERED, carry_over="open", count=20),
        Decided(verdict=Verdict.NOT_ASSESSED, carry_over="open", count=5),
    ]
    found = carry_count(rows)
    assert found == CarryCount(
        needed=6, decided=4, carried=4, carried_delivered=1, dropped=1, coming=5
    )
    assert found.open == 2
    assert found.asking == 11, "all but the delivered, judged or not"


def test_nothing_decided_is_nothing() -> None:
    assert carry_count([]) == CarryCount()
