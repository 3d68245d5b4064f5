"""From a template and an election to a branch's days.

Windows count in weeks from polling day. An internal target that falls on a rest day of the branch's
region moves earlier, with the reason kept; if that breaks the order, what must come first moves
along. Statutory milestones take their day from the timetable and never move.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from process.rules.order import ORDER_RULES, POLLING_DAY
from process.rules.restdays import RestDays

MOVED_WITH_ORDER = "order"


class Definition(Protocol):
    """What planning needs of a template milestone."""

    @property
    def key(self) -> str:
        """Its name."""

    @property
    def statutory_key(self) -> str:
        """The timetable's key, or empty for an internal milestone."""

    @property
    def start_week(self) -> int | None:
        """Where the window opens."""

    @property
    def end_week(self) -> int | None:
        """Where the window closes."""

    @property
    def target_week(self) -> int | None:
        """Where the target stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDays:
    """The days of one milestone; ``shift_reason`` says why the target stands earlier, or ""."""

    window_start: date
    window_end: date
    target: date
    shift_reason: str = ""


class UnknownStatutoryDate(KeyError):
    """A template names a statutory date that this election's timetable does not have."""


def plan(
    *,
    definitions: Iterable[Definition],
    polling_day: date,
    statutory: Mapping[str, date],
    rest: RestDays,
) -> dict[str, PlannedDays]:
    """Return the days of every milestone.

    Args:
        definitions: the template's milestones.
        polling_day: the day from which weeks are counted.
        statutory: timetable key → day.
        rest: the rest days of the branch's region.

    Raises:
        UnknownStatutoryDate: see there.
    """
    planned: dict[str, PlannedDays] = {}
    for definition in definitions:
        if definition.statutory_key:
            if definition.statutory_key not in statutory:
                raise UnknownStatutoryDate(definition.statutory_key)
            day = statutory[definition.statutory_key]
            planned[definition.key] = PlannedDays(window_start=day, window_end=day, target=day)
            continue
        target, reason = rest.earlier(_weeks(polling_day, definition.target_week))
        planned[definition.key] = PlannedDays(
            window_start=_weeks(polling_day, definition.start_week),
            window_end=_weeks(polling_day, definition.end_week),
            target=target,
            shift_reason=reason,
        )
    return _in_order(planned, rest)


def _weeks(polling_day: date, weeks: int | None) -> date:
    if weeks is None:
        raise ValueError("an internal milestone needs its weeks")
    return polling_day + timedelta(weeks=weeks)


def _in_order(planned: dict[str, PlannedDays], rest: RestDays) -> dict[str, PlannedDays]:
    # Each pass repairs at least one pair and only ever moves earlier, so it ends.
    changed = True
    while changed:
        changed = False
        for rule in ORDER_RULES:
            if rule.first not in planned or rule.then not in planned or rule.then == POLLING_DAY:
                continue
            first, then = planned[rule.first], planned[rule.then]
            if first.target > then.target:
                target, _reason = rest.earlier(then.target)
                planned[rule.first] = PlannedDays(
                    window_start=first.window_start,
                    window_end=first.window_end,
                    target=target,
                    shift_reason=MOVED_WITH_ORDER,
                )
                changed = True
    return planned
