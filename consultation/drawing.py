"""The chart of what came in over time, as SVG, drawn on the server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from consultation.queries.participation import Week

HEIGHT: Final = 100
_WIDTH: Final = 12
_GAP: Final = 3


def weeks(found: Sequence[Week]) -> SafeString:
    """Draw a column for each week, as high as its share of the fullest week.

    The picture is for who looks: beneath it stands a table with the same numbers.
    """
    most = max((week.count for week in found), default=0) or 1
    columns = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}" class="bar-fill"></rect>',
        (
            (
                place * (_WIDTH + _GAP),
                HEIGHT - round(HEIGHT * week.count / most),
                _WIDTH,
                round(HEIGHT * week.count / most),
            )
            for place, week in enumerate(found)
        ),
    )
    return format_html(
        '<svg class="weeks" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">'
        '<line x1="0" y1="{}" x2="{}" y2="{}" class="weeks-ground"></line>{}</svg>',
        max(len(found), 1) * (_WIDTH + _GAP),
        HEIGHT + 1,
        HEIGHT,
        max(len(found), 1) * (_WIDTH + _GAP),
        HEIGHT,
        columns,
    )
