"""Where the words of a drawn thread go, so that none lies over another. Pure geometry.

Lengths are in units of the drawing. Labels are flags: a hairline rises from the knot and the words
hang beside it; lane 1, 2, … lie above the thread, lane -1, -2, … beneath it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from textwrap import wrap

CHARACTER = 6.7
"""Width of a letter at the size of the labels, on the wide side."""

BOLD_CHARACTER = 7.4
"""The same for urgent labels, which are set bold."""

LINE_LENGTH = 21
"""Letters on one line of a label."""

LANES = (1, -1, 2, -2, 3, -3)
"""Lanes in the order in which they are tried: near the thread first."""

_AIR = 6.0
_NEEDLE_STRIP = 4.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """The words at one knot; ``lane`` 0 means that there is no room for them."""

    x: float
    text: str
    date: str
    urgent: bool = False
    lane: int = 0
    flipped: bool = False

    @property
    def lines(self) -> list[str]:
        """Break the words over at most two lines."""
        return wrap(self.text, LINE_LENGTH, max_lines=2, placeholder=" …") or [""]

    @property
    def length(self) -> float:
        """Estimate the width of the longest line."""
        letter = BOLD_CHARACTER if self.urgent else CHARACTER
        return max(len(line) for line in [*self.lines, self.date]) * letter + 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A phase beneath the thread, from its first to its last knot."""

    label: str
    start: float
    end: float
    lane: int = 0
    anchor: str = "start"

    @property
    def text_x(self) -> float:
        """Return where the words begin, or end when anchored at the end."""
        return self.start if self.anchor == "start" else self.end


def place_labels(
    labels: Sequence[Label], *, width: float, needle: float | None = None
) -> list[Label]:
    """Give each label a lane, urgent ones first; those without room keep lane 0.

    ``needle`` keeps a strip above the thread free for the needle of today.
    """
    taken: dict[int, list[tuple[float, float]]] = {lane: [] for lane in LANES}
    if needle is not None:
        for lane in LANES:
            if lane > 0:
                taken[lane].append((needle - _NEEDLE_STRIP, needle + _NEEDLE_STRIP))
    placed = list(labels)
    order = sorted(range(len(labels)), key=lambda i: (not labels[i].urgent, labels[i].x))
    for position, index in enumerate(order):
        label = labels[index]
        flipped = label.x + label.length > width
        near, far = (
            (label.x - label.length, label.x + 4)
            if flipped
            else (label.x - 4, label.x + label.length)
        )
        lanes = LANES if position % 2 == 0 else [-lane for lane in LANES]
        for lane in lanes:
            if _fits(taken, lane, near=near, far=far, x=label.x):
                sign = 1 if lane > 0 else -1
                taken[lane].append((near, far))
                for inner in range(1, abs(lane)):
                    taken[sign * inner].append((label.x - 4, label.x + 4))
                placed[index] = replace(label, lane=lane, flipped=flipped)
                break
    return placed


def place_spans(spans: Sequence[Span], *, width: float) -> list[Span]:
    """Give each span a lane (0, 1, …) in which neither its line nor its words touch another."""
    taken: list[list[tuple[float, float]]] = []
    placed = []
    for span in sorted(spans, key=lambda span: span.start):
        need = len(span.label) * CHARACTER
        flipped = span.start + need > width
        near = min(span.start, span.end - need) if flipped else span.start
        far = span.end if flipped else max(span.end, span.start + need)
        lane = next((i for i, row in enumerate(taken) if _free(row, near, far)), len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((near, far))
        placed.append(replace(span, lane=lane, anchor="end" if flipped else "start"))
    return placed


def _fits(
    taken: dict[int, list[tuple[float, float]]], lane: int, *, near: float, far: float, x: float
) -> bool:
    sign = 1 if lane > 0 else -1
    inner = all(_free(taken[sign * step], x - 4, x + 4) for step in range(1, abs(lane)))
    return inner and _free(taken[lane], near, far)


def _free(row: Sequence[tuple[float, float]], near: float, far: float) -> bool:
    return all(far + _AIR <= left or near >= right + _AIR for left, right in row)
