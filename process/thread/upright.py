"""The upright thread: an ordered list for a phone, each line with its own piece of thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from core import dates
from process.thread import shapes
from process.thread.knots import Knot, state_word, yarn_of
from process.thread.marks import KNOTS
from process.thread.shapes import Yarn

_X = 20
_KNOT_Y = 24
_TODAY_Y = 20
_ROOM = 8.0


def draw_thread_vertical(*, knots: Sequence[Knot], today: date, label: str) -> SafeString:
    """Draw a thread as an ordered list with words, dates and distances, today a line between.

    ``label`` names the list for who does not see it. Phases become small headings in the list.
    """
    shown = sorted(knots, key=lambda knot: knot.day)
    parts = [f'<ol class="thread" aria-label="{escape(label)}">']
    phase = ""
    now_due = True
    for index, knot in enumerate(shown):
        if now_due and knot.day >= today:
            now_due = False
            parts.append(_today_line(today, target=knot.state, first=index == 0))
        following = shown[index + 1] if index + 1 < len(shown) else None
        parts.append(
            f'<li class="thread-item thread-{knot.state}">'
            + draw_step(
                state=knot.state,
                following=following.state if following else "",
                first=index == 0,
                ahead=knot.day >= today,
            )
            + _words(knot, today=today, phase=knot.phase if knot.phase != phase else "")
            + "</li>"
        )
        phase = knot.phase
    parts.append("</ol>")
    return mark_safe("".join(parts))  # noqa: S308 - every text above is escaped


def draw_step(
    *, state: str, following: str = "", first: bool = False, ahead: bool = False
) -> SafeString:
    """Draw the piece of thread beside one line of a list: what leads in, the knot, what leads on.

    It is as tall as its line. ``following`` is the next line's state, empty for the last line;
    ``ahead`` is true when this knot lies after today.
    """
    room = shapes.CLEARANCE.get(state, _ROOM)
    parts = (
        []
        if first
        else [_piece(yarn_of(state, ahead=ahead), top=0, bottom=shapes.number(_KNOT_Y - room))]
    )
    if state in KNOTS:
        parts.append(_upright(state))
    if following:
        kind = yarn_of(following, ahead=ahead)
        parts.append(_piece(kind, top=_KNOT_Y + room, bottom="100%"))
    return _step(parts)


def draw_today(*, target: str, first: bool = False) -> SafeString:
    """Draw the needle across the thread, for the line of a list that says that it is today.

    ``target`` is the state of the next knot; ``first`` is true when no thread comes before.
    """
    parts: list[str] = []
    if not first:
        behind = yarn_of(target, ahead=False)
        parts.append(_piece(behind, top=0, bottom=str(_TODAY_Y - 4)))
        parts.append(_piece(yarn_of(target, ahead=True), top=_TODAY_Y + 4, bottom="100%"))
    parts.append(shapes.needle_flat(y=_TODAY_Y, left=2, right=39))
    return _step(parts)


def _today_line(today: date, *, target: str, first: bool) -> str:
    words = f"{gettext('Today')}, {dates.day_words(today)}"
    step = draw_today(target=target, first=first)
    return f'<li class="thread-item thread-today">{step}<p>{escape(words)}</p></li>'


def _words(knot: Knot, *, today: date, phase: str) -> str:
    text = escape(knot.label)
    name = f'<a href="{escape(knot.href)}">{text}</a>' if knot.href else str(text)
    head = f'<p class="thread-phase-name">{escape(phase)}</p>' if phase else ""
    return (
        f'<div class="thread-words">{head}<p class="thread-name">{name}</p>'
        f'<p class="thread-facts"><span class="state-word">{escape(state_word(knot.state))}</span> '
        f'<time datetime="{knot.day.isoformat()}">{escape(dates.day_words(knot.day))}</time> '
        f"<span>{escape(dates.distance(knot.day, today=today))}</span></p></div>"
    )


def _upright(state: str) -> str:
    """Draw a knot in upright yarn: loose ends hang down and stand up instead of lying."""
    if state == "late":
        knot = KNOTS[state](x=0, y=0)
        return f'<g transform="translate({_X} {_KNOT_Y}) rotate(90) scale(1.15)">{knot}</g>'
    return KNOTS[state](x=_X, y=_KNOT_Y)


def _step(parts: Sequence[str]) -> SafeString:
    return mark_safe(  # noqa: S308 - numbers only
        '<svg class="thread-step" width="40" height="100%" aria-hidden="true" focusable="false">'
        f"{''.join(parts)}</svg>"
    )


def _piece(kind: Yarn, *, top: float, bottom: str) -> str:
    """Draw upright yarn; ``bottom`` may be a share of the line's height (``100%``)."""
    if kind is Yarn.FRAYED:
        return _frayed(top=top, bottom=bottom)
    return "".join(
        f'<line class="yarn yarn-{kind.value}" stroke="currentColor" '
        f'stroke-width="{_STROKES[kind]}" stroke-linecap="round"{_DASHES.get(kind, "")} '
        f'x1="{shapes.number(_X + offset)}" y1="{shapes.number(top)}" '
        f'x2="{shapes.number(_X + offset)}" y2="{bottom}"/>'
        for offset in _OFFSETS[kind]
    )


def _frayed(*, top: float, bottom: str) -> str:
    """Draw upright strands that wind about each other, stretched to the height there is."""
    start = shapes.number(top)
    height = bottom if bottom.endswith("%") else shapes.number(float(bottom) - top)
    loose = bottom.endswith("%")
    strands = "".join(
        _strand(swings) for swings in (_SWINGS if loose else [swings[-1:] for swings in _SWINGS])
    )
    return (
        f'<svg y="{start}" width="40" height="{height}" viewBox="0 0 40 100" '
        f'preserveAspectRatio="none"><path class="yarn yarn-frayed" fill="none" '
        f'stroke="currentColor" stroke-width="1.2" vector-effect="non-scaling-stroke" '
        f'd="{strands}"/></svg>'
    )


def _strand(swings: Sequence[float]) -> str:
    step = 100 / len(swings)
    return f"M{_X} 0" + "".join(
        f"Q{shapes.number(_X + swing)} {shapes.number((turn + 0.5) * step)} "
        f"{_X} {shapes.number((turn + 1) * step)}"
        for turn, swing in enumerate(swings)
    )


_SWINGS = ((7, -10, 9), (-9, 4, -6, 12, -10), (2, -3, 5, -2))
_OFFSETS = {Yarn.SOLID: (0.0,), Yarn.OPEN: (-1.9, 1.9), Yarn.LOOSE: (0.0,)}
_STROKES = {Yarn.SOLID: "4", Yarn.OPEN: "1.2", Yarn.LOOSE: "2.4"}
_DASHES = {Yarn.LOOSE: ' stroke-dasharray="0 6"'}
