"""Which open milestones still ask for something. What has been overtaken is history, not a task.

Once the programme is adopted nobody goes back to collect input for it; once the polls have closed
only the promises are left. Such a milestone stays visible as it is and can still be recorded, but a
branch is not late because of it. (R15, R59.)
"""

from __future__ import annotations

LAST_PHASE_BEFORE_ADOPTION = 4
FIRST_PHASE_AFTER_ELECTION = 7


def still_asks(*, phase: int, adopted: bool, after_polling_day: bool) -> bool:
    """Tell whether an open milestone of ``phase`` (1 to 7) is still something to do."""
    if after_polling_day:
        return phase >= FIRST_PHASE_AFTER_ELECTION
    return phase > LAST_PHASE_BEFORE_ADOPTION or not adopted
