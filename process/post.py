"""How far the mail about a meeting is, in counts.

The mail is written and sent one room up; that room names a function here through the setting
``MEETING_POST``: this room stands below it and may not import it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from process.models import Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Of the latest invitation: how many mails left, wait, and did not arrive."""

    sent: int = 0
    waiting: int = 0
    failed: int = 0

    @property
    def total(self) -> int:
        """How many there are at all."""
        return self.sent + self.waiting + self.failed


def invitation_post(meeting: Meeting) -> Post:
    """Return how far the latest invitation is; zeros while its mails are being made."""
    count: Callable[[Meeting], Post] = import_string(settings.MEETING_POST)
    return count(meeting)
