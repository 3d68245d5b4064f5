"""What the public pages of the top ten draw beside a word, and where they lead."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from evaluation.printing import ten_thread
from evaluation.ten_addresses import Asked

register = template.Library()

_SIGNS = {
    "told": ten_thread.draw_told,
    "planned": ten_thread.draw_planned,
    "goal": ten_thread.draw_goal,
    "needle": ten_thread.draw_needle,
}


@register.simple_tag
def ten_mark(status: str) -> SafeString:
    """Draw what a pledge's status looks like, as decoration beside its word."""
    return ten_thread.draw_mark(status)


@register.simple_tag
def ten_sign(name: str) -> SafeString:
    """Draw a sign of the threads (told, planned, goal, needle), beside its explanation."""
    return _SIGNS[name]()


@register.filter
def pledge_link(asked: Asked, rank: int) -> str:
    """Return the address of one of the ten: ``{{ asked|pledge_link:3 }}``."""
    return asked.pledge_link(rank)


@register.filter
def file_link(asked: Asked, pk: int) -> str:
    """Return the address of a file that shows something."""
    return asked.file_link(pk)


@register.filter
def year_link(asked: Asked, year: int) -> str:
    """Return the address of the branch's top ten of another election."""
    return asked.in_year(year)
