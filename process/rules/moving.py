"""A branch moves one of its own days: what moves with it, and what stands in the way.

Hard: the order (``rules.order``), polling day, and for the candidate list nomination day. Soft: a
day outside the national window is said, and allowed: a branch knows its own calendar.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from process.rules.order import followers, predecessors
from process.rules.restdays import RestDays


class Obstacle(StrEnum):
    """Why a move cannot be made."""

    FIXED_BY_LAW = "fixed_by_law"
    ALREADY_DONE = "already_done"
    AFTER_LIMIT = "after_limit"  # ``day`` is the limit
    BEFORE_PREDECESSOR = "before_predecessor"  # ``other`` is planned for ``day``
    AFTER_DONE_FOLLOWER = "after_done_follower"  # ``other`` was done on ``day``
    AFTER_HAND_SET = "after_hand_set"  # ``other`` was set by the branch to ``day``
    AFTER_STATUTORY = "after_statutory"  # ``other`` is fixed by law on ``day``


class Remark(StrEnum):
    """What a person should know before moving."""

    BEFORE_WINDOW = "before_window"
    AFTER_WINDOW = "after_window"
    REST_DAY = "rest_day"
    IN_THE_PAST = "in_the_past"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One milestone as moving sees it."""

    key: str
    target: date
    window_start: date
    window_end: date
    is_open: bool
    is_statutory: bool = False
    set_by_hand: bool = False
    done_on: date | None = None
    # The last day that makes sense at all; None where there is none.
    limit: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One milestone's old and new day."""

    key: str
    old: date
    new: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Hindrance:
    """An obstacle with the milestone it concerns and the date to name."""

    obstacle: Obstacle
    key: str
    other: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePlan:
    """What would happen: moves if there are no hindrances; remarks either way."""

    moves: tuple[Move, ...]
    hindrances: tuple[Hindrance, ...]
    remarks: tuple[tuple[Remark, str], ...]  # the text is a rest-day reason, or empty

    @property
    def is_possible(self) -> bool:
        """Tell whether nothing stands in the way."""
        return not self.hindrances


def plan_move(
    *, items: Mapping[str, Item], key: str, day: date, today: date, rest: RestDays
) -> MovePlan:
    """Plan moving ``key`` to ``day``.

    Milestones that must come later and stand before ``day`` move along to the first working day on
    or after it, unless they are done, fixed by law or set by hand: those are named instead.

    Raises:
        KeyError: no such milestone in ``items``.
    """
    item = items[key]
    hindrances = _own_hindrances(item, items, day)
    remarks = _remarks(item, day, today, rest)
    moves = [Move(key=key, old=item.target, new=day)]
    current = {**items, key: replace(item, target=day)}
    waiting = [key]
    while waiting:
        first = current[waiting.pop()]
        for name in followers(key=first.key):
            then = current.get(name)
            if then is None:
                continue
            if then.done_on is not None:
                if then.done_on < first.target:
                    hindrances.append(
                        Hindrance(
                            obstacle=Obstacle.AFTER_DONE_FOLLOWER,
                            key=first.key,
                            other=name,
                            day=then.done_on,
                        )
                    )
                continue
            if not then.is_open or then.target >= first.target:
                continue
            if then.is_statutory or then.set_by_hand:
                hindrances.append(
                    Hindrance(
                        obstacle=Obstacle.AFTER_STATUTORY
                        if then.is_statutory
                        else Obstacle.AFTER_HAND_SET,
                        key=first.key,
                        other=name,
                        day=then.target,
                    )
                )
                continue
            new = rest.later(first.target)
            if then.limit is not None and first.target <= then.limit < new:
                # No working day left before the limit: the same day, rather than none.
                new = first.target
            if then.limit is not None and new > then.limit:
                hindrances.append(
                    Hindrance(obstacle=Obstacle.AFTER_LIMIT, key=name, day=then.limit)
                )
                continue
            moves.append(Move(key=name, old=items[name].target, new=new))
            current[name] = replace(then, target=new)
            waiting.append(name)
    latest = {move.key: move for move in moves}
    return MovePlan(
        moves=tuple(latest.values()), hindrances=tuple(hindrances), remarks=tuple(remarks)
    )


def _own_hindrances(item: Item, items: Mapping[str, Item], day: date) -> list[Hindrance]:
    if item.is_statutory:
        return [Hindrance(obstacle=Obstacle.FIXED_BY_LAW, key=item.key, day=item.target)]
    if not item.is_open:
        return [Hindrance(obstacle=Obstacle.ALREADY_DONE, key=item.key, day=item.done_on)]
    found = []
    if item.limit is not None and day > item.limit:
        found.append(Hindrance(obstacle=Obstacle.AFTER_LIMIT, key=item.key, day=item.limit))
    for name in predecessors(key=item.key):
        first = items.get(name)
        if first is None or (not first.is_open and first.done_on is None):
            continue
        first_day = first.done_on or first.target
        if first_day > day:
            found.append(
                Hindrance(
                    obstacle=Obstacle.BEFORE_PREDECESSOR, key=item.key, other=name, day=first_day
                )
            )
    return found


def _remarks(item: Item, day: date, today: date, rest: RestDays) -> list[tuple[Remark, str]]:
    found: list[tuple[Remark, str]] = []
    if day < item.window_start:
        found.append((Remark.BEFORE_WINDOW, ""))
    if day > item.window_end:
        found.append((Remark.AFTER_WINDOW, ""))
    if day < today:
        found.append((Remark.IN_THE_PAST, ""))
    if reason := rest.reason(day):
        found.append((Remark.REST_DAY, reason))
    return found
