"""What calendars are told: one stored event a milestone, meeting or polling day, and who may read.

An event's bytes are made once, when its subject changes, and only joined when a calendar asks.
``process.services.calendar`` is the only writer of events, ``process.services.calendar_feeds`` of
feeds.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models import Branch
from branches.scope import ScopedQuerySet
from process.enums import FeedScope
from process.models.election import Election
from process.models.meeting import Meeting
from process.models.timeline import Milestone


class CalendarEventQuerySet(ScopedQuerySet["CalendarEvent"]):
    """Questions about events. Polling days have no branch: they are everybody's."""


class CalendarEvent(models.Model):
    """One VEVENT as it stands in feeds.

    ``sequence`` rises and ``modified_at`` moves with every change of ``digest`` (date, title,
    status, text); both stand in the stored text, so that two fetches are the same bytes.
    """

    # Stable: independent of host, title, date, reader and token.
    uid = models.CharField(max_length=80, unique=True)
    branch = models.ForeignKey(
        Branch, on_delete=models.CASCADE, null=True, blank=True, related_name="calendar_events"
    )
    milestone = models.OneToOneField(
        Milestone, on_delete=models.CASCADE, null=True, blank=True, related_name="calendar_event"
    )
    meeting = models.OneToOneField(
        Meeting, on_delete=models.CASCADE, null=True, blank=True, related_name="calendar_event"
    )
    election = models.OneToOneField(
        Election, on_delete=models.CASCADE, null=True, blank=True, related_name="calendar_event"
    )
    starts_on = models.DateField()
    sequence = models.PositiveIntegerField(default=0)
    modified_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    # 44 bits of this text: those of all events of a feed, added up, tell whether it changed (ETag).
    # Of so few bits a sum over every event of the nation fits one number of the database.
    mark = models.BigIntegerField(default=0)
    # What its meeting looked like when it was last told (milestones: ``Timeline.calendar_packed``).
    seen = models.CharField(max_length=200, blank=True)
    # BEGIN:VEVENT … END:VEVENT, folded, CRLF; per language.
    text_nl = models.TextField()
    text_en = models.TextField()
    # Cancelled events stay for a while, marked as such.
    cancelled_on = models.DateField(null=True, blank=True)

    objects = CalendarEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar event")
        verbose_name_plural = _("calendar events")
        ordering = ["starts_on", "uid"]
        indexes = [models.Index(fields=["branch", "starts_on"], name="event_of_branch")]

    def __str__(self) -> str:
        return self.uid


class CalendarFeedQuerySet(ScopedQuerySet["CalendarFeed"]):
    """Questions about feeds."""


class CalendarFeed(models.Model):
    """An address at which one person's calendar asks for events.

    The address holds a key of 256 bits that is computed from ``nonce`` and the installation's
    secret; only its digest is stored, so the table alone opens nothing. Rotating writes another
    nonce: the old address is gone at the next fetch.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds"
    )
    scope = models.CharField(max_length=8, choices=FeedScope.choices)
    branch = models.ForeignKey(
        Branch, on_delete=models.CASCADE, null=True, blank=True, related_name="calendar_feeds"
    )
    nonce = models.CharField(max_length=64)
    key_hash = models.CharField(max_length=64, unique=True)
    made_on = models.DateField()
    rotated_on = models.DateField(null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        constraints = [
            # Two halves: not every database can call two NULLs the same.
            models.UniqueConstraint(
                fields=["user", "scope"], condition=Q(branch=None), name="one_feed_a_scope"
            ),
            models.UniqueConstraint(
                fields=["user", "branch"],
                condition=Q(branch__isnull=False),
                name="one_feed_a_branch",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.scope}"
