"""How far a gathering is: what its page says to do first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from consultation.rules import session_phases as phases


class GatheringState(StrEnum):
    """From planning to afterwards."""

    CANCELLED = "cancelled"
    NO_SESSIONS = "no_sessions"
    COMING = "coming"
    TODAY = "today"
    LIVE = "live"
    # Its day is over and nobody said that it took place.
    PAST = "past"
    HELD = "held"


def state_of(*, status: str, day: date, of_sessions: Sequence[str], today: date) -> GatheringState:
    """Return how far a gathering is.

    Args:
        status: of its meeting: ``planned``, ``held`` or ``cancelled``.
        day: of its meeting.
        of_sessions: the phases of its sessions.
        today: the day.
    """
    if status == "cancelled":
        return GatheringState.CANCELLED
    if any(_is_live(phase) for phase in of_sessions):
        return GatheringState.LIVE
    if status == "held":
        return GatheringState.HELD
    if day < today:
        return GatheringState.PAST
    if not of_sessions:
        return GatheringState.NO_SESSIONS
    return GatheringState.TODAY if day == today else GatheringState.COMING


def _is_live(phase: str) -> bool:
    return phase in {phases.COLLECT, phases.CLUSTER, phases.DISCUSS}
