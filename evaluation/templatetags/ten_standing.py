"""What is expected of a branch, for pages of the top ten."""

from __future__ import annotations

from django import template

from evaluation.ten_standing_words import ExpectedWords, expected_words

register = template.Library()


@register.filter
def expected(standing: str) -> ExpectedWords:
    """Return what is expected of a branch that stands there."""
    return expected_words(standing)
