"""What is missing before a top ten is agreed: exactly ten, two people each, a decision in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evaluation.rules.pledge import TEN


class Lack(StrEnum):
    """What is not there."""

    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    NO_OWNER = "no_owner"
    NO_DEPUTY = "no_deputy"
    OWNER_GONE = "owner_gone"
    DEPUTY_GONE = "deputy_gone"
    NO_DECISION = "no_decision"
    TOO_LATE = "too_late"
    BEFORE_PROGRAMME = "before_programme"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """A pledge as far as agreement asks: ranks and people's ids."""

    rank: int
    title: str
    owner: int | None
    deputy: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One thing that is missing.

    Attributes:
        lack: what.
        rank: of which of the ten; 0: of all of them together.
        title: of that pledge; empty for all of them.
        count: how many there are, for too few or too many.
    """

    lack: Lack
    rank: int = 0
    title: str = ""
    count: int = 0


def missing(
    *,
    ten: Sequence[Stands],
    here: frozenset[int],
    decided_on: date | None,
    polling_day: date,
    adopted_on: date | None = None,
) -> list[Missing]:
    """Return everything that stands between this list and a top ten; empty: it can be agreed.

    Args:
        ten: what has a rank, in order.
        here: the ids of people who have a role in the branch today.
        decided_on: the day of the members' decision; None: there is none.
        polling_day: the decision comes before it (R58).
        adopted_on: the day on which the programme was adopted, when that is known: one chooses
            from what was adopted.
    """
    found = []
    if len(ten) < TEN:
        found.append(Missing(lack=Lack.TOO_FEW, count=len(ten)))
    if len(ten) > TEN:
        found.append(Missing(lack=Lack.TOO_MANY, count=len(ten)))
    for one in ten:
        for person, empty, gone in (
            (one.owner, Lack.NO_OWNER, Lack.OWNER_GONE),
            (one.deputy, Lack.NO_DEPUTY, Lack.DEPUTY_GONE),
        ):
            if person is None:
                found.append(Missing(lack=empty, rank=one.rank, title=one.title))
            elif person not in here:
                found.append(Missing(lack=gone, rank=one.rank, title=one.title))
    if decided_on is None:
        found.append(Missing(lack=Lack.NO_DECISION))
    elif decided_on >= polling_day:
        found.append(Missing(lack=Lack.TOO_LATE))
    elif adopted_on is not None and decided_on < adopted_on:
        found.append(Missing(lack=Lack.BEFORE_PROGRAMME))
    return found
