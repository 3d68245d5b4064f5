"""Which promises ask for a decision whether they go on (R40, R41)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evaluation.rules.verdict import Verdict


def needs_decision(verdict: Verdict | str) -> bool:
    """Tell whether somebody must decide: carry over, or drop with a reason (R40).

    Every promise that was assessed and is not wholly delivered. What is delivered may go on too
    (R41), but asks nothing; what has no verdict yet is assessed first.
    """
    return verdict not in (Verdict.DELIVERED, Verdict.NOT_ASSESSED)


def may_be_decided(verdict: Verdict | str) -> bool:
    """Tell whether a decision can be taken at all: not before there is a verdict."""
    return verdict != Verdict.NOT_ASSESSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """So many promises with this verdict and this decision (``open``, ``carry`` or ``drop``)."""

    verdict: Verdict
    carry_over: str
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryCount:
    """How far the decisions are.

    Attributes:
        needed: promises that ask for a decision now.
        decided: how many of those have one.
        carried: promises that go on, those that were delivered included.
        carried_delivered: how many of ``carried`` were delivered: still topical (R41).
        dropped: promises that do not go on.
        coming: promises without a verdict, which may still come to ask for a decision.
    """

    needed: int = 0
    decided: int = 0
    carried: int = 0
    carried_delivered: int = 0
    dropped: int = 0
    coming: int = 0

    @property
    def open(self) -> int:
        """Promises that wait for a decision now."""
        return self.needed - self.decided


def carry_count(rows: Iterable[Decided]) -> CarryCount:
    """Count the decisions."""
    needed = decided = carried = carried_delivered = dropped = coming = 0
    for row in rows:
        if row.verdict is Verdict.NOT_ASSESSED:
            coming += row.count
        if needs_decision(row.verdict):
            needed += row.count
            decided += 0 if row.carry_over == "open" else row.count
        if row.carry_over == "carry":
            carried += row.count
            carried_delivered += row.count if row.verdict is Verdict.DELIVERED else 0
        elif row.carry_over == "drop":
            dropped += row.count
    return CarryCount(
        needed=needed,
        decided=decided,
        carried=carried,
        carried_delivered=carried_delivered,
        dropped=dropped,
        coming=coming,
    )
