"""Ten threads drawn on the server: fluid SVG, as wide as its place, at any width as thick.

Red for the thread alone; every state has a shape of its own and is read in black and white. Each
drawing is decoration: the words beside it say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from evaluation.rules.pledge import PledgeStatus
from evaluation.rules.ten_thread import Knot, Period, Thread, Yarn
from process.thread import shapes

_FRAY: Final = (
    "M0 12Q10 15 18 12T38 10T58 16T78 7T100 3"
    "M0 12Q8 8 16 12T36 15T60 6T80 14T100 13"
    "M0 12Q12 13 22 11T46 13T66 12T86 18T100 22"
)
_OPEN_HALF: Final = 1.9
_NEAR_END: Final = 0.88
_BESIDE: Final = 0.12
_HIDDEN: Final = 'aria-hidden="true" focusable="false"'


def draw_line(thread: Thread, period: Period) -> SafeString:
    """Draw one pledge's thread, 36 high, with the needle of today through it."""
    yarn = "".join(_piece(*piece) for piece in thread.pieces)
    knots = "".join(_knot(*knot) for knot in thread.knots)
    goal = "" if thread.goal is None else _goal(thread.goal)
    return mark_safe(  # noqa: S308 - numbers only
        f'<svg class="ten-line" width="100%" height="36" {_HIDDEN}>'
        f'{_needle(period)}<svg y="50%" overflow="visible">{goal}{yarn}{knots}</svg></svg>'
    )


def draw_axis(period: Period) -> SafeString:
    """Draw the years above the threads, and where today is."""
    now = period.place(period.today)
    anchor, shift = ("end", -6) if now > 0.5 else ("start", 6)  # noqa: PLR2004 - the middle
    years = "".join(_years(period))
    word = escape(_("today"))
    return mark_safe(  # noqa: S308 - the one text is escaped
        f'<svg class="ten-axis" width="100%" height="46" font-size="12" {_HIDDEN}>'
        f"{years}"
        f'<svg x="{_share(now)}" overflow="visible">{shapes.needle(x=0, top=2, bottom=46)}'
        f'<text class="ten-today" x="{shift}" y="14" text-anchor="{anchor}" fill="currentColor" '
        f'font-weight="600">{word}</text></svg></svg>'
    )


def draw_mark(status: str) -> SafeString:
    """Draw what a status looks like (28 × 20), as decoration beside its word."""
    return mark_safe(  # noqa: S308 - constants only
        f'<svg class="ten-mark" width="28" height="20" viewBox="0 0 28 20" {_HIDDEN}>'
        f"{_MARKS[PledgeStatus(status)]}</svg>"
    )


def draw_told() -> SafeString:
    """Draw the knot of an update (28 × 20), for the words that explain the drawing."""
    return _sample(_line("solid", 0, 28, y=10) + _dot(14, y=10))


def draw_planned() -> SafeString:
    """Draw the knot of a coming step (28 × 20), for the same."""
    return _sample(_open(0, 28, y=10) + _ring(14, y=10))


def draw_goal() -> SafeString:
    """Draw the sign of the day on which it is to be ready (28 × 20), for the same."""
    return _sample(
        _open(0, 28, y=10)
        + '<path class="ten-goal" stroke="currentColor" stroke-width="1.6" d="M14 1v18"/>'
    )


def draw_needle() -> SafeString:
    """Draw the needle of today (28 × 20), for the same."""
    return format_html(
        '<svg class="ten-mark" width="28" height="20" viewBox="0 0 28 20" aria-hidden="true" '
        'focusable="false">{}</svg>',
        mark_safe(shapes.needle(x=14, top=0, bottom=20)),  # noqa: S308 - numbers only
    )


def _sample(inner: str) -> SafeString:
    return mark_safe(  # noqa: S308 - numbers only
        f'<svg class="ten-mark" width="28" height="20" viewBox="0 0 28 20" {_HIDDEN}>{inner}</svg>'
    )


def _share(place: float) -> str:
    return f"{place * 100:.2f}".rstrip("0").rstrip(".") + "%"


def _piece(kind: Yarn, start: float, end: float) -> str:
    near, far = _share(start), _share(end)
    match kind:
        case Yarn.SOLID:
            return (
                f'<line class="ten-solid" stroke="currentColor" stroke-width="4" '
                f'stroke-linecap="round" x1="{near}" x2="{far}"/>'
            )
        case Yarn.OPEN:
            return "".join(
                f'<line class="ten-open" stroke="currentColor" stroke-width="1.2" x1="{near}" '
                f'x2="{far}" y1="{y}" y2="{y}"/>'
                for y in (-_OPEN_HALF, _OPEN_HALF)
            )
        case Yarn.LOOSE:
            return (
                f'<line class="ten-loose" stroke="currentColor" stroke-width="2.4" '
                f'stroke-linecap="round" stroke-dasharray="0 7" x1="{near}" x2="{far}"/>'
            )
        case Yarn.FRAYED:
            return (
                f'<svg x="{near}" y="-12" width="{_share(end - start)}" height="24" '
                f'viewBox="0 0 100 24" preserveAspectRatio="none" overflow="visible">'
                f'<path class="ten-frayed" fill="none" stroke="currentColor" stroke-width="1.3" '
                f'stroke-linecap="round" vector-effect="non-scaling-stroke" d="{_FRAY}"/></svg>'
            )


def _knot(kind: Knot, place: float) -> str:
    x = _share(place)
    match kind:
        case Knot.TOLD:
            return f'<circle class="ten-told" fill="currentColor" cx="{x}" r="4.6"/>'
        case Knot.PLANNED:
            return (
                f'<circle class="ten-planned" fill="#fff" stroke="currentColor" '
                f'stroke-width="1.6" cx="{x}" r="4"/>'
            )
        case Knot.DONE:
            inner = shapes.knot_done(x=0, y=0)
        case Knot.PARTLY:
            inner = _half(0, y=0)
        case Knot.GIVEN_UP:
            inner = shapes.knot_skipped(x=0, y=0)
    return f'<svg x="{x}" overflow="visible">{inner}</svg>'


def _needle(period: Period) -> str:
    x = _share(period.place(period.today))
    return (
        f'<line class="ten-needle" stroke="currentColor" stroke-width="1.4" x1="{x}" x2="{x}" '
        f'y1="0" y2="100%"/>'
    )


def _goal(place: float) -> str:
    x = _share(place)
    return (
        f'<line class="ten-goal" stroke="currentColor" stroke-width="1.6" x1="{x}" x2="{x}" '
        f'y1="-9" y2="9"/>'
    )


def _years(period: Period) -> Iterator[str]:
    yield (
        '<line class="ten-ground" stroke="currentColor" stroke-width="1" x1="0" x2="100%" '
        'y1="40" y2="40"/>'
    )
    now = period.place(period.today)
    for year in range(period.first.year + 1, period.last.year + 1):
        place = period.place(date(year, 1, 1))
        yield (
            f'<svg x="{_share(place)}" overflow="visible">'
            f'<path class="ten-ground" stroke="currentColor" d="M0 36v8"/>'
        )
        # Before its stroke where it would hang over the edge, or lie under the needle.
        turned = place > _NEAR_END or 0 <= now - place < _BESIDE
        shift, anchor = (-3, "end") if turned else (3, "start")
        yield (
            f'<text class="ten-year" x="{shift}" y="34" text-anchor="{anchor}" '
            f'fill="currentColor">{year}</text></svg>'
        )


def _line(name: str, start: float, end: float, *, y: float) -> str:
    return (
        f'<path class="ten-{name}" stroke="currentColor" stroke-width="4" '
        f'stroke-linecap="round" d="M{start} {y}H{end}"/>'
    )


def _open(start: float, end: float, *, y: float) -> str:
    return (
        f'<path class="ten-open" stroke="currentColor" stroke-width="1.2" '
        f'd="M{start} {y - _OPEN_HALF}H{end}M{start} {y + _OPEN_HALF}H{end}"/>'
    )


def _dot(x: float, *, y: float) -> str:
    return f'<circle class="ten-told" fill="currentColor" cx="{x}" cy="{y}" r="4.6"/>'


def _ring(x: float, *, y: float) -> str:
    return (
        f'<circle class="ten-planned" fill="#fff" stroke="currentColor" stroke-width="1.6" '
        f'cx="{x}" cy="{y}" r="4"/>'
    )


def _half(x: float, *, y: float) -> str:
    """Draw a knot that is tied for one half."""
    return (
        f'<circle class="ten-planned" fill="#fff" stroke="currentColor" stroke-width="2" '
        f'cx="{x}" cy="{y}" r="6.4"/>'
        f'<path fill="currentColor" d="M{x} {y - 6.4}a6.4 6.4 0 0 0 0 12.8z"/>'
    )


_MARKS: Final = {
    PledgeStatus.AGREED: _open(1, 27, y=10),
    PledgeStatus.STARTED: _line("solid", 2, 6, y=10) + _open(10, 27, y=10) + _dot(8, y=10),
    PledgeStatus.UNDER_WAY: _line("solid", 2, 15, y=10) + _open(19, 27, y=10) + _dot(17, y=10),
    PledgeStatus.STUCK: _line("solid", 2, 8, y=10)
    + '<path class="ten-frayed" fill="none" stroke="currentColor" stroke-width="1.3" '
    'stroke-linecap="round" d="M8 10q6 0 8-4t9-4M8 10q7 1 10-1t8 1M8 10q6 0 9 4t8 4"/>',
    PledgeStatus.DONE: _line("solid", 2, 19, y=10) + shapes.knot_done(x=19, y=10),
    PledgeStatus.PARTLY: _line("solid", 2, 19, y=10) + _half(19, y=10),
    PledgeStatus.GIVEN_UP: _line("solid", 2, 10, y=10) + shapes.knot_skipped(x=19, y=10),
}
