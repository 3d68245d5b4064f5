"""What several people's findings make of one promise (R38, R39).

Nobody judged: not assessed. All found the same: that. Found different things: a disagreement, and
the promise stays *not assessed* until a third step settles it. What was settled stays settled until
somebody judges anew and finds something else than what was settled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.rules.verdict import Finding, Reason, Timing, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What stands at a promise. A disputed one has no verdict yet."""

    verdict: Verdict = Verdict.NOT_ASSESSED
    reason: Reason | None = None
    timing: Timing = Timing.UNKNOWN
    disputed: bool = False


def outcome(findings: Sequence[Finding]) -> Outcome:
    """Return what these findings make together.

    Where the verdicts agree, the reason is the one that most people gave, the first given of
    equals: no reason at all hides more than one that a colleague would have put differently. On
    time or late is a fact: people who differ about it leave it unsaid.

    Args:
        findings: one a person, the first given first, none of them *not assessed*.
    """
    verdicts = {finding.verdict for finding in findings}
    if not verdicts:
        return Outcome()
    if len(verdicts) > 1:
        return Outcome(disputed=True)
    (verdict,) = verdicts
    reasons = Counter(finding.reason for finding in findings if finding.reason is not None)
    timings = {finding.timing for finding in findings} - {Timing.UNKNOWN}
    return Outcome(
        verdict=verdict,
        # Counter keeps the order of arrival among equals.
        reason=reasons.most_common(1)[0][0] if reasons else None,
        timing=timings.pop() if len(timings) == 1 else Timing.UNKNOWN,
    )


def reopens(*, settled: Verdict, before: Verdict | None, now: Verdict) -> bool:
    """Tell whether an assessment opens a settled disagreement again.

    Args:
        settled: the verdict that ended the disagreement.
        before: what this person found until now, ``None`` if nothing.
        now: what this person finds, *not assessed* if they take it back.
    """
    return now not in (Verdict.NOT_ASSESSED, settled, before)
