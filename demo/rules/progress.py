"""How far an invented branch has come on a day: believable, in order, the same for a seed.

A branch works through its milestones in the order of their last days; how it stands decides where
it stops. The order rules of ``process.rules.order`` hold for every day that is handed out.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from process.rules.order import predecessors

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_SATURDAY = 5
_SUNDAY = 6

# Done at a members' meeting: on a Saturday, or on a weekday's evening.
AT_A_MEETING = frozenset(
    {"committee_and_commission", "programme_adopted", "top_ten_agreed", "candidate_list_set"}
)


class Standing(StrEnum):
    """How a branch is meant to stand."""

    ON_TIME = "on_time"
    TIGHT = "tight"
    LATE = "late"
    SILENT = "silent"


# In hundredths of all branches.
SHARES: Mapping[Standing, int] = {
    Standing.ON_TIME: 56,
    Standing.TIGHT: 13,
    Standing.LATE: 19,
    Standing.SILENT: 12,
}


# What nobody would do the other way round, although no rule forbids it.
NATURALLY_AFTER: Mapping[str, tuple[str, ...]] = {
    "committee_and_commission": ("people_approached",),
    "promises_assessed": ("previous_loaded",),
    "carry_over_decided": ("promises_assessed",),
    "themes_and_channels": ("committee_and_commission",),
    "input_open": ("themes_and_channels",),
    "input_closed": ("input_open",),
    "draft_sent": ("base_update_seen", "dilemmas_answered"),
    "amendments_closed": ("draft_sent",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What the rule needs of one milestone; ``is_statutory`` ones come by themselves."""

    key: str
    position: int
    window_start: date
    target: date
    deadline: date
    is_statutory: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What happened in one branch.

    Attributes:
        done: milestone key → the day on which it was done.
        started: milestones that are under way, with the day of the first sign of it.
        moved: milestone key → the target day that the branch chose itself.
        last_activity: the last day on which anything was recorded; ``None`` for never.
    """

    done: Mapping[str, date]
    started: Mapping[str, date]
    moved: Mapping[str, date]
    last_activity: date | None


def draw_standing(*, chance: random.Random) -> Standing:
    """Draw how a branch stands, with the shares of ``SHARES``."""
    return chance.choices(list(SHARES), weights=list(SHARES.values()))[0]


def play(
    *, chance: random.Random, steps: Sequence[Step], standing: Standing, today: date
) -> Progress:
    """Return what a branch has done by ``today`` so that it stands as ``standing`` says.

    Args:
        chance: the branch's own source of chance; the same one gives the same progress.
        steps: all milestones of its timeline.
        standing: how it is meant to stand.
        today: the day of the demonstration.
    """
    order = sorted(
        (step for step in steps if not step.is_statutory),
        key=lambda step: (step.deadline, step.position),
    )
    past = [step for step in order if step.deadline < today]
    stop = len(past)
    if standing is Standing.LATE:
        # Most are a step or three behind, a few are far behind.
        stop = max(0, len(past) - chance.choice((1, 1, 1, 2, 2, 3, 3, 4, 6, 8)))
    elif standing is Standing.SILENT:
        most = max(0, len(past) - 2)
        stop = max(chance.randint(0, most), chance.randint(0, most))
    done = _days(chance, past[:stop], today=today, silent=standing is Standing.SILENT)
    started: dict[str, date] = {}
    moved: dict[str, date] = {}
    coming = next((step for step in order if step.key not in done), None)
    if standing is Standing.TIGHT and coming is not None:
        # A target that the branch set for itself, and that has just passed.
        moved[coming.key] = _after(today - chance.randint(1, 9) * _DAY, done, today=today)
    if standing is Standing.ON_TIME and chance.random() < 0.25:  # noqa: PLR2004 - one in four
        done |= _ahead(chance, order[stop:], done, today=today)
        coming = next((step for step in order if step.key not in done), None)
    if coming is not None and standing is not Standing.SILENT:
        sign = today - chance.randint(1, 24) * _DAY
        if coming.window_start <= sign or standing is Standing.LATE:
            started[coming.key] = _after(sign, done, today=today)
    last = max([*done.values(), *started.values()], default=None)
    if standing is not Standing.SILENT and (last is None or today - last > 5 * _WEEK):
        # Somebody looked in and changed a note or an owner.
        last = today - chance.randint(2, 34) * _DAY
    return Progress(done=done, started=started, moved=moved, last_activity=last)


def _days(
    chance: random.Random, steps: Sequence[Step], *, today: date, silent: bool
) -> dict[str, date]:
    """Give each step a day near its target, never before what must come first."""
    quiet_since = today - 6 * _WEEK - chance.randint(1, 60) * _DAY if silent else today
    done: dict[str, date] = {}
    for step in steps:
        before = (*predecessors(key=step.key), *NATURALLY_AFTER.get(step.key, ()))
        first = max([step.window_start, *(done[key] for key in before if key in done)])
        around = step.target + chance.randint(-12, 9) * _DAY
        day = fitting(chance, step.key, max(first, around))
        if day > min(quiet_since, today - _DAY):
            day = fitting(chance, step.key, first)
        if day > min(quiet_since, today - _DAY):
            break
        done[step.key] = day
    return done


def fitting(chance: random.Random, key: str, day: date) -> date:
    """Move to a day on which people do such a thing: not earlier than ``day``."""
    if key in AT_A_MEETING and chance.random() < 0.6:  # noqa: PLR2004 - most meet on Saturdays
        return day + ((_SATURDAY - day.weekday()) % 7) * _DAY
    return day + _DAY if day.weekday() == _SUNDAY else day


def _after(day: date, done: Mapping[str, date], *, today: date) -> date:
    return min(max([day, *done.values()]), today - _DAY)


def _ahead(
    chance: random.Random, steps: Sequence[Step], done: Mapping[str, date], *, today: date
) -> dict[str, date]:
    """Let a branch be ahead of its plan by one step, or by two."""
    extra: dict[str, date] = {}
    for step in steps[: chance.choice((1, 1, 2))]:
        known = {**done, **extra}
        first = max([step.window_start, *known.values()])
        day = fitting(chance, step.key, first + chance.randint(0, 4) * _DAY)
        if day >= today or any(key not in known for key in predecessors(key=step.key)):
            break
        extra[step.key] = day
    return extra
