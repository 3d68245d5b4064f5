"""Telling the timeline how far the top ten is; closing a milestone stays a person's word (R59)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from evaluation.enums import Verdict
from evaluation.enums_ten import ENDED
from evaluation.models import Pledge, Promise, TopTen
from evaluation.queries.ten.rounds import (
    FINAL_ACCOUNT,
    HALF_YEAR,
    HUNDRED_DAYS,
    UNDER_WAY,
    since_of,
)
from evaluation.rules.pledge import TEN
from process.enums import OPEN_STATUSES
from process.models import Milestone
from process.services.progress import meet_parts, record_progress

AGREED = "top_ten_agreed"


def report(*, top_ten: TopTen, today: date) -> None:
    """Tell the milestones of the ten how far they are; every service calls it that changes this.

    A constant number of queries for each milestone that is open now: at most a few.
    """
    needed = ("pk", "rank", "owner", "deputy", "status", "heard_on", "verdict")
    chosen = list(top_ten.pledges.chosen().only(*needed))
    owned = sum(1 for row in chosen if row.owner_id)
    parts = {
        AGREED: {
            "exactly_ten": len(chosen) == TEN,
            "owner_each": len(chosen) == TEN == owned,
        }
    }
    if top_ten.agreed_on is not None:
        _report_rounds(top_ten, chosen, today=today)
        parts[FINAL_ACCOUNT] = _account(top_ten, chosen, today=today)
    else:
        record_progress(
            timeline=top_ten.timeline, key=AGREED, done=min(owned, TEN), total=TEN, today=today
        )
    meet_parts(timeline=top_ten.timeline, parts=parts, today=today)


def _report_rounds(top_ten: TopTen, chosen: Sequence[Pledge], *, today: date) -> None:
    """Count for each round that has begun how many of the ten were heard of in it.

    A pledge that has ended needs no further news: it counts in every round.
    """
    rounds = Milestone.objects.filter(
        Q(key__in=[UNDER_WAY, HUNDRED_DAYS]) | Q(key__startswith=HALF_YEAR),
        timeline=top_ten.timeline_id,
        status__in=OPEN_STATUSES,
        window_start__lte=today,
    ).order_by("position")
    heard = {row.pk: row.heard_on for row in chosen if row.heard_on is not None}
    ended = {row.pk for row in chosen if row.status in ENDED}
    parts = {}
    for milestone in rounds:
        since = since_of(milestone, polling_day=top_ten.timeline.polling_day)
        fresh = {pk for pk, day in heard.items() if day >= since}
        done = len((fresh | ended) & {row.pk for row in chosen})
        record_progress(
            timeline=top_ten.timeline,
            key=milestone.key,
            done=done,
            total=len(chosen),
            today=today,
        )
        part = "first_update" if milestone.key == UNDER_WAY else "update_per_pledge"
        parts[milestone.key] = {part: done == len(chosen)}
    if parts:
        meet_parts(timeline=top_ten.timeline, parts=parts, today=today)


def _account(top_ten: TopTen, chosen: Sequence[Pledge], *, today: date) -> dict[str, bool]:
    """Count verdicts of the final account: on the ten, and on all measures of the programme."""
    judged = all(row.verdict != Verdict.NOT_ASSESSED for row in chosen)
    if top_ten.account_id is None:
        return {"final_verdict_pledges": judged, "final_verdict_measures": False}
    promises = Promise.objects.current().filter(evaluation=top_ten.account_id)
    total = promises.count()
    done = promises.exclude(verdict=Verdict.NOT_ASSESSED).count()
    record_progress(
        timeline=top_ten.timeline, key=FINAL_ACCOUNT, done=done, total=total, today=today
    )
    return {
        "final_verdict_pledges": judged,
        "final_verdict_measures": bool(total) and done == total,
    }
