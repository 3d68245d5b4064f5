"""The final account of a pledge: what its updates propose as a verdict (R38, R59).

A person decides. What the latest public update said gives the first proposal, so that nobody begins
with an empty form; what was only agreed, and of which nothing was heard, has none: *not assessed*
is never the same as *not delivered*.
"""

from __future__ import annotations

from collections.abc import Mapping

from evaluation.rules.pledge import PledgeStatus
from evaluation.rules.verdict import REASON_ASKED, Finding, Reason, Timing, Verdict

PROPOSED: Mapping[PledgeStatus, Verdict] = {
    PledgeStatus.AGREED: Verdict.NOT_ASSESSED,
    PledgeStatus.STARTED: Verdict.UNDER_WAY,
    PledgeStatus.UNDER_WAY: Verdict.UNDER_WAY,
    PledgeStatus.STUCK: Verdict.UNDER_WAY,
    PledgeStatus.DONE: Verdict.DELIVERED,
    PledgeStatus.PARTLY: Verdict.PARTLY,
    PledgeStatus.GIVEN_UP: Verdict.NOT_DELIVERED,
}
"""How a pledge stands → the verdict that is proposed."""


def proposed(
    *, status: PledgeStatus, reason: Reason | None = None, timing: Timing = Timing.UNKNOWN
) -> Finding:
    """Return the verdict that the updates of a pledge propose, with the reason and the timing.

    Args:
        status: how it stands, as the latest public update says.
        reason: that this update gave, if any.
        timing: that this update gave.

    Returns:
        A finding without a reason or a timing that its verdict cannot have.
    """
    return Finding(verdict=PROPOSED[status], reason=reason, timing=timing).tidy()


def is_explained(finding: Finding, *, text: str) -> bool:
    """Tell whether a verdict says why, where that is asked: by a reason, or in words of its own.

    Args:
        finding: of the final account; ``tidy``.
        text: what came of it, in words.
    """
    return finding.verdict not in REASON_ASKED or finding.reason is not None or bool(text.strip())
