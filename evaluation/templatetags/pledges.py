"""How a pledge stands on a page: by shape, word and colour, so that none is needed alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from evaluation.enums_ten import PledgeStatus

register = template.Library()

# 16 × 16, drawn in the colour of the text around them: a thread that comes further from left to
# right, is cut, or ends in a knot.
SHAPES: Final[Mapping[str, str]] = {
    PledgeStatus.AGREED: '<circle cx="8" cy="8" r="6" stroke-dasharray="2.2 2.5"/>',
    PledgeStatus.STARTED: '<path d="M1.5 8H5"/><circle cx="8.4" cy="8" r="3.2"/>',
    PledgeStatus.UNDER_WAY: '<path d="M1.5 8H13M9.4 4.4L13 8l-3.6 3.6"/>',
    PledgeStatus.STUCK: '<path d="M1.5 8H7M10.5 3v10M13.8 3v10"/>',
    PledgeStatus.DONE: '<circle cx="8" cy="8" r="6.6" fill="currentColor"/>'
    '<path class="pledge-cut" d="M4.8 8.3l2.2 2.2 4.2-4.6"/>',
    PledgeStatus.PARTLY: '<circle cx="8" cy="8" r="6"/>'
    '<path fill="currentColor" stroke="none" d="M8 2a6 6 0 0 0 0 12z"/>',
    PledgeStatus.GIVEN_UP: '<path d="M1.5 8H6M9 8h.8M12.6 8h.8M5.4 4.6L8.6 11.4"/>',
}


@register.simple_tag
def pledge_shape(status: str) -> SafeString:
    """Draw the shape of a status, as decoration beside its word."""
    inner = SHAPES.get(status, SHAPES[PledgeStatus.AGREED])
    return mark_safe(  # noqa: S308 - constants only
        '<svg class="pledge-shape" width="16" height="16" viewBox="0 0 16 16" fill="none" '
        'stroke="currentColor" stroke-width="1.6" stroke-linecap="round" aria-hidden="true" '
        f'focusable="false">{inner}</svg>'
    )


@register.filter
def pledge_class(status: str) -> str:
    """Return the end of a status's name in the style sheet."""
    return status.replace("_", "-")


@register.simple_tag
def pledge_chip(status: str) -> SafeString:
    """Write how a pledge stands: shape, word, colour; a status that nobody knows is *agreed*."""
    known = status if status in PledgeStatus.values else PledgeStatus.AGREED.value
    return format_html(
        '<span class="pledge-status pledge-{}">{}<span>{}</span></span>',
        pledge_class(known),
        pledge_shape(known),
        PledgeStatus(known).label,
    )
