"""How invented branches go on when the clock of a demonstration moves: who does what, on which day.

Pure, and in the order of ``process.rules.order``, like ``demo.rules.progress`` for the days before
the demonstration began.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from demo.rules.progress import NATURALLY_AFTER, Standing, Step, fitting
from process.rules.order import predecessors
from process.rules.relevance import still_asks

_DAY = timedelta(days=1)

# Days from its target on which a branch does a step: between the two.
_PACE: Mapping[Standing, tuple[int, int]] = {
    Standing.ON_TIME: (-10, 6),
    Standing.TIGHT: (1, 14),
    Standing.LATE: (12, 45),
    Standing.SILENT: (20, 60),
}
# Of the silent branches so many in a hundred are reached at last, after so many days; the others
# stay silent.
WOKEN = 60
_SLEEP = (4, 110)
# No order rule asks for it, but there is nothing to choose from before (R58).
_CHOSEN_FROM: Mapping[str, tuple[str, ...]] = {"top_ten_agreed": ("programme_adopted",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStep:
    """A milestone that is not done, with what decides when it will be.

    Attributes:
        step: its days.
        phase: 1 to 7.
        convened: the day of a members' meeting that is planned for it, or ``None``.
        limit: the last day that makes sense, or ``None``.
    """

    step: Step
    phase: int
    convened: date | None = None
    limit: date | None = None


def wakes_on(*, chance: random.Random, standing: Standing, begin: date) -> date | None:
    """Return from which day a branch does something again, or ``None`` for never.

    Args:
        chance: the branch's own source of chance; drawn from for a silent branch only.
        standing: how it stood when the demonstration began.
        begin: the day on which the demonstration began.
    """
    if standing is not Standing.SILENT:
        return begin
    if chance.randrange(100) >= WOKEN:
        return None
    return begin + chance.randint(*_SLEEP) * _DAY


def lived(
    *,
    chance: random.Random,
    standing: Standing,
    steps: Sequence[OpenStep],
    done: Mapping[str, date],
    dropped: frozenset[str],
    polling_day: date,
    since: date,
    until: date,
) -> dict[str, date]:
    """Return what one branch does after ``since`` and up to ``until``: milestone key → day.

    Args:
        chance: the branch's own source of chance.
        standing: how it stood when the demonstration began.
        steps: its open milestones.
        done: milestone key → day of those that are done.
        dropped: milestones that do not apply.
        polling_day: after it only the last phase asks for anything.
        since: the day that the clock left.
        until: the day on which it stands now.
    """
    known = dict(done)
    found: dict[str, date] = {}
    for item in sorted(steps, key=lambda one: (one.step.deadline, one.step.position)):
        step = item.step
        # Drawn for every step, used or not: the next one's chance stays its own.
        delay = chance.randint(*_PACE[standing])
        catching_up = chance.randint(2, 12)
        source = _CHOSEN_FROM.get(step.key, ())
        if not all(key in known or key in dropped for key in predecessors(key=step.key)):
            continue
        if not all(key in known for key in source):
            continue
        before = (*predecessors(key=step.key), *NATURALLY_AFTER.get(step.key, ()))
        days = [known[key] for key in (*before, *source) if key in known]
        first = max([since + _DAY, step.window_start, *days])
        wish = item.convened or step.target + delay * _DAY
        if wish < first:
            wish = first if wish > since else first + catching_up * _DAY
        day = item.convened if item.convened == wish else fitting(chance, step.key, wish)
        adopted = "programme_adopted" in known and known["programme_adopted"] < day
        after = polling_day < day
        if not still_asks(phase=item.phase, adopted=adopted, after_polling_day=after):
            continue
        if day > until or day <= since or (item.limit is not None and day > item.limit):
            continue
        known[step.key] = found[step.key] = day
    return found
