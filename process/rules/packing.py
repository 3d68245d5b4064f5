"""A timeline's milestones in one small column, for tables of hundreds of branches.

One token a milestone, in template order, joined by spaces: a letter for what is recorded, then the
days from polling day of window start, shown day and deadline: ``p-448/-406/-350``. The shown day is
the day it was done, else the target. Letters: p planned, s started, d done, x dropped, w by law.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from process.rules.state import State

LETTERS = {"planned": "p", "started": "s", "done": "d", "dropped": "x"}
STATUTORY = "w"


@dataclass(frozen=True, slots=True, kw_only=True)
class Packable:
    """What is packed of one milestone."""

    status: str
    is_statutory: bool
    window_start: date
    shown_day: date
    deadline: date


def pack(*, milestones: Iterable[Packable], polling_day: date) -> str:
    """Return the packed column."""
    return " ".join(
        f"{_letter(item)}{(item.window_start - polling_day).days}"
        f"/{(item.shown_day - polling_day).days}/{(item.deadline - polling_day).days}"
        for item in milestones
    )


def unpack(*, packed: str, days_to_go: int) -> list[tuple[State, int]]:
    """Return (state, shown day as days from polling day) for each milestone.

    Args:
        packed: the column as ``pack`` wrote it.
        days_to_go: days from today until polling day; negative after it.
    """
    today = -days_to_go
    result = []
    for token in packed.split():
        start, day, deadline = token[1:].split("/")
        result.append((_state(token[0], int(start), int(deadline), today), int(day)))
    return result


def _letter(item: Packable) -> str:
    if item.is_statutory and item.status in ("planned", "started"):
        return STATUTORY
    return LETTERS[item.status]


def _state(letter: str, start: int, deadline: int, today: int) -> State:
    # The same decision as state.shown_state, on days from polling day; a property test compares.
    if letter == "x":
        return State.SKIPPED
    if letter == "d" or (letter == STATUTORY and deadline < today):
        return State.DONE
    if deadline < today:
        return State.LATE
    return State.CURRENT if start <= today else State.PLANNED
