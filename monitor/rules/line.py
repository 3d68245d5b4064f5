"""The national line: how many branches took each step, against the plan and against last time.

A number never stands alone. Its base is the branches that have the step to take: where a milestone
does not apply, a branch is in no base. What was planned follows from the branches' own days, and
last time is another election of the same kind at the same distance from polling day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

TOO_FEW = 5
"""Fewer branches than this are no country to compare with."""


class Step(StrEnum):
    """The steps that the country is followed by; each value is the key of its milestone.

    R8 and R9 (committee and commission), R38 (evaluated), R19 (collecting), R15 (adopted), R58
    (the ten), R16 (the list comes last).
    """

    APPOINTED = "committee_and_commission"
    EVALUATED = "promises_assessed"
    COLLECTING = "input_open"
    ADOPTED = "programme_adopted"
    AGREED = "top_ten_agreed"
    LISTED = "candidate_list_set"


class Against(StrEnum):
    """How many did it, beside how many were to have done it."""

    AHEAD = "ahead"
    EVEN = "even"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far the branches are with one step on one day.

    Attributes:
        of: branches that have the step to take.
        done: of these, who took it.
        planned: whose own target day has come.
        due: whose last day has passed.
        late: whose last day has passed, and who did not take it.
        last_of: the same as ``of`` at the last election of this kind.
        last_done: of these, who had taken it at this distance from polling day.
    """

    of: int = 0
    done: int = 0
    planned: int = 0
    due: int = 0
    late: int = 0
    last_of: int = 0
    last_done: int = 0

    @property
    def against(self) -> Against:
        """Compare with the plan of today."""
        if self.done == self.planned:
            return Against.EVEN
        return Against.AHEAD if self.done > self.planned else Against.BEHIND

    @property
    def gap(self) -> int:
        """How many more or fewer than planned; never negative."""
        return abs(self.done - self.planned)

    @property
    def has_last(self) -> bool:
        """Tell whether last time had enough branches to compare with."""
        return self.last_of >= TOO_FEW

    def share(self, name: str) -> float:
        """Return ``done``, ``planned``, ``due`` or ``late`` in hundredths of the base."""
        return hundredths(int(getattr(self, name)), self.of)

    @property
    def last_share(self) -> float:
        """Last time's number in hundredths of last time's base."""
        return hundredths(self.last_done, self.last_of)


def hundredths(part: int, of: int) -> float:
    """Return a part in hundredths of its base; nothing of nothing is 0."""
    return 100 * part / of if of else 0.0


def same_distance(*, day: date, polling_day: date, last_polling_day: date) -> date:
    """Return the day that lay as far from the last polling day as ``day`` does from this one."""
    return last_polling_day - (polling_day - day)
