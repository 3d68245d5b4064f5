"""What the worker does about the base programme (see the setting ``JOB_HANDLERS``)."""

from __future__ import annotations

from django.utils import timezone

from core import clock
from monitor.services import base


def base_news(*, programme_id: int, after: int) -> None:
    """Tell the next branches that use a base programme that a version of it was published."""
    base.tell(programme_id=programme_id, after=after, today=clock.today(), now=timezone.now())
