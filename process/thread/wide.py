"""The wide drawing: a branch's whole thread from left to right, to scale in time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from core import dates
from process.thread import shapes
from process.thread.knots import Knot, yarn_of
from process.thread.labels import Label, Span, place_labels, place_spans
from process.thread.marks import KNOTS

_WIDTH = 1120
_MARGIN = 16
_LANE = 48
_NEEDLE_ROOM = 40
_NEEDLE_TOP = 14
_PHASE_LANE = 27
_BOW = 4.0
# Knots of one state nearer to each other than this are drawn as one; loose ends need more room.
_TOUCH = 15
_TOUCH_LATE = 24


def draw_thread(
    *,
    knots: Sequence[Knot],
    today: date,
    start: date,
    end: date,
    title: str,
    desc: str,
    ident: str = "thread",
) -> SafeString:
    """Draw a branch's whole thread from left (``start``) to right (``end``), to scale in time.

    Knots outside the period are left out. Labels that would lie over each other are left out too:
    current and late ones go first. ``ident`` must be unique on the page.

    Raises:
        ValueError: the period is empty.
    """
    if end <= start:
        raise ValueError("a thread needs an end after its start")
    shown = sorted((k for k in knots if start <= k.day <= end), key=lambda knot: knot.day)

    def place(day: date) -> float:
        share = (day - start).days / (end - start).days
        return _MARGIN + share * (_WIDTH - 2 * _MARGIN)

    now = place(today) if start <= today <= end else None
    drawn = _apart(shown, place=place)
    labels = place_labels(
        [
            Label(
                x=place(knot.day),
                text=knot.label,
                date=dates.day_short(knot.day),
                urgent=knot.state in {"current", "late"},
            )
            for knot in shown
        ],
        width=_WIDTH,
        needle=now,
    )
    spans = place_spans(
        [
            Span(label=name, start=place(first), end=place(last))
            for name, first, last in _phases(shown)
        ],
        width=_WIDTH,
    )
    above = max((label.lane for label in labels if label.lane > 0), default=0)
    below = max((-label.lane for label in labels if label.lane < 0), default=0)
    y = _NEEDLE_ROOM + above * _LANE + 26.0
    axis = y + 26 + below * _LANE + 16
    height = axis + 30 + max((span.lane + 1 for span in spans), default=0) * _PHASE_LANE
    parts = [
        _opening(ident=ident, height=shapes.number(height)),
        f'<title id="{escape(ident)}-title">{escape(title)}</title>',
        f'<desc id="{escape(ident)}-desc">{escape(desc)}</desc>',
        *_axis(start=start, end=end, place=place, y=axis),
        *_leaders(labels, y=y),
        '<g class="thread-yarn">',
        *_yarns(drawn, place=place, y=y, now=now),
        *(KNOTS[knot.state](x=place(knot.day), y=y) for knot in drawn),
        "</g>",
        *_texts(labels, y=y),
        *_phase_lines(spans, y=axis + 30),
        *_today(now, today=today, y=y),
        "</svg>",
    ]
    return mark_safe("".join(parts))  # noqa: S308 - every text above is escaped


def _opening(*, ident: str, height: str) -> str:
    return (
        f'<svg class="thread-wide" role="img" aria-labelledby="{escape(ident)}-title" '
        f'aria-describedby="{escape(ident)}-desc" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" font-size="13">'
    )


def _phases(knots: Sequence[Knot]) -> Iterator[tuple[str, date, date]]:
    names = dict.fromkeys(knot.phase for knot in knots if knot.phase)
    for name in names:
        days = [knot.day for knot in knots if knot.phase == name]
        yield name, min(days), max(days)


def _apart(knots: Sequence[Knot], *, place: Callable[[date], float]) -> list[Knot]:
    """Leave out the knots that would lie on an equal one before them; their words stay."""
    drawn: list[Knot] = []
    for knot in knots:
        room = _TOUCH_LATE if knot.state == "late" else _TOUCH
        before = drawn[-1] if drawn else None
        if (
            before is None
            or before.state != knot.state
            or place(knot.day) - place(before.day) >= room
        ):
            drawn.append(knot)
    return drawn


def _yarns(
    knots: Sequence[Knot], *, place: Callable[[date], float], y: float, now: float | None
) -> Iterator[str]:
    for index, (before, after) in enumerate(pairwise(knots)):
        left = place(before.day) + shapes.CLEARANCE[before.state]
        right = place(after.day) - shapes.CLEARANCE[after.state]
        length = right - left
        bow = min(_BOW, max(0.0, length * 0.05)) * (1 if index % 2 else -1)
        behind, ahead = yarn_of(after.state, ahead=False), yarn_of(after.state, ahead=True)
        if after.state == "current" and before.state != "done":
            # What comes before it is not done: nothing solid follows from it.
            behind = ahead
        if now is None or behind is ahead or not left < now < right:
            kind = ahead if now is not None and now <= left else behind
            yield shapes.yarn(kind=kind, start=left, end=right, y=y, bow=bow)
        else:
            yield shapes.yarn(kind=behind, start=left, end=now - 4, y=y)
            yield shapes.yarn(kind=ahead, start=now + 4, end=right, y=y)


def _axis(*, start: date, end: date, place: Callable[[date], float], y: float) -> Iterator[str]:
    yield (
        f'<path class="thread-axis" stroke="currentColor" d="M{_MARGIN} {shapes.number(y)}'
        f'H{_WIDTH - _MARGIN}"/>'
    )
    months = (end.year - start.year) * 12 + end.month - start.month
    step = next(s for s in (1, 2, 3, 6, 12, 24, 60) if months / s <= 13 or s == 60)  # noqa: PLR2004
    for index in range(1, months + 1):
        year, month = divmod(start.month - 1 + index, 12)
        first = date(start.year + year, month + 1, 1)
        if (first.month - 1) % step:
            continue
        x = place(first)
        yield (
            f'<path class="thread-axis" stroke="currentColor" d="M{shapes.number(x)} '
            f'{shapes.number(y)}v6"/>'
        )
        if x < _WIDTH - 60:
            words = dates.month_short(first)
            yield (
                f'<text class="thread-month" fill="currentColor" x="{shapes.number(x)}" '
                f'y="{shapes.number(y + 19)}" font-size="12">{escape(words)}</text>'
            )


def _leaders(labels: Sequence[Label], *, y: float) -> Iterator[str]:
    for label in labels:
        if label.lane:
            sign = -1 if label.lane > 0 else 1
            tip = shapes.number(y + sign * (16 + abs(label.lane) * _LANE))
            yield (
                f'<path class="thread-leader" stroke="currentColor" d="M{shapes.number(label.x)} '
                f'{shapes.number(y + sign * 12)}V{tip}"/>'
            )


def _texts(labels: Sequence[Label], *, y: float) -> Iterator[str]:
    for label in labels:
        if not label.lane:
            continue
        top = (
            y - 26 - label.lane * _LANE + 14
            if label.lane > 0
            else y + 24 + (-label.lane - 1) * _LANE + 12
        )
        offset, anchor = (-6, "end") if label.flipped else (6, "start")
        x = shapes.number(label.x + offset)
        lines = [(line, "thread-label") for line in label.lines] + [(label.date, "thread-date")]
        name = "thread-urgent" if label.urgent else "thread-calm"
        yield (
            f'<text class="{name}" fill="currentColor" text-anchor="{anchor}" '
            f'y="{shapes.number(top)}">'
        )
        for row, (text, kind) in enumerate(lines):
            yield f'<tspan class="{kind}" x="{x}" dy="{15 if row else 0}">{escape(text)}</tspan>'
        yield "</text>"


def _phase_lines(spans: Sequence[Span], *, y: float) -> Iterator[str]:
    for span in spans:
        top = y + span.lane * _PHASE_LANE + 4
        yield (
            f'<path class="thread-phase-line" fill="none" stroke="currentColor" '
            f'd="M{shapes.number(span.start)} {shapes.number(top + 4)}v-4'
            f'H{shapes.number(span.end)}v4"/>'
            f'<text class="thread-phase" fill="currentColor" x="{shapes.number(span.text_x)}" '
            f'text-anchor="{span.anchor}" y="{shapes.number(top + 17)}" font-size="12.5">'
            f"{escape(span.label)}</text>"
        )


def _today(now: float | None, *, today: date, y: float) -> Iterator[str]:
    if now is None:
        return
    yield shapes.needle(x=now, top=_NEEDLE_TOP, bottom=y + 19)
    flipped = now > _WIDTH - 190
    words = f"{gettext('Today')}, {dates.day_words(today)}"
    yield (
        f'<text class="thread-today-text" fill="currentColor" font-weight="600" '
        f'x="{shapes.number(now + (-8 if flipped else 8))}" y="{_NEEDLE_TOP + 10}" '
        f'text-anchor="{"end" if flipped else "start"}">{escape(words)}</text>'
    )
