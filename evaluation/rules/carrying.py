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
    def asking(self) -> int:
        """All but the delivered: what is or may come to be decided; the base of every count."""
        return self.needed + self.coming

    @property
    def open(self) -> int:
        """Promises that wait for a decision now."""
        return self.needed - self.decided

    def __add__(self, other: CarryCount) -> CarryCount:
        return CarryCount(
            needed=self.needed + other.needed,
            decided=self.decided + other.decided,
            carried=self.carried + other.carried,
            carried_delivered=self.carried_delivered + other.carried_delivered,
            dropped=self.dropped + other.dropped,
            coming=self.coming + other.coming,
        )


def carry_count(rows: Iterable[Decided]) -> CarryCount:
    """Count the decisions."""
    return sum((_alone(row) for row in rows), CarryCount())


def _alone(row: Decided) -> CarryCount:
    needed = row.count if needs_decision(row.verdict) else 0
    carried = row.count if row.carry_over == "carry" else 0
    return CarryCount(
        needed=needed,
        decided=0 if row.carry_over == "open" else needed,
        carried=carried,
        carried_delivered=carried if row.verdict is Verdict.DELIVERED else 0,
        dropped=row.count if row.carry_over == "drop" else 0,
        coming=row.count if row.verdict is Verdict.NOT_ASSESSED else 0,
    )
