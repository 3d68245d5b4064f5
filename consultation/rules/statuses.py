"""What is done with a contribution, and what each answer asks for (R92, R93).

Any status may follow any other: a committee changes its mind, and the history keeps what it was.
"For consideration" is no position of anybody; only a decision makes one.
"""

from __future__ import annotations

from typing import Final

NEW: Final = "new"
LONGEST_REASON: Final = 1000
# These tell the contributor something that asks for a because.
_ASK_WHY: Final = frozenset({"partly", "not_adopted"})
# Something came of it, so a measure can be shown.
_TAKEN_UP: Final = frozenset({"adopted", "partly"})
KNOWN: Final = frozenset({NEW, "considered"}) | _ASK_WHY | _TAKEN_UP


def asks_why(status: str) -> bool:
    """Tell whether a status is only said with a reason."""
    return status in _ASK_WHY


def is_taken_up(status: str) -> bool:
    """Tell whether a measure of the programme belongs with this status."""
    return status in _TAKEN_UP


def may_be_answered(status: str) -> bool:
    """Tell whether there is anything to answer: not before somebody looked at it."""
    return status in KNOWN and status != NEW


def kept_reason(status: str, reason: str) -> str:
    """Return the reason as it is kept: none for what nobody looked at."""
    return "" if status == NEW else reason.strip()
