"""A point of a report on a page, in the same words as on paper."""

from __future__ import annotations

from django import template

from consultation.printing import words
from consultation.queries.gathering_report import PointLine

register = template.Library()


@register.filter
def about_point(line: PointLine) -> str:
    """Say what a point is, how many were behind it, and whom it is aimed at."""
    return words.about(line)


@register.filter
def example_of(line: PointLine) -> str:
    """Say which example from elsewhere belongs to a point, or nothing."""
    return words.example(line)


@register.filter
def as_paragraphs(text: str) -> list[str]:
    """Return a text as its paragraphs."""
    return words.paragraphs(text)
