"""What a heading is the heading of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Rank(Enum):
    """What a heading is the heading of."""

    TITLE = auto()
    CHAPTER = auto()
    SECTION = auto()
    GROUP = auto()
    EXAMPLES = auto()
    COLOPHON = auto()
    LABEL = auto()
    REFRAIN = auto()  # a label before prose
    LISTED = auto()


@dataclass(slots=True)
class Ranks:
    """The rank of each unit by its place."""

    by_place: dict[int, Rank]

    def get(self, place: int) -> Rank | None:
        """Return the rank of a unit, ``None`` for running text."""
        return self.by_place.get(place)
