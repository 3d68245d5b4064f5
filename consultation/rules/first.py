"""What a branch does first with its input: from what is there, in order of what helps most."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

AT_ONCE: Final = 3
"""So many things to do fit one glance."""


class Step(StrEnum):
    """Something to do."""

    OPEN = "open"
    GO_ONLINE = "go_online"
    MEET_PEOPLE = "meet_people"
    LET_THROUGH = "let_through"
    LOOK = "look"
    GATHER = "gather"
    ASK = "ask"
    SPREAD = "spread"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the input stands.

    Attributes:
        digital: there is an open way to take part online.
        physical: there is an open way to take part face to face.
        set_aside: how many things the form set aside that nobody looked at.
        untouched: how many things nobody looked at.
        empty_themes: on how many open themes nothing came in.
        gatherings: how many are planned or were held.
        came_in: how many things came in.
        is_closed: the day on which input closes is over.
    """

    digital: bool
    physical: bool
    set_aside: int
    untouched: int
    empty_themes: int
    gatherings: int
    came_in: int
    is_closed: bool


def first_steps(standing: Standing) -> tuple[Step, ...]:
    """Return what to do first, at most ``AT_ONCE`` things.

    Without any way in that comes first; then both kinds (R20); then what waits for somebody (R94);
    then asking further: a gathering (R25, R78), themes on which nobody said anything (R28).
    """
    wanted = {
        Step.OPEN: not standing.digital and not standing.physical,
        Step.GO_ONLINE: standing.physical and not standing.digital,
        Step.MEET_PEOPLE: standing.digital and not standing.physical,
        Step.LET_THROUGH: standing.set_aside > 0,
        Step.LOOK: standing.untouched > 0,
        Step.GATHER: not standing.gatherings and not standing.is_closed,
        Step.ASK: standing.empty_themes > 0 and standing.came_in > 0 and not standing.is_closed,
        Step.SPREAD: not standing.came_in and not standing.is_closed,
    }
    # After the closing day nobody need open anything any more.
    ways = {Step.OPEN, Step.GO_ONLINE, Step.MEET_PEOPLE}
    found = [step for step in Step if wanted[step] and not (standing.is_closed and step in ways)]
    if Step.OPEN in found:
        # Nobody hears of something that is not there yet.
        found = [step for step in found if step is not Step.SPREAD]
    return tuple(found[:AT_ONCE])
