"""The thread of one branch as a single small line, cheap enough for thousands on a page.

Many rows lie under each other, so a row says little and says it calmly: knots of one state that
would touch are one knot, and what is late is one frayed stretch, however many milestones it holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from process.thread.knots import yarn_of
from process.thread.shapes import Yarn

ROW_WIDTH = 320
ROW_HEIGHT = 20

_EDGE = 10
_CLEARANCE = {"done": 0, "current": 5, "planned": 3, "late": 0, "skipped": 4}
_SYMBOLS = {"done": "d", "current": "c", "planned": "p", "skipped": "s"}
# Knots of one state nearer to each other than this are drawn as one.
_TOUCH = 8
# The shortest frayed stretch that still reads as one, and the air after its loose ends.
_FRAY = 12
_AIR = 4
_MARK_WIDTH = 36
# Of a frayed stretch: half a turn of each strand and how far it swings; the length of its tips.
_STRANDS = ((23, -4), (15, 4))
_TIP = 6


@dataclass(slots=True)
class _Piece:
    """A knot, or a whole stretch that is late; ``first`` to ``last`` are in units of the row."""

    state: str
    first: int
    last: int


def row_symbols() -> SafeString:
    """Return the knots that every row uses; put it on the page once, before the first row."""
    return mark_safe(
        '<svg class="thread-symbols" width="0" height="0" aria-hidden="true" focusable="false">'
        "<defs>"
        '<circle id="knot-d" r="3.8" fill="currentColor"/>'
        '<g id="knot-c" fill="none" stroke="currentColor" stroke-width="1.5"><circle r="4.7"/>'
        '<circle r="1.5" fill="currentColor"/></g>'
        '<circle id="knot-p" r="2.9" fill="none" stroke="currentColor" stroke-width="1.4"/>'
        '<path id="knot-s" fill="none" stroke="currentColor" stroke-width="1.4" '
        'stroke-linecap="round" d="M-2.6 -2.6l5.2 5.2m0-5.2l-5.2 5.2"/>'
        "</defs></svg>"
    )


def draw_row(*, states: Sequence[tuple[str, float]], today: float, label: str) -> SafeString:
    """Draw one branch's thread as a line of 320 × 20.

    ``states`` are (state, place) pairs in order of place; places and ``today`` run from 0 (start
    of the way) to 1 (its end). A ``today`` outside that range draws no needle. ``label`` says in
    words what is drawn. Knots come from ``row_symbols``.
    """
    now = _at(today) if 0 <= today <= 1 else None
    pieces = _pieces(states, now=now)
    lines = _lines(pieces, now=now)
    needle = "" if now is None else f'<path class="row-today" d="M{now} 0V20"/>'
    return mark_safe(  # noqa: S308 - the one text is escaped
        f'<svg class="thread-row" viewBox="0 0 {ROW_WIDTH} {ROW_HEIGHT}" width="{ROW_WIDTH}" '
        f'height="{ROW_HEIGHT}" role="img" aria-label="{escape(label)}">'
        f"{needle}{lines}{_knots(pieces)}</svg>"
    )


def draw_row_mark(state: str) -> SafeString:
    """Draw what a state looks like in a row (36 × 20), as decoration beside its word."""
    middle = _MARK_WIDTH // 2
    if state == "late":
        pieces = [_Piece("done", 4, 4), _Piece("late", 4, _MARK_WIDTH - 4)]
    else:
        pieces = [
            _Piece("done" if state == "current" else state, -_MARK_WIDTH, -_MARK_WIDTH),
            _Piece(state, middle, middle),
            _Piece("planned" if state == "current" else state, 2 * _MARK_WIDTH, 2 * _MARK_WIDTH),
        ]
    return mark_safe(  # noqa: S308 - numbers only
        f'<svg class="thread-row thread-row-mark" viewBox="0 0 {_MARK_WIDTH} {ROW_HEIGHT}" '
        f'width="{_MARK_WIDTH}" height="{ROW_HEIGHT}" aria-hidden="true" focusable="false">'
        f"{_lines(pieces, now=middle)}{_knots(pieces)}</svg>"
    )


def _at(place: float) -> int:
    return round(_EDGE + min(max(place, 0.0), 1.0) * (ROW_WIDTH - 2 * _EDGE))


def _pieces(states: Sequence[tuple[str, float]], *, now: int | None) -> list[_Piece]:
    pieces: list[_Piece] = []
    for state, place in states:
        x = _at(place)
        before = pieces[-1] if pieces else None
        if before is not None and before.state == state:
            if state == "late":
                before.last = max(before.last, x)
                continue
            if x - before.last < _TOUCH:
                continue
        if state == "late":
            first = (
                max(_AIR, x - _FRAY)
                if before is None
                else before.last + _CLEARANCE.get(before.state, 3)
            )
            pieces.append(_Piece(state, first, x))
        else:
            _close(before, until=x, room=_CLEARANCE.get(state, 3), now=now)
            pieces.append(_Piece(state, x, x))
    _close(pieces[-1] if pieces else None, until=ROW_WIDTH, room=0, now=now)
    return pieces


def _close(piece: _Piece | None, *, until: int, room: int, now: int | None) -> None:
    """Let a late stretch run on to today when nothing lies between, and be long enough to see.

    ``until`` is where the next knot lies, ``room`` what that knot takes of it.
    """
    if piece is None or piece.state != "late":
        return
    if now is not None and piece.last < now <= until:
        piece.last = now - _AIR
    piece.last = max(piece.first + _FRAY, min(piece.last, until - room - _AIR))
    if piece.last > ROW_WIDTH - _AIR:
        piece.first, piece.last = ROW_WIDTH - _AIR - _FRAY, ROW_WIDTH - _AIR


def _knots(pieces: Sequence[_Piece]) -> str:
    return "".join(
        f'<use href="#knot-{_SYMBOLS.get(piece.state, "p")}" x="{piece.first}" y="10"/>'
        for piece in pieces
        if piece.state != "late"
    )


def _lines(pieces: Sequence[_Piece], *, now: int | None) -> str:
    paths: dict[Yarn, list[str]] = {kind: [] for kind in Yarn}
    for piece in pieces:
        if piece.state == "late":
            paths[Yarn.FRAYED].append(_frayed(piece.first, piece.last))
    for before, after in pairwise(pieces):
        if after.state != "late":
            _join(paths, before, after, now=now)
    return "".join(
        f'<path class="row-{kind.value}" d="{"".join(path)}"/>'
        for kind, path in paths.items()
        if path
    )


def _join(paths: dict[Yarn, list[str]], before: _Piece, after: _Piece, *, now: int | None) -> None:
    start = before.last + (_AIR if before.state == "late" else _CLEARANCE.get(before.state, 3))
    end = after.first - _CLEARANCE.get(after.state, 3)
    if end <= start:
        return
    behind, ahead = yarn_of(after.state, ahead=False), yarn_of(after.state, ahead=True)
    if after.state == "current" and before.state != "done":
        # What comes before it is not done: nothing solid follows from it.
        behind = Yarn.OPEN
    if behind is not ahead and now is not None and start < now < end:
        _lay(paths, behind, start=start, end=now)
        _lay(paths, ahead, start=now, end=end)
    else:
        _lay(paths, ahead if now is not None and now <= start else behind, start=start, end=end)


def _lay(paths: dict[Yarn, list[str]], kind: Yarn, *, start: int, end: int) -> None:
    if kind is Yarn.OPEN:
        paths[kind].append(f"M{start} 8.8H{end}M{start} 11.2H{end}")
    else:
        paths[kind].append(f"M{start} 10H{end}")


def _frayed(start: int, end: int) -> str:
    """Return two strands that go their own ways and end in three loose tips."""
    neck = end - _TIP
    path = ""
    for swing, sag in _STRANDS:
        turns = max(1, round((neck - start) / swing))
        step = round((neck - start) / turns, 1)
        path += f"M{start} 10q{step / 2:.1f} {sag} {step:g} 0" + f"t{step:g} 0" * (turns - 1)
    return path + f"M{neck} 10q3 0 {_TIP} -4.5M{neck} 10H{end}M{neck} 10q3 0 {_TIP} 4.5"
