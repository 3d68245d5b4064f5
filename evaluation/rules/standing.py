"""What a branch can do for its ten, from where it stands after the election (R59).

Who is in the coalition steers money and an alderman's portfolio; who is in the opposition asks and
proposes in the council; who is not in the council goes there from outside. Nobody is let off: the
ten were promised to voters, not to a coalition.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """Where the branch stands."""

    UNKNOWN = "unknown"
    COALITION = "coalition"
    OPPOSITION = "opposition"
    NOT_ELECTED = "not_elected"


class Means(StrEnum):
    """What a step takes; the values of ``enums_ten.Means``."""

    MOTION = "motion"
    AMENDMENT = "amendment"
    BUDGET = "budget"
    PORTFOLIO = "portfolio"
    QUESTION = "question"
    TALK = "talk"
    OTHER = "other"


class Way(StrEnum):
    """A way to get something done, as the desk names it."""

    AGREEMENT = "agreement"  # in the coalition agreement
    BUDGET = "budget"
    PORTFOLIO = "portfolio"
    MOTION = "motion"
    AMENDMENT = "amendment"
    QUESTION = "question"
    ALLY = "ally"  # another council group that proposes it with you
    SPEAK = "speak"  # speaking in a committee of the council, as every resident may
    INITIATIVE = "initiative"  # a citizens' initiative
    TALK = "talk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What is expected of a branch.

    Attributes:
        ways: what works from there, what helps most first.
        means: the same as a step names it, in the same order; what is not among them can be
            chosen all the same.
    """

    ways: tuple[Way, ...]
    means: tuple[Means, ...]


_EXPECTED = {
    Standing.UNKNOWN: Expected(
        ways=(Way.AGREEMENT, Way.MOTION, Way.TALK),
        means=(Means.TALK, Means.MOTION, Means.QUESTION),
    ),
    Standing.COALITION: Expected(
        ways=(Way.AGREEMENT, Way.BUDGET, Way.PORTFOLIO),
        means=(Means.BUDGET, Means.PORTFOLIO, Means.TALK),
    ),
    Standing.OPPOSITION: Expected(
        ways=(Way.MOTION, Way.AMENDMENT, Way.QUESTION, Way.ALLY),
        means=(Means.MOTION, Means.AMENDMENT, Means.QUESTION, Means.TALK),
    ),
    Standing.NOT_ELECTED: Expected(
        ways=(Way.TALK, Way.SPEAK, Way.INITIATIVE, Way.ALLY),
        means=(Means.TALK, Means.OTHER),
    ),
}


def expected(standing: Standing) -> Expected:
    """Return what is expected of a branch that stands there."""
    return _EXPECTED[standing]


def means_in_order(standing: Standing) -> tuple[Means, ...]:
    """Return all means, those that are expected first."""
    first = _EXPECTED[standing].means
    return (*first, *(one for one in Means if one not in first))
