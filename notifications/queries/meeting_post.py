"""How far the mails of an invitation are: asked by the page of the meeting (``process.post``)."""

from __future__ import annotations

from django.db.models import Count, Q

from notifications.enums import LEFT_BEHIND, ReminderState
from notifications.models import Reminder
from process.models import Meeting
from process.post import Post

RULE = "meeting.invited"


def count(meeting: Meeting) -> Post:
    """Return the counts of the invitation that is its latest news: one query."""
    failed = Q(delivery__state__in=LEFT_BEHIND)
    told = Reminder.objects.filter(
        rule=RULE, subject_id=meeting.pk, subject_version=meeting.news
    ).aggregate(
        sent=Count("pk", filter=Q(state=ReminderState.SENT) & ~failed),
        waiting=Count("pk", filter=Q(state=ReminderState.WAITING) & ~failed),
        failed=Count("pk", filter=failed & ~Q(state=ReminderState.WITHDRAWN)),
    )
    return Post(**told)
