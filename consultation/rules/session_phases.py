"""The life of a session: collect, cluster, discuss, report (R82). Phases are the stored words."""

from __future__ import annotations

from typing import Final

PLANNED: Final = "planned"
COLLECT: Final = "collect"
CLUSTER: Final = "cluster"
DISCUSS: Final = "discuss"
REPORT: Final = "report"
CLOSED: Final = "closed"

ORDER: Final = (PLANNED, COLLECT, CLUSTER, DISCUSS, REPORT, CLOSED)
STEPS: Final = ORDER[1:]
"""What a session goes through, as people are shown it."""

# With paper post-its there is nothing to collect on phones; and a slip of the finger is taken back.
_MOVES: Final = {
    PLANNED: (COLLECT, CLUSTER),
    COLLECT: (CLUSTER,),
    CLUSTER: (DISCUSS, COLLECT),
    DISCUSS: (REPORT, CLUSTER),
    REPORT: (CLOSED, DISCUSS),
    CLOSED: (REPORT,),
}
_OPEN: Final = frozenset({COLLECT, CLUSTER, DISCUSS, REPORT})
_SORTED: Final = frozenset({CLUSTER, DISCUSS, REPORT})


def may_move(*, now: str, to: str) -> bool:
    """Tell whether a session in phase ``now`` can go to phase ``to``."""
    return to in _MOVES.get(now, ())


def onward(phase: str) -> str | None:
    """Return the phase that usually follows; None: it is the last."""
    moves = _MOVES[phase]
    return moves[0] if ORDER.index(moves[0]) > ORDER.index(phase) else None


def back(phase: str) -> str | None:
    """Return the phase to go back to; None: there is none."""
    moves = _MOVES[phase]
    return moves[-1] if ORDER.index(moves[-1]) < ORDER.index(phase) else None


def has_code(phase: str) -> bool:
    """Tell whether people can join with a code: it dies when the session closes."""
    return phase in _OPEN


def takes_notes(phase: str) -> bool:
    """Tell whether participants write, change and withdraw post-its (R81)."""
    return phase == COLLECT


def may_sort(phase: str) -> bool:
    """Tell whether post-its are moved under sub-themes (R83)."""
    return phase in _SORTED


def may_type_in(phase: str) -> bool:
    """Tell whether the reporter adds what stood on paper."""
    return phase != CLOSED


def judges_talk(phase: str) -> bool:
    """Tell whether it is known which sub-themes were talked about (R84)."""
    return phase in {DISCUSS, REPORT, CLOSED}
