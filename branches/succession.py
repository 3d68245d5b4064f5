"""What rooms above do when branches merge or end: named in ``settings.BRANCH_FOLLOWERS``.

This room stands below the others and may not import them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from branches.models import Branch, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Merger:
    """Branches that went on in another.

    Attributes:
        predecessors: closed by now.
        successor: where they went on, with all its municipalities.
        is_new: the successor was made for this merger.
        day: the first day of the new situation; today or earlier.
    """

    predecessors: Sequence[Branch]
    successor: Branch
    is_new: bool
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What became of one kind of thing, in a sentence in the reader's language.

    Attributes:
        sentence: what was done.
        details: which ones, by name.
    """

    sentence: str
    details: tuple[str, ...] = ()


class BranchFollower(Protocol):
    """A room that keeps things of branches."""

    def merged(self, *, merger: Merger, by: User, today: date) -> list[Effect]:
        """Let this room's things follow, inside the merger's transaction; say what was done."""

    def closed(self, *, branch: Branch, by: User, today: date) -> list[Effect]:
        """Do what a branch asks for that ends without a successor; say what was done."""


def _followers() -> Iterable[BranchFollower]:
    return (import_string(path)() for path in settings.BRANCH_FOLLOWERS)


def merged(*, merger: Merger, by: User, today: date) -> list[Effect]:
    """Tell all rooms of a merger; return what they did, in their order."""
    return [
        effect
        for follower in _followers()
        for effect in follower.merged(merger=merger, by=by, today=today)
    ]


def closed(*, branch: Branch, by: User, today: date) -> list[Effect]:
    """Tell all rooms that a branch ended; return what they did, in their order."""
    return [
        effect
        for follower in _followers()
        for effect in follower.closed(branch=branch, by=by, today=today)
    ]
