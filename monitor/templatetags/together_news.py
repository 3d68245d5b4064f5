"""What the office tells a branch, for its first page; the room below does not know of it."""

from __future__ import annotations

from datetime import date
from typing import Final

from django import template

from branches.models import Branch
from monitor.models import Announcement
from monitor.queries.announcements import shown_to

register = template.Library()

AT_MOST: Final = 2


@register.simple_tag
def branch_news(branch: Branch, today: date) -> list[Announcement]:
    """Return the latest announcements that a branch is told today: two at most, one question."""
    return list(shown_to(branch, today=today)[:AT_MOST])
