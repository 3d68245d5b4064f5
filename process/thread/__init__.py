"""The red thread, drawn on the server: a branch's way to its election as one line of yarn.

Solid where the work is done, open where it is planned, frayed where it is late; milestones are
knots, today is a needle. Pure: dataclasses in, safe markup out; no database, no clock. Shapes tell
the states apart without colour. Every drawing needs its facts in words beside it: a list of the
same milestones, or the upright drawing.
"""

from __future__ import annotations

from process.thread.knots import (
    FORECAST_WORDS,
    STATE_WORDS,
    Knot,
    State,
    forecast_word,
    state_word,
)
from process.thread.marks import draw_forecast, draw_knot
from process.thread.rows import draw_row, draw_row_mark, row_symbols
from process.thread.upright import draw_step, draw_thread_vertical, draw_today
from process.thread.wide import draw_thread

__all__ = [
    "FORECAST_WORDS",
    "STATE_WORDS",
    "Knot",
    "State",
    "draw_forecast",
    "draw_knot",
    "draw_row",
    "draw_row_mark",
    "draw_step",
    "draw_thread",
    "draw_thread_vertical",
    "draw_today",
    "forecast_word",
    "row_symbols",
    "state_word",
]
