"""Template words of the product: dates as people write them, states and forecasts by shape."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.safestring import SafeString

from core import dates
from process.thread import knots, marks, upright

register = template.Library()


@register.filter
def day_words(day: date | None) -> str:
    """Write a day in full (``wo 16 maart 2022``); nothing for no day."""
    return dates.day_words(day) if day else ""


@register.filter
def until(first: date | None, last: date | None) -> str:
    """Write a period (``21 sep – 20 dec 2021``); nothing when an end is missing."""
    return dates.period_words(first, last) if first and last else ""


@register.filter
def distance(day: date | None, today: date | None) -> str:
    """Say how far a day is from today (``over 12 dagen``); nothing when either is missing."""
    return dates.distance(day, today=today) if day and today else ""


@register.filter
def state_word(state: str) -> str:
    """Name a milestone's state; an unknown state is shown as it is."""
    return knots.state_word(state)


@register.filter
def forecast_word(forecast: str) -> str:
    """Name a forecast; an unknown one is shown as it is."""
    return knots.forecast_word(forecast)


@register.simple_tag
def thread_knot(state: str) -> SafeString:
    """Draw one knot on a short piece of thread, as decoration beside its word."""
    return marks.draw_knot(state)


@register.simple_tag
def forecast_mark(forecast: str) -> SafeString:
    """Draw the shape that goes with a forecast, as decoration beside its word."""
    return marks.draw_forecast(forecast)


@register.simple_tag
def thread_step(state: str, following: str = "", *, first: bool = False) -> SafeString:
    """Draw the piece of thread beside one line of a vertical thread.

    ``following`` is the state of the next line (empty for the last one).
    """
    return upright.draw_step(state=state, following=following, first=first)
