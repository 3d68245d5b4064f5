"""Words of the operators' page."""

from __future__ import annotations

from django import template
from django.utils.translation import ngettext

from core.masking import mask

register = template.Library()

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


@register.filter
def lasting(seconds: int) -> str:
    """Say a number of seconds as people do, in its largest unit: seconds, minutes, hours, days."""
    if seconds < _MINUTE:
        return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
    if seconds < _HOUR:
        minutes = seconds // _MINUTE
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    if seconds < _DAY:
        hours = seconds // _HOUR
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    days = seconds // _DAY
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


@register.filter
def masked(text: str) -> str:
    """Return a mail server's answer without addresses and keys."""
    return mask(text)
