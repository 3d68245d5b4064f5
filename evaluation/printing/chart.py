"""What came of promises, drawn on the server: a bar for the whole and one for each chapter.

Every verdict has its own pattern, so that the bars can be read in black and white and in the
reader's own colours; the counts stand in them where they fit. Pure: counts in, safe markup out.
Every drawing needs its facts in words beside it: a table of the same counts.

Two ways of measuring: fluid (bars as wide as the page, letters as large as other letters, colours
from ``evaluation.css`` and ``result.css``), and fixed (a width in units and colours of its own),
for a document that knows no style sheets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from evaluation.rules.verdict import Verdict

LABEL_LENGTH = 38
"""Characters of a chapter's title on one line: what fits on a phone."""

_LETTER = 8
_TEXT_FROM = 7
"""A segment of so many hundredths of the bar is wide enough for its count, on a phone too."""

# Each 8 × 8, drawn in the colour of the verdict (currentColor). Delivered is solid; the less is
# there, the lighter the pattern; what nobody judged is empty within a dashed edge.
_PATTERNS: Mapping[Verdict, str] = {
    Verdict.PARTLY: '<path d="M-2 2l4-4M0 8l8-8M6 10l4-4" stroke="currentColor" '
    'stroke-width="3.2"/>',
    Verdict.UNDER_WAY: '<circle cx="2" cy="2" r="1.5" fill="currentColor"/>'
    '<circle cx="6" cy="6" r="1.5" fill="currentColor"/>',
    Verdict.NOT_DELIVERED: '<path d="M1 1l6 6M7 1l-6 6" stroke="currentColor" stroke-width="1.3"/>',
    Verdict.NOT_TESTABLE: '<path d="M0 2h8M0 6h8" stroke="currentColor" stroke-width="1"/>',
}
_SOLID = Verdict.DELIVERED

# For paper: dark enough to tell apart when printed in grey.
PAPER_COLOURS: Mapping[Verdict, str] = {
    Verdict.DELIVERED: "#0a6b57",
    Verdict.PARTLY: "#7a5c00",
    Verdict.UNDER_WAY: "#1d5fa8",
    Verdict.NOT_DELIVERED: "#7b2d82",
    Verdict.NOT_TESTABLE: "#566068",
    Verdict.NOT_ASSESSED: "#6b655b",
}

_PAPER_STYLE = """
.chart text { font-family: "DejaVu Sans", sans-serif; font-size: 11px; fill: #1c1a17; }
.chart .bar-count { text-anchor: middle; }
.chart .bar-verdict-delivered .bar-count { fill: #ffffff; }
.bar-back { fill: #ffffff; }
.bar-edge { fill: none; stroke: currentColor; stroke-width: 1.4px; }
.chart .bar-verdict-not-assessed .bar-edge { stroke-dasharray: 4 3; }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: what it is of, and how many promises got each verdict."""

    label: str
    counts: Mapping[Verdict, int]

    @property
    def total(self) -> int:
        """All promises in it."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heights:
    line: int
    bar: int
    gap: int
    whole: int  # of the bar of the whole
    whole_gap: int


_FLUID = _Heights(line=18, bar=24, gap=14, whole=36, whole_gap=24)
# On paper as close as can be read: a chart is not torn over two pages.
_FIXED = _Heights(line=16, bar=18, gap=6, whole=26, whole_gap=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Segment:
    verdict: Verdict
    count: int
    start: float  # in hundredths of the bar
    size: float


def draw_chart(
    bars: Sequence[Bar],
    *,
    title: str,
    desc: str,
    key: str = "chart",
    width: int | None = None,
    from_whole: bool = True,
) -> SafeString:
    """Draw the bars under each other.

    Args:
        bars: each as long as the others, whatever it counts; one that counts nothing stays empty.
        title: what the drawing is, for who does not see it.
        desc: where the same facts stand in words.
        key: makes the ids unique where a page has two drawings.
        width: units of the drawing; without it the drawing is fluid.
        from_whole: the first bar is that of the whole, and larger.

    Returns:
        nothing when there are no bars.
    """
    if not bars:
        return SafeString()
    drawn: list[SafeString] = []
    heights = _FIXED if width else _FLUID
    y = 0
    for place, bar in enumerate(bars):
        whole = from_whole and place == 0
        height = heights.whole if whole else heights.bar
        for line in wrapped(bar.label, length=width // _LETTER if width else LABEL_LENGTH):
            y += heights.line
            drawn.append(format_html('<text class="bar-label" x="0" y="{}">{}</text>', y - 5, line))
        drawn.append(_bar(bar, y=y, height=height, key=key, width=width))
        y += height + (heights.whole_gap if whole else heights.gap)
    return format_html(
        '<svg class="chart" role="img" aria-labelledby="{0}-title {0}-desc" {1} focusable="false">'
        '<title id="{0}-title">{2}</title><desc id="{0}-desc">{3}</desc>{4}<defs>{5}</defs>{6}'
        "</svg>",
        key,
        _frame(height=y, width=width),
        title,
        desc,
        _style(width),
        format_html_join("", "{}", ((_pattern(verdict, key, width),) for verdict in _PATTERNS)),
        format_html_join("", "{}", ((piece,) for piece in drawn)),
    )


def draw_swatch(verdict: Verdict, *, paper: bool = False) -> SafeString:
    """Draw one small piece of a bar, for the legend of a drawing on the same page.

    On paper it brings its own pattern along: there each drawing stands alone.
    """
    width = 28 if paper else None
    pattern = _pattern(verdict, "chart-legend", width) if paper and verdict in _PATTERNS else ""
    return format_html(
        '<svg class="chart-swatch {}" width="28" height="16" aria-hidden="true" '
        'focusable="false"{}>{}<defs>{}</defs>{}</svg>',
        _class(verdict),
        _colour(verdict, width),
        _style(width),
        pattern,
        _filled(verdict, key="chart-legend" if paper else "chart", size=("28", "16")),
    )


def wrapped(label: str, *, length: int = LABEL_LENGTH) -> list[str]:
    """Return a title as one or two lines that fit, cut with an ellipsis where it does not."""
    words, lines = label.split(), [""]
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= length or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    shown = lines[:2]
    if len(lines) > len(shown):
        shown[-1] = f"{shown[-1]} …"
    return [line if len(line) <= length + 2 else f"{line[:length]}…" for line in shown]


def _segments(bar: Bar) -> Iterator[_Segment]:
    total, before = bar.total, 0
    for verdict in Verdict:
        count = bar.counts.get(verdict, 0)
        if count:
            yield _Segment(
                verdict=verdict,
                count=count,
                start=100 * before / total,
                size=100 * count / total,
            )
        before += count


def _bar(bar: Bar, *, y: int, height: int, key: str, width: int | None) -> SafeString:
    return format_html_join(
        "",
        '<svg class="{}" x="{}" y="{}" width="{}" height="{}"{}>{}{}</svg>',
        (
            (
                _class(one.verdict),
                _length(one.start, width),
                y,
                _length(one.size, width),
                height,
                _colour(one.verdict, width),
                _filled(
                    one.verdict,
                    key=key,
                    size=(_length(one.size, width), str(height)) if width else ("100%", "100%"),
                ),
                _count(one, height=height, width=width),
            )
            for one in _segments(bar)
        ),
    )


def _filled(verdict: Verdict, *, key: str, size: tuple[str, str]) -> SafeString:
    # The edge is drawn twice as wide as it shows: its outer half falls outside the piece.
    return format_html(
        '<rect class="bar-back" width="{0}" height="{1}"/>'
        '<rect width="{0}" height="{1}" fill="{2}"/>'
        '<rect class="bar-edge" width="{0}" height="{1}"/>',
        *size,
        _fill(verdict, key),
    )


def _fill(verdict: Verdict, key: str) -> str:
    if verdict is _SOLID:
        return "currentColor"
    return f"url(#{key}-{verdict.value})" if verdict in _PATTERNS else "none"


def _count(one: _Segment, *, height: int, width: int | None) -> SafeString:
    if one.size < _TEXT_FROM:
        return SafeString()
    middle = "50%" if width is None else f"{one.size * width / 200:.1f}"
    base = height // 2 + 5
    return format_html(
        '{}<text class="bar-count" x="{}" y="{}">{}</text>',
        _clear(one, middle=middle, base=base, width=width),
        middle,
        base,
        one.count,
    )


def _clear(one: _Segment, *, middle: str, base: int, width: int | None) -> SafeString:
    """Keep the pattern away from behind a count."""
    if one.verdict is _SOLID:
        return SafeString()
    if width is None:
        # The same letters with a broad edge: their place is known to the browser alone.
        return format_html(
            '<text class="bar-count bar-halo" x="{}" y="{}" aria-hidden="true">{}</text>',
            middle,
            base,
            one.count,
        )
    size = 8 * len(str(one.count)) + 6
    return format_html(
        '<rect class="bar-back" x="{}" y="{}" width="{}" height="16"/>',
        f"{float(middle) - size / 2:.1f}",
        base - 12,
        size,
    )


def _pattern(verdict: Verdict, key: str, width: int | None) -> SafeString:
    return format_html(
        '<pattern id="{}-{}" class="{}" width="8" height="8" patternUnits="userSpaceOnUse"{}>{}'
        "</pattern>",
        key,
        verdict.value,
        _class(verdict),
        _colour(verdict, width),
        mark_safe(_PATTERNS[verdict]),  # noqa: S308 - a constant
    )


def _style(width: int | None) -> SafeString:
    return mark_safe(f"<style>{_PAPER_STYLE}</style>") if width else SafeString()  # noqa: S308 - a constant


def _class(verdict: Verdict) -> str:
    return f"bar-verdict-{verdict.value.replace('_', '-')}"


def _colour(verdict: Verdict, width: int | None) -> SafeString:
    return format_html(' color="{}"', PAPER_COLOURS[verdict]) if width else SafeString()


def _length(hundredths: float, width: int | None) -> str:
    return f"{hundredths:.3f}%" if width is None else f"{hundredths * width / 100:.2f}"


def _frame(*, height: int, width: int | None) -> SafeString:
    if width is None:
        return format_html('width="100%" height="{}"', height)
    return format_html('viewBox="0 0 {0} {1}" width="{0}" height="{1}"', width, height)
