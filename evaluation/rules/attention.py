"""Which of the ten ask for attention today, and why (R59).

A pledge is silent when nothing was heard of it for half a year, or when a round is about to end and
nothing was heard of it lately. What has ended is left in peace.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from evaluation.rules.pledge import ENDED, PledgeStatus

SILENT_AFTER = timedelta(weeks=26)
"""Without news for so long a pledge is silent: the half-yearly rounds are as far apart."""

BEFORE_THE_END = timedelta(weeks=6)
"""So long before a round ends, news that is older than that counts as none."""

SITTING = timedelta(days=14)
"""Between two rounds: what was told so lately need not be told again in one sitting."""

_DAYS_IN_A_WEEK = 7


class Sign(StrEnum):
    """Why somebody should look at a pledge; the most urgent first."""

    STUCK = "stuck"
    OVERDUE = "overdue"  # the day of a step has passed
    LATE = "late"  # it should have been ready
    NOBODY = "nobody"  # nobody is in the lead
    SILENT = "silent"
    TO_TELL = "to_tell"  # not told yet in the round that runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A stretch of time in which news of each of the ten is asked for.

    Attributes:
        since: news of that day or later counts in it.
        opens: from then on it is asked for; the first one asks for news since polling day.
        ends: late after this day.
    """

    since: date
    opens: date
    ends: date

    def runs(self, *, today: date) -> bool:
        """Tell whether it has begun; one that ended unfinished is still to be finished."""
        return self.opens <= today


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A pledge, as far as attention goes.

    Attributes:
        heard_on: the day of the last news, public or not; None: nothing yet.
        by_when: when it should be ready, if that was said.
        owned: whether somebody is in the lead.
        overdue: whether the day of an open step has passed.
    """

    status: PledgeStatus
    heard_on: date | None = None
    by_when: date | None = None
    owned: bool = True
    overdue: bool = False

    @property
    def ended(self) -> bool:
        """Tell whether nothing more is expected of it."""
        return self.status in ENDED


def told(pledge: Looked, *, since: date) -> bool:
    """Tell whether a pledge counts as told in a round: heard of since, or ended."""
    return pledge.ended or (pledge.heard_on is not None and pledge.heard_on >= since)


def count_told(pledges: Iterable[Looked], *, since: date) -> int:
    """Count those that were told."""
    return sum(1 for one in pledges if told(one, since=since))


def weeks_silent(*, heard_on: date | None, polling_day: date, today: date) -> int:
    """Return for how many whole weeks nothing was heard; from polling day when nothing ever was."""
    days = (today - max(heard_on or polling_day, polling_day)).days
    return max(0, days) // _DAYS_IN_A_WEEK


def is_silent(pledge: Looked, *, coming: Round | None, polling_day: date, today: date) -> bool:
    """Tell whether a pledge is silent.

    Args:
        pledge: one of the ten.
        coming: the round that runs or comes next; None: there is none.
        polling_day: before it nothing is asked.
        today: the day.
    """
    if pledge.ended or today < polling_day:
        return False
    last = pledge.heard_on or polling_day
    if today - last >= SILENT_AFTER:
        return True
    if coming is None or coming.ends - today > BEFORE_THE_END:
        return False
    lately = max(coming.ends - BEFORE_THE_END, polling_day)
    return pledge.heard_on is None or pledge.heard_on < min(lately, coming.since)


def signs(
    pledge: Looked, *, coming: Round | None, polling_day: date, today: date
) -> tuple[Sign, ...]:
    """Return why a pledge asks for attention, the most urgent first; nothing: it runs well."""
    if pledge.ended:
        return ()
    silent = is_silent(pledge, coming=coming, polling_day=polling_day, today=today)
    asked = coming is not None and coming.runs(today=today)
    found = {
        Sign.STUCK: pledge.status is PledgeStatus.STUCK,
        Sign.OVERDUE: pledge.overdue,
        Sign.LATE: pledge.by_when is not None and pledge.by_when < today,
        Sign.NOBODY: not pledge.owned,
        Sign.SILENT: silent,
        Sign.TO_TELL: not silent
        and coming is not None
        and asked
        and not told(pledge, since=coming.since),
    }
    return tuple(sign for sign in Sign if found[sign])
