"""Where a branch stands, on Mondays: forecast, thanks, what comes.

For all of a reader's branches at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Final

from django.db.models import BooleanField, Expression, ExpressionWrapper
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import day_words
from notifications.mails.lines import milestone_url, moment_of
from notifications.mails.parts import Week, shown
from process.counts import count_of
from process.enums import MeetingStatus, MilestoneStatus
from process.hints import days_to_go, forecast_reason
from process.models import Meeting, Milestone, Timeline
from process.queries.asking import is_current, still_asks
from process.queries.forecasts import forecast_of
from process.thread.knots import forecast_word

LOOKS_BACK: Final = timedelta(days=7)
LOOKS_AHEAD: Final = timedelta(days=28)
AT_MOST: Final = 6
"""So many milestones are named in a list; the timeline has the rest."""


def weeks_of(branches: Collection[int], *, told: Collection[int], today: date) -> dict[int, Week]:
    """Return branch id → where it stands: three queries, whatever the number of branches.

    Args:
        branches: which.
        told: milestones (by id) that stand in the same mail already.
        today: the day; the week is the seven days before it.
    """
    if not branches:
        return {}
    timelines = Timeline.objects.filter(
        is_current(today=today, timeline=""), branch__in=list(branches)
    ).select_related("branch")
    current = {row.branch_id: row for row in timelines}
    milestones: dict[int, list[Milestone]] = {pk: [] for pk in branches}
    rows = (
        Milestone.objects.filter(timeline__in=current.values())
        .select_related("definition", "timeline__branch")
        .annotate(asks_now=_asks_now(today))
    )
    asking = set()
    for row in rows.order_by("target", "position"):
        milestones[row.timeline.branch_id].append(row)
        if getattr(row, "asks_now", False):
            asking.add(row.pk)
    meetings = _next_meetings(branches, today=today)
    return {
        pk: _week(
            current.get(pk),
            milestones[pk],
            meeting=meetings.get(pk),
            asking=asking,
            told=told,
            today=today,
        )
        for pk in branches
    }


def _asks_now(today: date) -> Expression:
    condition = still_asks(today=today, milestone="", timeline="timeline__")
    return ExpressionWrapper(condition, output_field=BooleanField())


def _week(
    timeline: Timeline | None,
    milestones: list[Milestone],
    *,
    meeting: Meeting | None,
    asking: Collection[int],
    told: Collection[int],
    today: date,
) -> Week:
    titles = {row.key: shown(row.definition.title) for row in milestones}
    result = forecast_of(timeline, today=today)
    open_ones = [row for row in milestones if row.is_open and row.pk in asking]
    coming = [
        row for row in open_ones if today < row.target <= today + LOOKS_AHEAD and row.pk not in told
    ]
    done = [
        row
        for row in milestones
        if row.done_on and not row.is_statutory and today - LOOKS_BACK <= row.done_on <= today
    ]
    return Week(
        outlook=str(capfirst(forecast_word(result.outlook))),
        reason=forecast_reason(result, titles=titles, today=today),
        first=titles.get(result.key, ""),
        url=next((milestone_url(row) for row in milestones if row.key == result.key), ""),
        counts=tuple(_counts(timeline, milestones, open_ones, today)),
        done=tuple(titles[row.key] for row in done[:AT_MOST]),
        coming=tuple(
            _("%(title)s: %(day)s") % {"title": titles[row.key], "day": day_words(row.target)}
            for row in coming[:AT_MOST]
        ),
        meeting=_("%(title)s, %(when)s")
        % {"title": shown(meeting.title), "when": moment_of(meeting)}
        if meeting
        else "",
    )


def _counts(
    timeline: Timeline | None,
    milestones: Iterable[Milestone],
    open_ones: Iterable[Milestone],
    today: date,
) -> list[str]:
    if timeline is None:
        return []
    own = [
        row for row in milestones if not row.is_statutory and row.status != MilestoneStatus.DROPPED
    ]
    done = sum(row.status == MilestoneStatus.DONE for row in own)
    words = [
        ngettext(
            "%(done)s of %(total)s milestone done",
            "%(done)s of %(total)s milestones done",
            len(own),
        )
        % {"done": done, "total": len(own)}
    ]
    for row in open_ones:
        count = count_of(row, slug=timeline.branch.slug)
        if count and count.words:
            words.append(count.words)
    if timeline.polling_day >= today:
        words.append(capfirst(days_to_go(timeline.polling_day, today=today)))
    return words


def _next_meetings(branches: Collection[int], *, today: date) -> dict[int, Meeting]:
    rows = Meeting.objects.filter(
        branch__in=list(branches), status=MeetingStatus.PLANNED, day__gte=today
    ).order_by("-day", "-starts_at", "-pk")
    return {row.branch_id: row for row in rows}
