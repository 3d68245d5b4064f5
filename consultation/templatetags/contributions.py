"""A contribution on a page: its status by shape, word and colour, so that none is needed alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from consultation.enums import Held, PersonRole, Status
from consultation.rules.finding import Piece

register = template.Library()

# 16 × 16, drawn in the colour of the text around them. "For consideration" is no answer yet (R92):
# an open circle with what is being thought, and not half of "adopted".
SHAPES: Mapping[str, str] = {
    Status.NEW: '<circle cx="8" cy="8" r="6" stroke-dasharray="2.2 2.5"/>',
    Status.CONSIDERED: '<circle cx="8" cy="8" r="6"/>'
    '<path stroke-width="2" d="M5.2 8h.01M8 8h.01M10.8 8h.01"/>',
    Status.ADOPTED: '<circle cx="8" cy="8" r="6.6" fill="currentColor"/>'
    '<path class="input-status-cut" d="M4.8 8.3l2.2 2.2 4.2-4.6"/>',
    Status.PARTLY: '<circle cx="8" cy="8" r="6"/>'
    '<path fill="currentColor" stroke="none" d="M8 2a6 6 0 0 0 0 12z"/>',
    Status.NOT_ADOPTED: '<rect x="2.2" y="2.2" width="11.6" height="11.6" rx="1"/>'
    '<path d="M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6"/>',
}


@register.simple_tag
def input_status(status: str) -> SafeString:
    """Write what is done with a contribution: shape, word, colour."""
    known = status if status in SHAPES else Status.NEW.value
    shape = mark_safe(  # noqa: S308 - constants only
        '<svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" '
        'stroke-width="1.6" stroke-linecap="round" aria-hidden="true" focusable="false">'
        f"{SHAPES[known]}</svg>"
    )
    return format_html(
        '<span class="input-status input-status-{}">{}<span>{}</span></span>',
        known.replace("_", "-"),
        shape,
        status_word(status),
    )


@register.simple_tag
def said(pieces: Iterable[Piece]) -> SafeString:
    """Write a text in pieces, those that answer to a search marked; all of it is escaped."""
    return format_html_join(
        "",
        "{}",
        ((format_html("<mark>{}</mark>", one.text) if one.hit else one.text,) for one in pieces),
    )


@register.filter
def status_word(status: str) -> str:
    """Name what is done with a contribution; an unknown status is shown as it is."""
    return str(Status(status).label) if status in Status.values else status


@register.filter
def role_word(role: str) -> str:
    """Name as what somebody spoke; nothing when that was not said."""
    return str(PersonRole(role).label) if role in PersonRole.values else ""


@register.filter
def held_word(held: str) -> str:
    """Name why the form set something aside."""
    return str(Held(held).label) if held in Held.values else held
