"""The red thread of one branch, drawn for its pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from process import hints
from process.counts import count_of
from process.enums import Phase
from process.models import Timeline
from process.queries.pages import MilestoneRow, by_phase
from process.thread import Knot, draw_row, draw_step, draw_thread, draw_today

AROUND_POLLING = timedelta(weeks=16)
"""The way to the election ends so long after it; then the way of the promises is drawn."""

_AIR = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the upright list: a milestone, or today (``row`` is ``None``)."""

    step: SafeString
    row: MilestoneRow | None = None
    who: str = ""
    shift: str = ""
    count: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One phase of the list."""

    number: int
    name: str
    lines: Sequence[Line]
    done: int
    total: int


def wide(timeline: Timeline, rows: Sequence[MilestoneRow], *, slug: str, today: date) -> SafeString:
    """Draw the stretch that the branch lives in: the way to the election, or its promises."""
    shown = _in_sight(timeline, rows, today=today)
    if not shown:
        return SafeString()
    days = [row.day for row in shown]
    return draw_thread(
        knots=[_knot(row, slug=slug) for row in shown],
        today=today,
        start=min(days) - _AIR,
        end=max(days) + _AIR,
        title=_("The thread of %(branch)s") % {"branch": timeline.branch.name},
        desc=_(
            "Solid where the work is done, open where it is planned, frayed where it is late. "
            "The needle is today. The same facts stand in the list below."
        ),
    )


def small(timeline: Timeline, rows: Sequence[MilestoneRow], *, today: date) -> SafeString:
    """Draw the same stretch as one small line, for a phone."""
    shown = sorted(_in_sight(timeline, rows, today=today), key=lambda row: row.day)
    if not shown:
        return SafeString()
    first, last = shown[0].day - _AIR, shown[-1].day + _AIR
    whole = (last - first).days
    done = sum(1 for row in shown if row.state == "done")
    return draw_row(
        states=[(row.state.value, (row.day - first).days / whole) for row in shown],
        today=(today - first).days / whole,
        label=_("The thread: %(done)s of %(total)s milestones done.")
        % {"done": done, "total": len(shown)},
    )


def stretches(rows: Sequence[MilestoneRow], *, slug: str, today: date) -> list[Stretch]:
    """Return the whole thread per phase, today as a line before the first knot still ahead."""
    groups = by_phase(rows)
    flat = [row for _phase, group in groups for row in group]
    needle = next((index for index, row in enumerate(flat) if row.day >= today), None)
    result, index = [], 0
    for phase, group in groups:
        lines: list[Line] = []
        for row in group:
            if index == needle:
                step = draw_today(target=row.state.value, first=index == 0)
                lines.append(Line(step=step))
            following = flat[index + 1].state.value if index + 1 < len(flat) else ""
            lines.append(
                Line(
                    step=draw_step(
                        state=row.state.value,
                        following=following,
                        first=index == 0 and needle != 0,
                        ahead=needle is not None and index >= needle,
                    ),
                    row=row,
                    who=hints.who(row.milestone),
                    shift=hints.shift_reason(row.milestone.shift_reason)
                    if row.milestone.is_open
                    else "",
                    count=_count_words(row, slug=slug),
                )
            )
            index += 1
        result.append(_stretch(phase, lines, group))
    return result


def _count_words(row: MilestoneRow, *, slug: str) -> str:
    count = count_of(row.milestone, slug=slug) if row.state != "skipped" else None
    return count.words if count is not None else ""


def _stretch(phase: Phase, lines: Sequence[Line], group: Sequence[MilestoneRow]) -> Stretch:
    counted = [row for row in group if row.state != "skipped"]
    return Stretch(
        number=phase.value,
        name=str(phase.label),
        lines=lines,
        done=sum(1 for row in counted if row.state == "done"),
        total=len(counted),
    )


def _in_sight(
    timeline: Timeline, rows: Sequence[MilestoneRow], *, today: date
) -> list[MilestoneRow]:
    edge = timeline.polling_day + AROUND_POLLING
    if today <= edge:
        return [row for row in rows if row.day <= edge]
    return [row for row in rows if row.day >= timeline.polling_day - _AIR]


def _knot(row: MilestoneRow, *, slug: str) -> Knot:
    milestone = row.milestone
    return Knot(
        key=milestone.key,
        label=milestone.definition.title,
        state=row.state.value,
        day=row.day,
        href=reverse("process:milestone", args=[slug, milestone.pk]),
        phase=str(Phase(milestone.phase).label),
    )
