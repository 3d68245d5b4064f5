"""How a branch stands, with the reason. Four dates decide, so that SQL can ask the same question.

*Unknown is not late*: a branch without a timeline is unknown, and so is one that has never recorded
anything, until six weeks make it silent. ``process.queries.forecasts`` is the same rule in SQL; a
property test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

SILENT_AFTER = timedelta(weeks=6)


class Outlook(StrEnum):
    """The forecast; the order is that of who needs a call first."""

    SILENT = "silent"
    LATE = "late"
    TIGHT = "tight"
    ON_TIME = "on_time"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """What the forecast needs of one timeline.

    ``next_*`` are those of the open internal milestone whose deadline comes first; ``None`` when
    nothing is open. ``created_on`` stands in for activity where there has been none.
    """

    next_key: str
    next_target: date | None
    next_deadline: date | None
    last_activity_on: date | None
    created_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastResult:
    """The outlook and what its sentence needs."""

    outlook: Outlook
    key: str = ""
    day: date | None = None
    quiet_days: int = 0


def forecast(  # noqa: PLR0911 - one return for each outlook, in the order in which they win
    *, pulse: Pulse | None, today: date
) -> ForecastResult:
    """Tell how a timeline stands on ``today``.

    silent: something is due (its target day has come) and nothing was recorded for six weeks.
    unknown: something is due and nothing was ever recorded. late: a deadline has passed. tight: a
    target has passed, its deadline has not. Else on time.
    """
    if pulse is None:
        return ForecastResult(outlook=Outlook.UNKNOWN)
    if pulse.next_target is None or pulse.next_deadline is None:
        return ForecastResult(outlook=Outlook.ON_TIME)
    heard_on = pulse.last_activity_on or pulse.created_on
    if pulse.next_target <= today and today - heard_on >= SILENT_AFTER:
        return ForecastResult(
            outlook=Outlook.SILENT,
            key=pulse.next_key,
            day=heard_on,
            quiet_days=(today - heard_on).days,
        )
    if pulse.next_target <= today and pulse.last_activity_on is None:
        return ForecastResult(outlook=Outlook.UNKNOWN, key=pulse.next_key, day=pulse.created_on)
    if pulse.next_deadline < today:
        return ForecastResult(outlook=Outlook.LATE, key=pulse.next_key, day=pulse.next_deadline)
    if pulse.next_target < today:
        return ForecastResult(outlook=Outlook.TIGHT, key=pulse.next_key, day=pulse.next_deadline)
    return ForecastResult(outlook=Outlook.ON_TIME, key=pulse.next_key, day=pulse.next_target)
