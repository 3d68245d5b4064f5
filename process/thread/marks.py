"""The small drawings beside a word: a knot for a state, a shape for a forecast."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.safestring import SafeString, mark_safe

from process.thread import shapes
from process.thread.knots import yarn_of
from process.thread.shapes import Yarn

KNOTS: Mapping[str, Callable[..., str]] = {
    "done": shapes.knot_done,
    "current": shapes.knot_current,
    "planned": shapes.knot_planned,
    "late": shapes.knot_late,
    "skipped": shapes.knot_skipped,
}
"""How each state's knot is drawn; call with ``x`` and ``y``."""


def draw_knot(state: str) -> SafeString:
    """Draw one knot on a short piece of thread (36 × 20), as decoration beside its word."""
    behind, ahead = yarn_of(state, ahead=False), yarn_of(state, ahead=True)
    if behind is Yarn.FRAYED:
        behind = ahead = Yarn.SOLID
    before = shapes.yarn(kind=behind, start=2, end=9, y=11)
    after = shapes.yarn(kind=ahead, start=27, end=34, y=11)
    knot = KNOTS[state](x=18, y=11) if state in KNOTS else ""
    return mark_safe(  # noqa: S308 - numbers only
        '<svg class="thread-knot" width="36" height="22" viewBox="0 0 36 22" '
        f'aria-hidden="true" focusable="false">{before}{after}{knot}</svg>'
    )


_FORECAST_MARKS: Mapping[str, str] = {
    "on_time": '<circle cx="8" cy="8" r="6.5" fill="currentColor"/>'
    '<path class="mark-cut" stroke="#fff" stroke-width="1.7" d="M4.8 8.3l2.2 2.2 4.2-4.6"/>',
    "tight": '<circle cx="8" cy="8" r="6" /><path fill="currentColor" d="M8 2a6 6 0 0 0 0 12z"/>',
    "late": '<path d="M8 1.7L15 14H1z" stroke-linejoin="round"/><path d="M8 6v4M8 12v.01"/>',
    "silent": '<circle cx="8" cy="8" r="6" stroke-dasharray="2.2 2.5"/>',
    "unknown": '<circle cx="8" cy="8" r="6"/><path d="M8 11.4v.01M6.2 6.5a1.8 1.8 0 1 1 1.8 2.3"/>',
}


def draw_forecast(forecast: str) -> SafeString:
    """Draw the shape of a forecast (16 × 16), as decoration beside its word."""
    inner = _FORECAST_MARKS.get(forecast, _FORECAST_MARKS["unknown"])
    return mark_safe(  # noqa: S308 - constants only
        '<svg class="forecast-mark" width="16" height="16" viewBox="0 0 16 16" fill="none" '
        'stroke="currentColor" stroke-width="1.6" stroke-linecap="round" aria-hidden="true" '
        f'focusable="false">{inner}</svg>'
    )
