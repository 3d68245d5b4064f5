"""The red thread, drawn on the server: a branch's way to its election as one line of yarn.

Solid where the work is done, open where it is planned, frayed where it is late; milestones are
knots, today is a needle. Pure: dataclasses in, safe markup out; no database, no clock. Shapes tell
the states apart without colour. Every drawing needs its facts in words beside it: the large one
comes with ``components/facts_table.html`` or ``draw_thread_vertical``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import dates
from process import thread_shapes as shapes
from process.thread_labels import Label, Span, place_labels, place_spans
from process.thread_shapes import Yarn

State = Literal["done", "current", "planned", "late", "skipped"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Knot:
    """One milestone on the thread.

    ``day`` is its own date, or its target as long as it is not done. ``href`` is used by the
    vertical thread only: the wide drawing is a picture.
    """

    key: str
    label: str
    state: State
    day: date
    href: str | None = None
    phase: str = ""


STATE_WORDS: Mapping[str, Promise] = {
    "done": _("Done"),
    "current": _("Now"),
    "planned": _("Planned"),
    "late": _("Late"),
    "skipped": _("Dropped"),
}

FORECAST_WORDS: Mapping[str, Promise] = {
    "on_time": _("On time"),
    "tight": _("Tight"),
    "late": _("Late"),
    "silent": _("Silent"),
    "unknown": _("Not known yet"),
}

_KNOTS: Mapping[str, Callable[..., str]] = {
    "done": shapes.knot_done,
    "current": shapes.knot_current,
    "planned": shapes.knot_planned,
    "late": shapes.knot_late,
    "skipped": shapes.knot_skipped,
}

_WIDTH = 1120
_MARGIN = 16
_LANE = 48
_NEEDLE_ROOM = 30
_PHASE_LANE = 27
_BOW = 4.0
_CLEAR = 10.0


def state_word(state: str) -> str:
    """Name a milestone's state in the active language; an unknown state is shown as it is."""
    return str(STATE_WORDS.get(state, state))


def forecast_word(forecast: str) -> str:
    """Name a forecast in the active language; an unknown one is shown as it is."""
    return str(FORECAST_WORDS.get(forecast, forecast))


def yarn_of(state: str, *, ahead: bool) -> Yarn:
    """Tell what the piece of thread that leads to a knot looks like.

    ``ahead`` is true for the part that lies after today.
    """
    match state:
        case "done":
            return Yarn.SOLID
        case "current":
            return Yarn.OPEN if ahead else Yarn.SOLID
        case "late":
            return Yarn.FRAYED
        case "skipped":
            return Yarn.LOOSE
        case _:
            return Yarn.OPEN


def draw_thread(  # noqa: PLR0913 - a drawing has this many facts, all by name
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
    )
    spans = place_spans(
        [Span(label=name, start=place(first), end=place(last)) for name, first, last in _phases(shown)],
        width=_WIDTH,
    )
    above = max((label.lane for label in labels if label.lane > 0), default=0)
    below = max((-label.lane for label in labels if label.lane < 0), default=0)
    y = _NEEDLE_ROOM + above * _LANE + 26.0
    axis = y + 26 + below * _LANE + 16
    height = axis + 30 + max((span.lane + 1 for span in spans), default=0) * _PHASE_LANE
    now = place(today) if start <= today <= end else None
    parts = [
        f'<svg class="thread-wide" role="img" aria-labelledby="{escape(ident)}-title" '
        f'aria-describedby="{escape(ident)}-desc" viewBox="0 0 {_WIDTH} {shapes.number(height)}" '
        f'width="{_WIDTH}" height="{shapes.number(height)}" font-size="13">',
        f'<title id="{escape(ident)}-title">{escape(title)}</title>',
        f'<desc id="{escape(ident)}-desc">{escape(desc)}</desc>',
        *_axis(start=start, end=end, place=place, y=axis),
        *_leaders(labels, y=y),
        '<g class="thread-yarn">',
        *_yarns(shown, place=place, y=y, now=now),
        *(_KNOTS[knot.state](x=place(knot.day), y=y) for knot in shown),
        "</g>",
        *_texts(labels, y=y),
        *_phase_lines(spans, y=axis + 30),
        *_today(now, today=today, y=y),
        "</svg>",
    ]
    return mark_safe("".join(parts))  # noqa: S308 - every text above is escaped


def draw_knot(state: str) -> SafeString:
    """Draw one knot on a short piece of thread (36 × 20), as decoration beside its word."""
    kind = yarn_of(state, ahead=False)
    before = shapes.yarn(kind=kind, start=2, end=10, y=11)
    if kind is Yarn.FRAYED:
        before = shapes.yarn(kind=Yarn.SOLID, start=2, end=9, y=11)
    after = shapes.yarn(
        kind=Yarn.OPEN if state == "current" else kind, start=26 if kind is not Yarn.FRAYED else 22, end=34, y=11
    )
    knot = _KNOTS[state](x=18, y=11) if state in _KNOTS else ""
    return mark_safe(  # noqa: S308 - numbers only
        '<svg class="thread-knot" width="36" height="22" viewBox="0 0 36 22" '
        f'aria-hidden="true" focusable="false">{before}{after}{knot}</svg>'
    )


_FORECAST_MARKS: Mapping[str, str] = {
    "on_time": '<circle cx="8" cy="8" r="6.5" fill="currentColor"/>'
    '<path class="mark-cut" d="M4.800 8.300l2.200 2.200 4.200-4.600" stroke="#fff" stroke-width="1.700"/>',
    "tight": '<circle cx="8" cy="8" r="6" /><path fill="currentColor" d="M8 2a6 6 0 0 0 0 12z"/>',
    "late": '<path d="M8 1.700L15 14H1z" stroke-linejoin="round"/><path d="M8 6v4M8 12v.01"/>',
    "silent": '<circle cx="8" cy="8" r="6" stroke-dasharray="2.200 2.500"/>',
    "unknown": '<circle cx="8" cy="8" r="6"/><path d="M8 11.400v.01M6.200 6.500a1.800 1.800 0 1 1 1.800 2.300"/>',
}


def draw_forecast(forecast: str) -> SafeString:
    """Draw the shape of a forecast (16 × 16), as decoration beside its word."""
    inner = _FORECAST_MARKS.get(forecast, _FORECAST_MARKS["unknown"])
    return mark_safe(  # noqa: S308 - constants only
        '<svg class="forecast-mark" width="16" height="16" viewBox="0 0 16 16" fill="none" '
        'stroke="currentColor" stroke-width="1.6" stroke-linecap="round" aria-hidden="true" '
        f'focusable="false">{inner}</svg>'
    )


def _phases(knots: Sequence[Knot]) -> Iterator[tuple[str, date, date]]:
    names = dict.fromkeys(knot.phase for knot in knots if knot.phase)
    for name in names:
        days = [knot.day for knot in knots if knot.phase == name]
        yield name, min(days), max(days)


def _yarns(
    knots: Sequence[Knot], *, place: Callable[[date], float], y: float, now: float | None
) -> Iterator[str]:
    for index, (before, after) in enumerate(zip(knots, knots[1:], strict=False)):
        left, right = place(before.day) + _CLEAR, place(after.day) - _CLEAR
        length = right - left
        bow = min(_BOW, max(0.0, length * 0.05)) * (1 if index % 2 else -1)
        behind, ahead = yarn_of(after.state, ahead=False), yarn_of(after.state, ahead=True)
        if now is None or behind is ahead or not left < now < right:
            kind = ahead if now is not None and now <= left else behind
            yield shapes.yarn(kind=kind, start=left, end=right, y=y, bow=bow)
        else:
            yield shapes.yarn(kind=behind, start=left, end=now - 4, y=y)
            yield shapes.yarn(kind=ahead, start=now + 4, end=right, y=y)


def _axis(
    *, start: date, end: date, place: Callable[[date], float], y: float
) -> Iterator[str]:
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
            yield (
                f'<path class="thread-leader" stroke="currentColor" d="M{shapes.number(label.x)} '
                f'{shapes.number(y + sign * 12)}V{shapes.number(y + sign * (24 + (abs(label.lane)) * _LANE - 8))}"/>'
            )


def _texts(labels: Sequence[Label], *, y: float) -> Iterator[str]:
    for label in labels:
        if not label.lane:
            continue
        top = y - 26 - label.lane * _LANE + 14 if label.lane > 0 else y + 24 + (-label.lane - 1) * _LANE + 12
        offset, anchor = (-6, "end") if label.flipped else (6, "start")
        x = shapes.number(label.x + offset)
        lines = [(line, "thread-label") for line in label.lines] + [(label.date, "thread-date")]
        name = "thread-urgent" if label.urgent else "thread-calm"
        yield f'<text class="{name}" fill="currentColor" text-anchor="{anchor}" y="{shapes.number(top)}">'
        for row, (text, kind) in enumerate(lines):
            yield f'<tspan class="{kind}" x="{x}" dy="{15 if row else 0}">{escape(text)}</tspan>'
        yield "</text>"


def _phase_lines(spans: Sequence[Span], *, y: float) -> Iterator[str]:
    for span in spans:
        top = y + span.lane * _PHASE_LANE + 4
        yield (
            f'<path class="thread-phase-line" fill="none" stroke="currentColor" '
            f'd="M{shapes.number(span.start)} {shapes.number(top + 4)}v-4H{shapes.number(span.end)}v4"/>'
            f'<text class="thread-phase" fill="currentColor" x="{shapes.number(span.text_x)}" '
            f'text-anchor="{span.anchor}" y="{shapes.number(top + 17)}" font-size="12.500">'
            f"{escape(span.label)}</text>"
        )


def _today(now: float | None, *, today: date, y: float) -> Iterator[str]:
    if now is None:
        return
    yield shapes.needle(x=now, top=_NEEDLE_ROOM - 8, bottom=y + 30)
    flipped = now > _WIDTH - 190
    words = f"{gettext('Today')}, {dates.day_words(today)}"
    yield (
        f'<text class="thread-today-text" fill="currentColor" font-weight="600" '
        f'x="{shapes.number(now + (-8 if flipped else 8))}" y="{_NEEDLE_ROOM + 2}" '
        f'text-anchor="{"end" if flipped else "start"}">{escape(words)}</text>'
    )
