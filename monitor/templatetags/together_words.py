"""Template words of what branches do together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django import template
from django.utils import dateformat

from consultation.enums import Classic
from monitor.activity_words import times_words, when_words
from monitor.models import Activity
from monitor.rules.moments import local

register = template.Library()


@register.filter
def activity_when(activity: Activity) -> str:
    """Write day and times of an activity."""
    return when_words(activity)


@register.filter
def activity_times(activity: Activity) -> str:
    """Write the times of an activity, beside its day."""
    return times_words(activity)


@register.filter
def local_day(moment: datetime) -> date:
    """Return the day of a moment in the Netherlands."""
    return local(moment).date()


@register.filter
def month_words(month: date) -> str:
    """Write a month: ``november 2021``."""
    return dateformat.format(month, "F Y")


@register.filter
def theme_words(themes: Sequence[str]) -> str:
    """Name themes (values of ``consultation.enums.Classic``) in a row."""
    labels = dict(Classic.choices)
    return ", ".join(str(labels[one]) for one in themes if one in labels)
