"""How much a load test fills in, and how long it lasts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """One size.

    Attributes:
        branches: each with a timeline of the product's own template (33 milestones), four people,
            a top ten and a collecting of input.
        lively: of these, branches whose people visit; they have longer lists and an evaluation.
        contributions: in all, those of lively branches included.
        people: at once, each signed in with a session of their own.
        seconds: that they go on.
    """

    branches: int
    lively: int
    contributions: int
    people: int
    seconds: float

    @property
    def pledges(self) -> int:
        """Return how many there are: ten for each branch."""
        return self.branches * TEN


TEN: Final = 10
LISTED: Final = 200
"""Contributions of a lively branch."""
PROMISES: Final = 50
"""Promises in the evaluation of a lively branch."""
OFFICERS: Final = 4
"""Of the people, so many are of the national office."""
SIZES: Final = {
    "small": Size(branches=60, lively=10, contributions=2_600, people=20, seconds=15.0),
    "full": Size(branches=10_000, lively=25, contributions=100_000, people=50, seconds=120.0),
}
