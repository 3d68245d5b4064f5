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


KNOT_RADIUS = 7.0
"""Half the width of a knot in the large drawings."""

_OPEN_HALF = 1.9
_FRAY_LENGTH = 38.0
_SHORTEST = 1.0


def number(value: float) -> str:
    """Write a coordinate briefly: one decimal, no trailing zero."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def yarn(*, kind: Yarn, start: float, end: float, y: float, bow: float = 0.0) -> str:
    """Draw a piece of thread from ``start`` to ``end`` at height ``y``, hanging ``bow`` units through.

    Open yarn is two thin lines, frayed yarn comes apart in three strands towards its end, loose
    yarn (of a dropped milestone) is a row of dots: all tell themselves apart without colour.
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
    eye = top + 9
    left, right, tip = number(x - 2.6), number(x + 2.6), number(bottom)
    side = number(top + 8)
    return (
        f'<path class="needle" fill="currentColor" fill-rule="evenodd" '
        f'd="M{number(x)} {number(top)}C{right} {number(top)} {right} {side} {right} {side}'
        f"L{number(x + 0.6)} {tip}H{number(x - 0.6)}L{left} {side}"
        f"C{left} {side} {left} {number(top)} {number(x)} {number(top)}Z"
        f'M{number(x)} {number(eye - 5)}v8"/>'
        f'<path class="needle-eye" stroke="#fff" stroke-width="1.3" stroke-linecap="round" '
        f'd="M{number(x)} {number(eye - 4.5)}v7"/>'
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
    """Draw a knot that came undone: a ring that does not close, with a bar through its gap."""
    return (
        f'<path class="knot-ring" fill="none" stroke="currentColor" stroke-width="2.4" '
        f'stroke-linecap="round" d="M{number(x - 3)} {number(y - 5.6)}'
        f"A6.4 6.4 0 1 0 {number(x + 3)} {number(y - 5.6)}"
        f'M{number(x)} {number(y - 10)}V{number(y + 0.5)}M{number(x)} {number(y + 3.2)}v.01"/>'
    )


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


def _frayed(start: float, end: float, y: float, bow: float) -> str:
    split = max(start, end - _FRAY_LENGTH)
    whole = yarn(kind=Yarn.SOLID, start=start, end=split, y=y, bow=bow)
    run = end - split
    strands = "".join(
        f"M{number(split)} {number(y)}C{number(split + run * 0.4)} {number(y)} "
        f"{number(split + run * 0.55)} {number(y + sag)} {number(split + run * reach)} "
        f"{number(y + sag * 1.25)}"
        for sag, reach in ((-7.5, 0.86), (-2.6, 0.98), (2.8, 0.74), (7.8, 0.92))
    )
    return whole + _thin("yarn-frayed", strands, width="1.2")
