"""A branch that starts late: the same order in less time, and an honest word about what it costs.

The open milestones before the election are squeezed, in proportion, between a few days from now and
the last day that still works. What needs a members' meeting leaves room for the notice that the
branch's statutes ask. (R8, R15, R16, R37.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from process.rules.moving import Item, Move
from process.rules.order import predecessors
from process.rules.restdays import RestDays

# Milestones that need a members' meeting, which must be convened in time.
NEEDS_MEETING = frozenset(
    {"committee_and_commission", "programme_adopted", "top_ten_agreed", "candidate_list_set"}
)
# A first step within the week: nobody drops everything tonight.
FIRST_STEP = timedelta(days=5)
# With less than this until the end of its window, the adoption moves like everything else.
WORTH_KEEPING = timedelta(weeks=4)


class Impossible(StrEnum):
    """Why even the shortest way is too long."""

    NO_TIME_FOR_NOTICE = "no_time_for_notice"  # a meeting can no longer be convened in time
    LIMIT_PASSED = "limit_passed"  # the last possible day of something open has passed


@dataclass(frozen=True, slots=True, kw_only=True)
class Sacrifice:
    """A stretch that gets shorter: from ``first`` to ``then`` it had ``before`` days, now fewer."""

    first: str
    then: str
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """New days in order, what is given up, or why it cannot be met any more."""

    moves: tuple[Move, ...] = ()
    gives_up: tuple[Sacrifice, ...] = ()
    impossible: Impossible | None = None
    impossible_key: str = ""
    impossible_day: date | None = None


# The stretches that people feel, in the order in which they are named.
STRETCHES: tuple[tuple[str, str], ...] = (
    ("committee_and_commission", "draft_sent"),
    ("previous_loaded", "promises_assessed"),
    ("input_open", "input_closed"),
    ("draft_sent", "programme_adopted"),
    ("programme_adopted", "candidate_list_set"),
)


def compress(
    *,
    items: Sequence[Item],
    today: date,
    notice_days: int,
    rest: RestDays,
) -> Proposal:
    """Propose new days for the open milestones, which come in template order.

    Args:
        items: the internal milestones before polling day, open and closed, each with its limit.
        today: the day of asking.
        notice_days: days between convening a members' meeting and holding it.
        rest: days to avoid where possible.

    Returns:
        A proposal without moves when nothing open lies behind; with ``impossible`` when the order
        can no longer be met at all.
    """
    open_items = sorted(
        (item for item in items if item.is_open and not item.is_statutory),
        key=lambda item: item.target,
    )
    if not open_items or open_items[0].target >= today:
        return Proposal()
    # With a limit still nearer than the first step, everything may begin on that day or today.
    limits = [item.limit for item in open_items if item.limit is not None]
    begin = max(today, min([today + FIRST_STEP, *limits]))
    scale = _Scale.over(open_items, begin=begin)
    days: dict[str, date] = {}
    by_key = {item.key: item for item in items}
    chain = _chain(open_items)
    earliest = begin
    for item, (limit, limited) in zip(chain, _limits(chain), strict=True):
        # Nothing overtakes what stood before it: the input does not close before it opens.
        if item.key in NEEDS_MEETING:
            earliest = max(earliest, today + timedelta(days=notice_days + 1))
        for name in predecessors(key=item.key):
            if name not in days and (first := by_key.get(name)) and first.done_on:
                earliest = max(earliest, first.done_on)
        day, _reason = rest.earlier(max(scale.new_day(item.target), earliest))
        if day < earliest:
            # No working day left before it: the first one after it, or the day itself.
            day = rest.later(earliest)
        if day > limit:
            day = earliest
        if day > limit:
            return Proposal(
                impossible=Impossible.NO_TIME_FOR_NOTICE
                if limit >= today
                else Impossible.LIMIT_PASSED,
                impossible_key=limited,
                impossible_day=limit,
            )
        days[item.key] = earliest = day
    moves = tuple(
        Move(key=item.key, old=item.target, new=days[item.key])
        for item in open_items
        if days[item.key] != item.target
    )
    return Proposal(moves=moves, gives_up=_sacrifices(by_key, days))


def _chain(items: Sequence[Item]) -> list[Item]:
    """Return open items by their old day, each after what must come before it.

    Days set by hand may stand the wrong way round; the proposal puts them right.
    """
    names = {item.key for item in items}
    waiting = list(items)
    placed: dict[str, Item] = {}
    while waiting:
        item = next(
            item
            for item in waiting
            if all(name in placed or name not in names for name in predecessors(key=item.key))
        )
        waiting.remove(item)
        placed[item.key] = item
    return list(placed.values())


def _limits(chain: Sequence[Item]) -> list[tuple[date, str]]:
    """Return for each item the last day that leaves room for all after it, and whose day it is."""
    found: list[tuple[date, str]] = []
    limit, key = date.max, ""
    for item in reversed(chain):
        if item.limit is not None and item.limit <= limit:
            limit, key = item.limit, item.key
        found.append((limit, key))
    return found[::-1]


@dataclass(frozen=True, slots=True)
class _Scale:
    """Old days to new ones, straight between fixed points: begin, adoption, end."""

    points: tuple[tuple[date, date], ...]

    @classmethod
    def over(cls, items: Sequence[Item], *, begin: date) -> _Scale:
        """Fix the points for open items in order of their old day.

        The adoption keeps the last day of its own window while there are weeks left until then:
        what comes before is squeezed, what comes after is not.
        """
        limits = [item.limit for item in items if item.limit is not None]
        end = max(begin, min([*limits, max(item.window_end for item in items)]))
        points = [(items[0].target, begin)]
        adoption = next((item for item in items if item.key == "programme_adopted"), None)
        if adoption is not None and begin + WORTH_KEEPING <= adoption.window_end <= end:
            points.append((adoption.target, adoption.window_end))
        points.append((max(items[-1].target, points[-1][0] + timedelta(days=1)), end))
        return cls(tuple(points))

    def new_day(self, old: date) -> date:
        """Return where an old day comes to stand."""
        # The last point lies on or after every old day, so one stretch always holds it.
        (left, new_left), (right, new_right) = next(
            stretch for stretch in pairwise(self.points) if stretch[0][0] < stretch[1][0] >= old
        )
        share = (old - left) / (right - left)
        return new_left + timedelta(days=int(share * (new_right - new_left).days))


def _sacrifices(items: Mapping[str, Item], days: Mapping[str, date]) -> tuple[Sacrifice, ...]:
    found = []
    for first, then in STRETCHES:
        if first not in items or then not in days:
            continue
        if not items[first].is_open and items[first].done_on is None:
            continue  # it does not apply here, so nothing is taken from it
        before = (items[then].target - items[first].target).days
        start = days.get(first) or items[first].done_on or items[first].target
        after = (days[then] - start).days
        if after < before:
            found.append(Sacrifice(first=first, then=then, before=before, after=max(after, 0)))
    return tuple(found)
