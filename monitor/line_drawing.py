"""The national line, drawn: a bar of thread for each step, and how each step went in time.

Pure string building: numbers in, safe markup out. The thread runs solid as far as branches have
come and open as far as they planned to be; a needle stands at the plan, a square at last time. The
same facts stand in words beside each drawing, so that screen readers pass it by.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from monitor.queries.line import Course, Weeks
from monitor.rules.line import Standing, hundredths

HEIGHT = 40
_MIDDLE = 20
_DAYS_PER_WEEK = 7
# The drawing of a course, in units of its own; it is stretched to the width there is.
_WIDE, _HIGH = 1000, 100
# Weeks of air on both sides of what is drawn.
_AIR = 2

# What paper needs: it has no style sheets around it.
_PAPER = (
    ".line-track{stroke:#dcd6ca;stroke-width:1}.line-open{stroke:#c4122f;stroke-width:2;"
    "stroke-dasharray:3 4}.line-done{stroke:#c4122f;stroke-width:7}"
    ".line-plan{stroke:#1c1a17;stroke-width:2}.line-eye{fill:#fff;stroke:#1c1a17;stroke-width:2}"
    ".line-last{fill:#57524a}"
)


def draw_bar(standing: Standing, *, width: int | None = None) -> SafeString:
    """Draw how far the branches are with one step.

    Args:
        standing: the numbers; where nobody has the step to take an empty track is drawn.
        width: units of the drawing, for paper; without it the drawing is as wide as its place.
    """
    done, planned = standing.share("done"), standing.share("planned")
    pieces = [_thread("line-track", 0, 100, width)]
    if planned > done:
        pieces.append(_thread("line-open", done, planned, width))
    if standing.done:
        pieces.append(_thread("line-done", 0, done, width))
    if standing.of:
        pieces.append(_needle(planned, width))
    if standing.has_last:
        pieces.append(_square(standing.last_share, width))
    frame = (
        mark_safe(f'width="100%" height="{HEIGHT}"')  # noqa: S308 - a constant
        if width is None
        else format_html('viewBox="0 0 {0} {1}" width="{0}" height="{1}"', width, HEIGHT)
    )
    return format_html(
        '<svg class="line-bar" {} aria-hidden="true" focusable="false">{}{}</svg>',
        frame,
        mark_safe(f"<style>{_PAPER}</style>") if width else "",  # noqa: S308 - a constant
        SafeString("".join(pieces)),
    )


def draw_share(*, solid: int, open_too: int) -> SafeString:
    """Draw a small bar: solid what is done, open what is done in part or on its way.

    Args:
        solid: in whole hundredths of the base.
        open_too: the same, after it.
    """
    pieces = [_thread("line-track", 0, 100, None)]
    if open_too:
        pieces.append(_thread("line-open", solid, min(solid + open_too, 100), None))
    if solid:
        pieces.append(_thread("line-done", 0, solid, None))
    return format_html(
        '<svg class="line-bar line-share" width="100%" height="{}" aria-hidden="true" '
        'focusable="false">{}</svg>',
        HEIGHT,
        SafeString("".join(pieces)),
    )


def draw_course(
    course: Course, standing: Standing, *, edges: tuple[int, int], today: int
) -> SafeString:
    """Draw how one step went: done, planned and last time as lines that rise from left to right.

    Args:
        course: the sums by distance from polling day.
        standing: for the bases of the shares.
        edges: first and last day that are drawn, from polling day.
        today: where the needle stands, from polling day.
    """
    pieces = [
        _line("course-last", course.last, standing.last_of, edges)
        if standing.has_last
        else SafeString(),
        _line("course-plan", course.planned, standing.of, edges),
        _line("course-done", course.done, standing.of, edges, until=today),
        _upright("course-poll", 0, edges),
        _upright("course-today", today, edges),
    ]
    return format_html(
        '<svg class="course" viewBox="0 0 {0} {1}" preserveAspectRatio="none" aria-hidden="true" '
        'focusable="false"><path class="course-frame" d="M0 0H{0}M0 {1}H{0}"/>{2}</svg>',
        _WIDE,
        _HIGH,
        SafeString("".join(pieces)),
    )


def edges_of(courses: Sequence[Course], *, today: int) -> tuple[int, int]:
    """Return the first and last day, from polling day, between which everything can be drawn."""
    days = [today, 0]
    for course in courses:
        for line in (course.done, course.planned):
            days += [day for day, _sum in line]
    air = _AIR * _DAYS_PER_WEEK
    return min(days) - air, max(days) + air


def day_at(edge: int, *, polling_day: date) -> date:
    """Return the day at a distance from polling day."""
    return polling_day + timedelta(days=edge)


def _thread(name: str, first: float, last: float, width: int | None) -> SafeString:
    return format_html(
        '<line class="{0}" x1="{1}" x2="{2}" y1="{3}" y2="{3}"/>',
        name,
        _x(first, width),
        _x(last, width),
        _MIDDLE,
    )


def _needle(at: float, width: int | None) -> SafeString:
    x = _x(at, width)
    return format_html(
        '<line class="line-plan" x1="{0}" x2="{0}" y1="9" y2="32"/>'
        '<circle class="line-eye" cx="{0}" cy="6" r="4"/>',
        x,
    )


def _square(at: float, width: int | None) -> SafeString:
    return format_html(
        '<svg x="{}" y="0" width="1" height="{}" overflow="visible">'
        '<path class="line-last" d="M0 27l6 6-6 6-6-6z"/></svg>',
        _x(at, width),
        HEIGHT,
    )


def _x(share: float, width: int | None) -> str:
    # A mark at an edge is not cut in half: the track keeps some air on both sides.
    inset = 1.5 + min(share, 100) * 0.97
    return f"{inset:.2f}%" if width is None else f"{inset * width / 100:.1f}"


def _line(
    name: str, sums: Weeks, of: int, edges: tuple[int, int], *, until: int | None = None
) -> SafeString:
    """Draw a line that only rises: level until the next day on which somebody was there."""
    if not sums or not of:
        return SafeString()
    end = edges[1] if until is None else until
    path = f"M{_place(edges[0], edges)} {_HIGH}"
    for day, total in sums:
        if day > end:
            break
        path += f"H{_place(max(day, edges[0]), edges)}V{_HIGH - hundredths(total, of):.1f}"
    path += f"H{_place(end, edges)}"
    return format_html('<path class="{}" d="{}"/>', name, path)


def _upright(name: str, day: int, edges: tuple[int, int]) -> SafeString:
    return format_html('<path class="{}" d="M{} 0V{}"/>', name, _place(day, edges), _HIGH)


def _place(day: int, edges: tuple[int, int]) -> int:
    first, last = edges
    return round(_WIDE * (min(max(day, first), last) - first) / (last - first))
