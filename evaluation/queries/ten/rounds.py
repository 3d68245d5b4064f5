"""The rounds of a top ten: which milestone asks for news now, which come, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from evaluation.models import TopTen
from evaluation.rules.attention import Round
from process.models import Milestone

UNDER_WAY = "top_ten_under_way"
HUNDRED_DAYS = "first_hundred_days"
HALF_YEAR = "half_year_"
HALF_WAY = "half_way_review"
FINAL_ACCOUNT = "final_account"

COMING = 3
"""Milestones that the desk names besides the round itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """The milestones of a top ten after the election.

    Attributes:
        milestone: that asks for news of each of the ten now, or will next; None: no more rounds.
        round: the same, as the rule takes it.
        coming: what comes after today besides it: rounds, the half-way review, the final account.
    """

    milestone: Milestone | None
    round: Round | None
    coming: list[Milestone]


def rounds_of(*, top_ten: TopTen, today: date) -> Rounds:
    """Return the rounds of a top ten: one query.

    The one that opened last counts as long as nobody closed it, also past its end: a round that was
    missed is told in arrears, until the next one opens.
    """
    rows = list(
        Milestone.objects.filter(
            Q(key__in=[UNDER_WAY, HUNDRED_DAYS, HALF_WAY, FINAL_ACCOUNT])
            | Q(key__startswith=HALF_YEAR),
            timeline=top_ten.timeline_id,
        )
        .select_related("definition", "timeline")
        .order_by("window_start", "position")
    )
    open_rows = [row for row in rows if row.is_open]
    asking = [row for row in rows if row.key not in (HALF_WAY, FINAL_ACCOUNT)]
    begun = [row for row in asking if row.window_start <= today]
    # A round that was closed ends those before it, too.
    now = begun[-1] if begun and begun[-1].is_open else None
    if now is None:
        now = next((row for row in asking if row.window_start > today and row.is_open), None)
    return Rounds(
        milestone=now,
        round=_round(now, top_ten.timeline.polling_day) if now else None,
        coming=[row for row in open_rows if row != now and row.deadline >= today][:COMING],
    )


def since_of(row: Milestone, *, polling_day: date) -> date:
    """Return from which day news counts in a round: the first takes any since polling day."""
    return polling_day if row.key == UNDER_WAY else row.window_start


def _round(row: Milestone, polling_day: date) -> Round:
    since = since_of(row, polling_day=polling_day)
    return Round(since=since, opens=row.window_start, ends=row.deadline)
