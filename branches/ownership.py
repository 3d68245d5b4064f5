"""What a person owned in a branch, over all rooms; so that nothing is orphaned when people leave.

A room that lets people own things names a class here through the setting ``OWNERSHIP``: this room
stands below the others and may not import them.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from branches.models import Branch, User


class Ownership(Protocol):
    """One kind of thing that people own."""

    def owned(self, *, user: User, branch: Branch) -> list[str]:
        """Return a line for each thing that ``user`` owns in ``branch`` and that is still open."""

    def hand_over(
        self, *, user: User, branch: Branch, to: User | None, by: User, today: date
    ) -> int:
        """Give all of it to ``to`` (or to nobody: the board is asked); return how many."""


@cache
def kinds() -> tuple[Ownership, ...]:
    """Return the kinds that the rooms have named."""
    return tuple(import_string(path)() for path in settings.OWNERSHIP)


def owned(*, user: User, branch: Branch) -> list[str]:
    """Return a line for everything ``user`` still owns in ``branch``."""
    return [line for kind in kinds() for line in kind.owned(user=user, branch=branch)]


def hand_over(*, user: User, branch: Branch, to: User | None, by: User, today: date) -> int:
    """Hand everything over, inside the caller's transaction; return how many things moved."""
    return sum(
        kind.hand_over(user=user, branch=branch, to=to, by=by, today=today) for kind in kinds()
    )
