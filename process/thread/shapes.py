"""The few shapes a thread is drawn with: yarn, knots, needle. Pure string building, no policy.

Lengths are in units of the drawing (user units of its viewBox). Colours come from ``thread.css``
through classes; strokes also carry ``currentColor``, so that a drawing on its own reads in black.
"""

from __future__ import annotations

from enum import Enum


class Yarn(Enum):
    """What a piece of thread between two knots looks like."""

    SOLID = "solid"
    OPEN = "open"
    FRAYED = "frayed"
    LOOSE = "loose"


CLEARANCE = {"done": 3.0, "current": 9.6, "planned": 6.6, "late": 9.0, "skipped": 8.0}
"""Where yarn ends before the middle of a knot: under a tight one, at the ring of an open one."""

_OPEN_HALF = 1.9
_FRAY_LENGTH = 90.0
_FRAY_SWINGS = ((7.0, -10.0, 9.0), (-9.0, 4.0, -6.0, 11.0, -8.0), (2.0, -4.0, 5.0, -2.0))
_SHORTEST = 1.0


def number(value: float) -> str:
    """Write a coordinate briefly: one decimal, no trailing zero."""
    text = f"{value:.1f}"
    return text.removesuffix(".0")


def yarn(*, kind: Yarn, start: float, end: float, y: float, bow: float = 0.0) -> str:
    """Draw a piece of thread from ``start`` to ``end`` at height ``y``.

    ``bow`` is how far it hangs through. Open yarn is two thin lines, frayed yarn comes apart in
    three winding strands, loose yarn (of a dropped milestone) is a row of dots: all tell
    themselves apart without colour.
    """
    if end - start < _SHORTEST:
        return ""
    match kind:
        case Yarn.SOLID:
            path = _curve(start, end, y, bow)
            return (
                f'<path class="yarn yarn-solid" fill="none" stroke="currentColor" '
                f'stroke-width="4" stroke-linecap="round" d="{path}"/>'
                f'<path class="yarn-twist" fill="none" stroke="#fff" stroke-opacity="0" '
                f'stroke-width="4" stroke-dasharray="1 6" d="{path}"/>'
            )
        case Yarn.OPEN:
            upper = _curve(start, end, y - _OPEN_HALF, bow)
            lower = _curve(start, end, y + _OPEN_HALF, bow)
            return _thin("yarn-open", upper + lower, width="1.2")
        case Yarn.FRAYED:
            return _frayed(start, end, y, bow)
        case Yarn.LOOSE:
            return (
                f'<path class="yarn yarn-loose" fill="none" stroke="currentColor" '
                f'stroke-width="2.4" stroke-linecap="round" stroke-dasharray="0 6" '
                f'd="{_curve(start, end, y, bow)}"/>'
            )


def needle(*, x: float, top: float, bottom: float) -> str:
    """Draw the needle of today: its eye at ``top``, its point at ``bottom``."""
    left, right, tip = number(x - 2.6), number(x + 2.6), number(bottom)
    side, head = number(top + 8), number(top)
    return (
        f'<path class="needle" fill="currentColor" d="M{number(x)} {head}'
        f"Q{right} {head} {right} {side}L{number(x)} {tip}L{left} {side}"
        f'Q{left} {head} {number(x)} {head}Z"/>'
        f'<path class="needle-eye" stroke="#fff" stroke-width="1.3" stroke-linecap="round" '
        f'd="M{number(x)} {number(top + 3)}v6"/>'
    )


def needle_flat(*, y: float, left: float, right: float) -> str:
    """Draw the needle of today lying down: its eye at ``left``, its point at ``right``."""
    line, high, low = number(y), number(y - 2.6), number(y + 2.6)
    return (
        f'<path class="needle" fill="currentColor" d="M{number(left)} {line}'
        f"Q{number(left)} {high} {number(left + 8)} {high}L{number(right)} {line}"
        f'L{number(left + 8)} {low}Q{number(left)} {low} {number(left)} {line}Z"/>'
        f'<path class="needle-eye" stroke="#fff" stroke-width="1.3" stroke-linecap="round" '
        f'd="M{number(left + 3)} {line}h6"/>'
    )


def knot_done(*, x: float, y: float) -> str:
    """Draw a knot pulled tight: full, with the turns of the yarn over it."""
    left, right = number(x - 6.2), number(x + 6.2)
    return (
        f'<circle class="knot-full" fill="currentColor" cx="{number(x)}" cy="{number(y)}" r="7"/>'
        f'<path class="knot-turn" fill="none" stroke="#fff" stroke-width="1.1" '
        f'd="M{left} {number(y + 2.4)}Q{number(x)} {number(y + 1)} {number(x + 2.6)} '
        f"{number(y - 6.4)}M{number(x - 2.6)} {number(y + 6.4)}Q{number(x)} {number(y - 1)} "
        f'{right} {number(y - 2.4)}"/>'
    )


def knot_current(*, x: float, y: float) -> str:
    """Draw the knot that is being tied: a full heart in a wide ring."""
    return (
        f'<circle class="knot-ring" fill="none" stroke="currentColor" stroke-width="2" '
        f'cx="{number(x)}" cy="{number(y)}" r="8.6"/>'
        f'<circle class="knot-full" fill="currentColor" cx="{number(x)}" cy="{number(y)}" r="4.4"/>'
    )


def knot_planned(*, x: float, y: float) -> str:
    """Draw a knot still to tie: an empty ring."""
    return (
        f'<circle class="knot-ring" fill="none" stroke="currentColor" stroke-width="2" '
        f'cx="{number(x)}" cy="{number(y)}" r="5.6"/>'
    )


def knot_late(*, x: float, y: float) -> str:
    """Draw a knot that came undone: two loose ends, each in strands, with air between them."""
    return _thin("knot-loose", _fan(x - 9, y, reach=8.0) + _fan(x + 9, y, reach=-8.0), width="1.4")


def knot_skipped(*, x: float, y: float) -> str:
    """Draw a knot that will not be tied: a cross."""
    return (
        f'<path class="knot-cross" fill="none" stroke="currentColor" stroke-width="2" '
        f'stroke-linecap="round" d="M{number(x - 4)} {number(y - 4)}l8 8m0-8l-8 8"/>'
    )


def _curve(start: float, end: float, y: float, bow: float) -> str:
    if not bow:
        return f"M{number(start)} {number(y)}H{number(end)}"
    middle = (start + end) / 2
    return (
        f"M{number(start)} {number(y)}Q{number(middle)} {number(y + bow * 2)} "
        f"{number(end)} {number(y)}"
    )


def _thin(name: str, path: str, *, width: str) -> str:
    return (
        f'<path class="yarn {name}" fill="none" stroke="currentColor" stroke-width="{width}" '
        f'stroke-linecap="round" d="{path}"/>'
    )


def _fan(x: float, y: float, *, reach: float) -> str:
    """Return the strands of a loose end at ``x``, towards the right (or left, if negative)."""
    return "".join(
        f"M{number(x)} {number(y)}Q{number(x + reach * 0.45)} {number(y)} "
        f"{number(x + reach * share)} {number(y + sag)}"
        for sag, share in ((-7.5, 0.8), (-2.6, 1.0), (2.6, 0.85), (7.5, 0.95))
    )


def _frayed(start: float, end: float, y: float, bow: float) -> str:
    """Draw yarn that comes apart: three strands, each winding its own way."""
    path = ""
    for swings in _FRAY_SWINGS:
        turns = max(1, round((end - start) * len(swings) / _FRAY_LENGTH))
        step = (end - start) / turns
        path += f"M{number(start)} {number(y)}"
        for turn in range(turns):
            x, sag = start + turn * step, swings[turn % len(swings)]
            path += (
                f"Q{number(x + step / 2)} {number(y + bow + sag)} {number(x + step)} {number(y)}"
            )
    return _thin("yarn-frayed", path, width="1.2")
