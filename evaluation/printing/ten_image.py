"""The picture of a top ten for who shares its address: the name, the counts, ten threads.

1200 × 630, as Facebook, Mastodon and others show it. The letters come with Pillow, so that every
machine draws the same picture.
"""

from __future__ import annotations

import math
from io import BytesIO
from typing import Final

from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from core.characters import shown
from evaluation.printing.ten_lines import period, way_of
from evaluation.queries.ten.public_facts import PublicTen
from evaluation.rules.ten_thread import Knot, Period, Thread, Yarn, thread_of
from evaluation.ten_addresses import Asked
from evaluation.ten_public_words import ORDER

SIZE: Final = (1200, 630)
GROUND: Final = "#ffffff"
INK: Final = "#1c1a17"
SOFT: Final = "#57524a"
RED: Final = "#c4122f"
_MARGIN: Final = 64
_RIGHT: Final = SIZE[0] - _MARGIN
_LARGEST: Final = 76
_SMALLEST: Final = 40
_TOP: Final = 282
_BETWEEN: Final = 33
# Drawn twice as large and made smaller: Pillow draws lines without soft edges.
_SCALE: Final = 2

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def draw_image(ten: PublicTen, asked: Asked) -> bytes:
    """Return the picture as PNG."""
    picture = Image.new("RGB", (SIZE[0] * _SCALE, SIZE[1] * _SCALE), GROUND)
    pen = _Pen(ImageDraw.Draw(picture))
    name = shown(ten.name, many_lines=False)
    pen.words(
        (_MARGIN, 46), _("Top ten %(year)s") % {"year": ten.polling_day.year}, size=32, ink=SOFT
    )
    pen.heading((_MARGIN, 88), name)
    pen.line_of(
        (_MARGIN, 196),
        [f"{ten.counts[one]} {one.label}" for one in ORDER if ten.counts[one]],
    )
    shown_period = period(ten, today=asked.today)
    for row, pledge in enumerate(ten.pledges):
        y = _TOP + row * _BETWEEN
        pen.words((_MARGIN, y - 14), str(pledge.rank), size=22, ink=SOFT)
        pen.thread(thread_of(way_of(pledge, today=asked.today), shown_period), y=y)
    pen.needle(shown_period, rows=len(ten.pledges))
    small = picture.resize(SIZE, Image.Resampling.LANCZOS)
    out = BytesIO()
    # Few colours are enough, and a third of the size.
    small.quantize(colors=64, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


class _Pen:
    """Draws in units of the picture."""

    left: Final = _MARGIN + 44

    def __init__(self, draw: ImageDraw.ImageDraw) -> None:
        self._draw = draw

    def words(
        self, at: tuple[float, float], text: str, *, size: int, ink: str = INK, bold: float = 0
    ) -> None:
        """Write one line."""
        self._draw.text(
            (at[0] * _SCALE, at[1] * _SCALE),
            text,
            fill=ink,
            font=self._font(size),
            stroke_width=bold,
            stroke_fill=ink,
        )

    def heading(self, at: tuple[float, float], text: str) -> None:
        """Write a name as large as it fits; one that fits nowhere is cut."""
        size = _LARGEST
        while size > _SMALLEST and self._width(text, size) > _RIGHT - at[0]:
            size -= 4
        while self._width(text, size) > _RIGHT - at[0]:
            text = f"{text.rstrip('…')[:-1].rstrip()}…"
        self.words((at[0], at[1] + (_LARGEST - size) / 2), text, size=size, bold=1.2)

    def line_of(self, at: tuple[float, float], parts: list[str]) -> None:
        """Write the counts in a line, smaller when they are many."""
        text = " · ".join(parts)
        size = 36
        while size > 18 and self._width(text, size) > _RIGHT - at[0]:  # noqa: PLR2004 - pixels
            size -= 2
        self.words(at, text, size=size)

    def thread(self, thread: Thread, *, y: float) -> None:
        """Draw one thread with its knots."""
        for kind, start, end in thread.pieces:
            self._yarn(kind, self._x(start), self._x(end), y)
        for knot, place in thread.knots:
            self._knot(knot, self._x(place), y)

    def needle(self, shown_period: Period, *, rows: int) -> None:
        """Draw today through all threads."""
        x = self._x(shown_period.place(shown_period.today))
        self._line([(x, _TOP - 24), (x, _TOP + rows * _BETWEEN - 14)], width=2, ink=INK)

    def _yarn(self, kind: Yarn, start: float, end: float, y: float) -> None:
        match kind:
            case Yarn.SOLID:
                self._line([(start, y), (end, y)], width=6)
            case Yarn.OPEN:
                for shift in (-3, 3):
                    self._line([(start, y + shift), (end, y + shift)], width=1.5)
            case Yarn.LOOSE:
                x = start + 6
                while x < end:
                    self._dot(x, y, radius=2)
                    x += 11
            case Yarn.FRAYED:
                self._frayed(start, end, y)

    def _frayed(self, start: float, end: float, y: float) -> None:
        steps = max(round((end - start) / 2), 2)
        for strand, (swing, turns, away) in enumerate(((8, 2.5, -12), (7, 3.5, 2), (9, 3.0, 13))):
            points = []
            for step in range(steps + 1):
                share = step / steps
                wave = (
                    math.sin(share * turns * math.pi + strand)
                    * swing
                    * min(share * 4, 1 - share, 1)
                )
                points.append((start + share * (end - start), y + wave + away * share**3))
            self._line(points, width=2)

    def _knot(self, kind: Knot, x: float, y: float) -> None:
        match kind:
            case Knot.TOLD:
                self._dot(x, y, radius=6)
            case Knot.PLANNED:
                self._ring(x, y, radius=6)
            case Knot.DONE:
                self._dot(x, y, radius=11)
                self._line([(x - 5, y), (x - 1.5, y + 4), (x + 5, y - 4)], width=2.5, ink=GROUND)
            case Knot.PARTLY:
                self._ring(x, y, radius=10)
                box = [(x - 10) * _SCALE, (y - 10) * _SCALE, (x + 10) * _SCALE, (y + 10) * _SCALE]
                self._draw.pieslice(box, 90, 270, fill=RED)
            case Knot.GIVEN_UP:
                self._line([(x - 7, y - 7), (x + 7, y + 7)], width=4)
                self._line([(x - 7, y + 7), (x + 7, y - 7)], width=4)

    def _x(self, place: float) -> float:
        return self.left + place * (_RIGHT - self.left)

    def _line(self, points: list[tuple[float, float]], *, width: float, ink: str = RED) -> None:
        self._draw.line(
            [(x * _SCALE, y * _SCALE) for x, y in points],
            fill=ink,
            width=round(width * _SCALE),
            joint="curve",
        )

    def _dot(self, x: float, y: float, *, radius: float) -> None:
        self._draw.circle((x * _SCALE, y * _SCALE), radius * _SCALE, fill=RED)

    def _ring(self, x: float, y: float, *, radius: float) -> None:
        self._draw.circle(
            (x * _SCALE, y * _SCALE),
            radius * _SCALE,
            fill=GROUND,
            outline=RED,
            width=round(2.5 * _SCALE),
        )

    def _width(self, text: str, size: int) -> float:
        return self._font(size).getlength(text) / _SCALE

    def _font(self, size: int) -> Font:
        return ImageFont.load_default(size=size * _SCALE)
