"""The thread of one branch as a single small line, cheap enough for thousands on a page."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from process.thread.knots import yarn_of
from process.thread.shapes import Yarn

ROW_WIDTH = 320
ROW_HEIGHT = 20

_EDGE = 10
_CLEARANCE = {"done": 0, "current": 6, "planned": 4, "late": 6, "skipped": 4}
_SYMBOLS = {"done": "d", "current": "c", "planned": "p", "late": "l", "skipped": "s"}


def row_symbols() -> SafeString:
    """Return the knots that every row uses; put it on the page once, before the first row."""
    return mark_safe(
        '<svg class="thread-symbols" width="0" height="0" aria-hidden="true" focusable="false">'
        "<defs>"
        '<circle id="knot-d" r="4.5" fill="currentColor"/>'
        '<g id="knot-c" fill="none" stroke="currentColor" stroke-width="1.6"><circle r="5.6"/>'
        '<circle r="2.4" fill="currentColor"/></g>'
        '<circle id="knot-p" r="3.6" fill="none" stroke="currentColor" stroke-width="1.6"/>'
        '<path id="knot-l" fill="none" stroke="currentColor" stroke-width="1.2" '
        'stroke-linecap="round" d="M-6 0L-1 -5.5M-6 0H-.5M-6 0L-1.500 5.500'
        'M6 0L1.500 -5.5M6 0H2M6 0L1 5.500"/>'
        '<path id="knot-s" fill="none" stroke="currentColor" stroke-width="1.6" '
        'stroke-linecap="round" d="M-3 -3l6 6m0-6l-6 6"/>'
        "</defs></svg>"
    )


def draw_row(*, states: Sequence[tuple[str, float]], today: float, label: str) -> SafeString:
    """Draw one branch's thread as a line of 320 × 20.

    ``states`` are (state, place) pairs in order of place; places and ``today`` run from 0 (start
    of the way) to 1 (its end). A ``today`` outside that range draws no needle. ``label`` says in
    words what is drawn. Knots come from ``row_symbols``.
    """
    paths: dict[Yarn, list[str]] = {kind: [] for kind in Yarn}
    knots = []
    now = _at(today) if 0 <= today <= 1 else None
    free_from: int | None = None
    for state, place in states:
        x = _at(place)
        room = _CLEARANCE.get(state, 4)
        if free_from is not None:
            _join(paths, state, start=free_from, end=x - room, now=now)
        knots.append(f'<use href="#knot-{_SYMBOLS.get(state, "p")}" x="{x}" y="10"/>')
        free_from = x + room
    lines = "".join(
        f'<path class="row-{kind.value}" d="{"".join(path)}"/>'
        for kind, path in paths.items()
        if path
    )
    needle = "" if now is None else f'<path class="row-today" d="M{now} 0V20"/>'
    return mark_safe(  # noqa: S308 - the one text is escaped
        f'<svg class="thread-row" viewBox="0 0 {ROW_WIDTH} {ROW_HEIGHT}" width="{ROW_WIDTH}" '
        f'height="{ROW_HEIGHT}" role="img" aria-label="{escape(label)}">'
        f"{needle}{lines}{''.join(knots)}</svg>"
    )


def _at(place: float) -> int:
    return round(_EDGE + min(max(place, 0.0), 1.0) * (ROW_WIDTH - 2 * _EDGE))


def _join(
    paths: dict[Yarn, list[str]], state: str, *, start: int, end: int, now: int | None
) -> None:
    if end <= start:
        return
    behind, ahead = yarn_of(state, ahead=False), yarn_of(state, ahead=True)
    if behind is not ahead and now is not None and start < now < end:
        _lay(paths, behind, start=start, end=now)
        _lay(paths, ahead, start=now, end=end)
    else:
        kind = ahead if now is not None and now <= start else behind
        _lay(paths, kind, start=start, end=end)


def _lay(paths: dict[Yarn, list[str]], kind: Yarn, *, start: int, end: int) -> None:
    match kind:
        case Yarn.OPEN:
            paths[kind].append(f"M{start} 8.7H{end}M{start} 11.3H{end}")
        case Yarn.FRAYED:
            middle = (start + end) // 2
            paths[kind].append(
                f"M{start} 10H{end}M{start} 10Q{middle} 4 {end} 10Q{middle} 16 {start} 10"
            )
        case _:
            paths[kind].append(f"M{start} 10H{end}")
