"""What can come of a promise, why not, and when: three fields, as values without Django."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Verdict(StrEnum):
    """What came of a promise, in the order of the keys 1–6 on the desk.

    Not assessed is a value of its own and never counts as not delivered.
    """

    DELIVERED = "delivered"
    PARTLY = "partly"
    UNDER_WAY = "under_way"
    NOT_DELIVERED = "not_delivered"
    NOT_TESTABLE = "not_testable"
    NOT_ASSESSED = "not_assessed"


class Reason(StrEnum):
    """Why a promise was not, or not wholly, delivered."""

    NO_MAJORITY = "no_majority"
    NO_MONEY = "no_money"
    NO_PRIORITY = "no_priority"
    CHANGED_VIEW = "changed_view"
    NOT_MUNICIPAL = "not_municipal"
    OVERTAKEN = "overtaken"


class Timing(StrEnum):
    """Whether it came when it was promised."""

    UNKNOWN = "unknown"
    ON_TIME = "on_time"
    LATE = "late"


REASON_ASKED = frozenset({Verdict.PARTLY, Verdict.NOT_DELIVERED})
"""Verdicts for which a reason is asked; a missing one is counted and never stops anybody."""

REASON_FITS = REASON_ASKED | {Verdict.UNDER_WAY}
"""Verdicts that can have a reason at all: what is under way may wait for money."""

TIMING_FITS = frozenset({Verdict.DELIVERED, Verdict.PARTLY, Verdict.UNDER_WAY})
"""Verdicts that can be on time or late: something must have come, or be coming."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one person found; ``reason`` is None when none was given."""

    verdict: Verdict
    reason: Reason | None = None
    timing: Timing = Timing.UNKNOWN

    def tidy(self) -> Finding:
        """Return this finding without a reason or a timing that its verdict cannot have."""
        return replace(
            self,
            reason=self.reason if self.verdict in REASON_FITS else None,
            timing=self.timing if self.verdict in TIMING_FITS else Timing.UNKNOWN,
        )
