"""How much of a programme was delivered (R39): counts with their base, and what they leave open.

*Not yet assessed* is kept apart everywhere and never counts as not delivered. A share is therefore
one of what was judged: the promises with a verdict that can be tested. *Cannot be tested* is shown
beside it and is in no share either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

from evaluation.rules.verdict import REASON_FITS, Reason, Timing, Verdict

JUDGED = (Verdict.DELIVERED, Verdict.PARTLY, Verdict.UNDER_WAY, Verdict.NOT_DELIVERED)
"""The verdicts that a share is taken of, in the order in which they are shown."""

WHOLE = 100
"""A share is told in whole hundredths."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """So many promises that are alike in all that is counted here."""

    verdict: Verdict
    timing: Timing = Timing.UNKNOWN
    reason: Reason | None = None
    weight: int = 1
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What came of a set of promises.

    Attributes:
        counts: verdict → promises; every verdict is there, also those with 0.
        weights: verdict → the sum of their weights.
        timings: of the delivered promises: on time, late, not said → promises.
        reasons: why not, or not wholly → promises; most named first, without those with 0.
    """

    counts: Mapping[Verdict, int]
    weights: Mapping[Verdict, int]
    timings: Mapping[Timing, int]
    reasons: Mapping[Reason, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All promises, whatever came of them."""
        return sum(self.counts.values())

    @property
    def unknown(self) -> int:
        """Promises without a verdict yet."""
        return self.counts[Verdict.NOT_ASSESSED]

    @property
    def assessed(self) -> int:
        """Promises with a verdict."""
        return self.total - self.unknown

    @property
    def delivered(self) -> int:
        """Promises that were delivered, wholly."""
        return self.counts[Verdict.DELIVERED]

    @property
    def not_testable(self) -> int:
        """Promises too vague to test."""
        return self.counts[Verdict.NOT_TESTABLE]

    @property
    def judged(self) -> int:
        """The base of every share: assessed, and possible to test."""
        return sum(self.counts[verdict] for verdict in JUDGED)

    @property
    def weight_delivered(self) -> int:
        """The weight of what was delivered, out of ``weight_judged``."""
        return self.weights[Verdict.DELIVERED]

    @property
    def weight_judged(self) -> int:
        """The weight of what was judged: the base when some promises weigh more."""
        return sum(self.weights[verdict] for verdict in JUDGED)

    def percentages(self, *, weighted: bool = False) -> dict[Verdict, int] | None:
        """Return the shares of what was judged, 100 together; ``None`` when nothing was judged.

        Args:
            weighted: count each promise by its weight instead of as one.
        """
        numbers = self.weights if weighted else self.counts
        parts = [numbers[verdict] for verdict in JUDGED]
        if not sum(parts):
            return None
        return dict(zip(JUDGED, largest_remainder(parts), strict=True))


def score(rows: Iterable[Counted]) -> Score:
    """Count these promises."""
    counts: dict[Verdict, int] = dict.fromkeys(Verdict, 0)
    weights: dict[Verdict, int] = dict.fromkeys(Verdict, 0)
    timings: dict[Timing, int] = dict.fromkeys(Timing, 0)
    reasons: Counter[Reason] = Counter()
    for row in rows:
        counts[row.verdict] += row.count
        weights[row.verdict] += row.count * row.weight
        if row.verdict is Verdict.DELIVERED:
            timings[row.timing] += row.count
        if row.reason is not None and row.verdict in REASON_FITS:
            reasons[row.reason] += row.count
    return Score(counts=counts, weights=weights, timings=timings, reasons=_in_order(reasons))


def together(scores: Iterable[Score]) -> Score:
    """Add the scores of chapters up to that of the whole."""
    return reduce(_plus, scores, score(()))


def largest_remainder(parts: Sequence[int], *, whole: int = WHOLE) -> list[int]:
    """Round shares so that they are ``whole`` together.

    Each part gets its share rounded down; what is left goes, one each, to those that lost most by
    that. Of equals the first: the same numbers give the same answer. A larger part never gets less
    than a smaller one, and a part of 0 gets 0.

    Args:
        parts: none negative.
        whole: what is shared out.

    Returns:
        as many numbers as there are parts; all 0 when the parts are.
    """
    total = sum(parts)
    if not total:
        return [0] * len(parts)
    shares = [divmod(part * whole, total) for part in parts]
    rounded = [share for share, _rest in shares]
    left = whole - sum(rounded)
    by_loss = sorted(range(len(parts)), key=lambda place: (-shares[place][1], place))
    for place in by_loss[:left]:
        rounded[place] += 1
    return rounded


def _plus(one: Score, other: Score) -> Score:
    return Score(
        counts={verdict: one.counts[verdict] + other.counts[verdict] for verdict in Verdict},
        weights={verdict: one.weights[verdict] + other.weights[verdict] for verdict in Verdict},
        timings={timing: one.timings[timing] + other.timings[timing] for timing in Timing},
        reasons=_in_order(Counter(one.reasons) + Counter(other.reasons)),
    )


def _in_order(reasons: Counter[Reason]) -> dict[Reason, int]:
    place = {reason: number for number, reason in enumerate(Reason)}
    named = [reason for reason in reasons if reasons[reason]]
    return {
        reason: reasons[reason]
        for reason in sorted(named, key=lambda one: (-reasons[one], place[one]))
    }
