"""The contributions around one of them, in the list that somebody came from."""

from __future__ import annotations

from dataclasses import dataclass

from consultation.enums import Status
from consultation.models import Contribution
from consultation.models.contribution import ContributionQuerySet


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """Where somebody can go from here, as ids; None: there is none.

    Attributes:
        before: the one above it in the list.
        after: the one below it.
        untouched: the next one that nobody looked at, from here down and then from the top.
        left: how many of those there are, this one not counted.
    """

    before: int | None
    after: int | None
    untouched: int | None
    left: int


def neighbours_of(row: Contribution, rows: ContributionQuerySet) -> Neighbours:
    """Return the neighbours of a contribution in a list: one query, whatever its order.

    Args:
        row: which one; it need not be in the list any more.
        rows: the list, in order.
    """
    listed = list(rows.values_list("pk", "status"))
    ids = [pk for pk, _status in listed]
    place = ids.index(row.pk) if row.pk in ids else None
    # From here down, and then from the top.
    onward = listed if place is None else [*listed[place + 1 :], *listed[:place]]
    untouched = [pk for pk, status in onward if status == Status.NEW]
    return Neighbours(
        before=ids[place - 1] if place else None,
        after=ids[place + 1] if place is not None and place + 1 < len(ids) else None,
        untouched=untouched[0] if untouched else None,
        left=len(untouched),
    )
