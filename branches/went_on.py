"""What everybody may know of a branch that merged: under which name it goes on, since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from branches.models import Branch
from branches.naming import public_name


@dataclass(frozen=True, slots=True, kw_only=True)
class WentOn:
    """Where a branch went on.

    Attributes:
        name: of the branch that stands for it today, with the party's.
        slug: of that branch, for addresses; empty where it is no longer there either.
        day: the first day of it.
    """

    name: str
    slug: str
    day: date


def went_on(branch: Branch) -> WentOn | None:
    """Return where a branch went on; ``None`` while it is there itself, or was dissolved.

    Args:
        branch: with ``heir`` loaded, or one query where there is one.
    """
    if branch.closed_on is None or branch.heir is None:
        return None
    return WentOn(
        name=public_name(branch.heir),
        slug=branch.heir.slug if branch.heir.closed_on is None else "",
        day=branch.closed_on,
    )
