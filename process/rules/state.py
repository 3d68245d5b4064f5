"""What a milestone looks like today. Never stored: it follows from the dates."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class State(StrEnum):
    """How a knot is drawn."""

    DONE = "done"
    CURRENT = "current"
    PLANNED = "planned"
    LATE = "late"
    SKIPPED = "skipped"


def shown_state(
    *, status: str, is_statutory: bool, window_start: date, deadline: date, today: date
) -> State:
    """Return how a milestone stands on ``today``.

    A day that the law fixes is never late: it comes, and then it has been.
    """
    if status == "dropped":
        return State.SKIPPED
    if status == "done" or (is_statutory and deadline < today):
        return State.DONE
    if deadline < today:
        return State.LATE
    return State.CURRENT if window_start <= today else State.PLANNED
