"""A verdict on a page: shape, word and colour, so that none of the three is needed alone."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from evaluation.enums import CarryOver, EvidenceKind, Reason, Timing, Verdict

register = template.Library()

DISPUTED = "disputed"

# 16 × 16, drawn in the colour of the text around them. The more there is, the more is filled.
SHAPES: Mapping[str, str] = {
    Verdict.DELIVERED: '<circle cx="8" cy="8" r="6.6" fill="currentColor"/>'
    '<path class="verdict-cut" d="M4.8 8.3l2.2 2.2 4.2-4.6"/>',
    Verdict.PARTLY: '<circle cx="8" cy="8" r="6"/>'
    '<path fill="currentColor" stroke="none" d="M8 2a6 6 0 0 0 0 12z"/>',
    Verdict.UNDER_WAY: '<circle cx="8" cy="8" r="6"/>'
    '<path fill="currentColor" d="M6.6 5.4L10.6 8l-4 2.6z"/>',
    Verdict.NOT_DELIVERED: '<rect x="2.2" y="2.2" width="11.6" height="11.6" rx="1"/>'
    '<path d="M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6"/>',
    Verdict.NOT_TESTABLE: '<path d="M8 1.4L14.6 8 8 14.6 1.4 8z" stroke-linejoin="round"/>'
    '<path d="M5.6 8h4.8"/>',
    Verdict.NOT_ASSESSED: '<circle cx="8" cy="8" r="6" stroke-dasharray="2.2 2.5"/>',
    DISPUTED: '<path d="M2.5 5.5h11M2.5 10.5h11M10.6 2.4L5.4 13.6"/>',
}
# Carrying over is another question than the verdict: its marks are arrows, not dots.
CARRY_SHAPES: Mapping[str, str] = {
    CarryOver.OPEN: '<path d="M2 8h2.4M6.8 8h2.4M11.6 8H14"/>',
    CarryOver.CARRY: '<path d="M2 8h11M9 3.8L13.2 8 9 12.2"/>',
    CarryOver.DROP: '<path d="M2 8h6M11 4.5v7M8 8h3"/>',
}


@register.simple_tag
def verdict_shape(verdict: str) -> SafeString:
    """Draw the shape of a verdict, as decoration beside its word; ``disputed`` has one too."""
    return _svg(SHAPES.get(verdict, SHAPES[Verdict.NOT_ASSESSED]))


@register.simple_tag
def verdict_chip(verdict: str, disputed: object = False) -> SafeString:  # noqa: FBT002 - a template
    """Write a verdict: shape, word, colour. A disputed promise has no verdict yet and says so."""
    shown = DISPUTED if disputed else verdict
    return format_html(
        '<span class="verdict {}">{}<span>{}</span></span>',
        verdict_class(shown),
        verdict_shape(shown),
        verdict_word(shown),
    )


@register.simple_tag
def carry_chip(carry_over: str) -> SafeString:
    """Write whether a promise goes on: shape and word."""
    shape = CARRY_SHAPES.get(carry_over, CARRY_SHAPES[CarryOver.OPEN])
    return format_html(
        '<span class="carry carry-{}">{}<span>{}</span></span>',
        carry_over,
        _svg(shape),
        _label(CarryOver, carry_over),
    )


@register.filter
def verdict_class(verdict: str) -> str:
    """Return the class that gives a verdict its colour."""
    return f"verdict-{verdict.replace('_', '-')}"


@register.filter
def verdict_word(verdict: str) -> str:
    """Name a verdict; ``disputed`` is named too, an unknown one is shown as it is."""
    if verdict == DISPUTED:
        return pgettext("verdict", "not agreed on yet")
    return _label(Verdict, verdict)


@register.filter
def reason_word(reason: str) -> str:
    """Name a reason; nothing for no reason."""
    return _label(Reason, reason) if reason else ""


@register.filter
def timing_word(timing: str) -> str:
    """Name whether it was on time; nothing when that was not said."""
    return "" if timing in ("", Timing.UNKNOWN) else _label(Timing, timing)


@register.filter
def evidence_word(kind: str) -> str:
    """Name a kind of evidence."""
    return _label(EvidenceKind, kind)


@register.filter
def person_word(person: object) -> str:
    """Name somebody, also when their account is gone."""
    return str(person) if person else _("somebody who left")


def _label(choices: type[Verdict | Reason | Timing | CarryOver | EvidenceKind], value: str) -> str:
    return str(choices(value).label) if value in choices.values else value


def _svg(inner: str) -> SafeString:
    return mark_safe(  # noqa: S308 - constants only
        '<svg class="verdict-shape" width="16" height="16" viewBox="0 0 16 16" fill="none" '
        'stroke="currentColor" stroke-width="1.6" stroke-linecap="round" aria-hidden="true" '
        f'focusable="false">{inner}</svg>'
    )
