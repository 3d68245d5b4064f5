"""Meetings, and what they decided."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models import Branch
from branches.scope import ScopedQuerySet
from process.enums import DecisionKind, MeetingKind, MeetingStatus
from process.models.timeline import Timeline


class MeetingQuerySet(ScopedQuerySet["Meeting"]):
    """Questions about meetings."""


class Meeting(models.Model):
    """An ALV or other meeting of a branch."""

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="meetings")
    kind = models.CharField(_("kind"), max_length=15, choices=MeetingKind.choices)
    title = models.CharField(_("title"), max_length=120)
    day = models.DateField(_("day"))
    starts_at = models.TimeField(_("starts at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link for online"), blank=True)
    agenda = models.TextField(_("agenda"), blank=True, max_length=20000)
    is_public = models.BooleanField(_("open to everybody"), default=False)
    notice_text = models.TextField(_("convening notice"), blank=True, max_length=20000)
    notice_sent_on = models.DateField(_("notice sent on"), null=True, blank=True)
    minutes = models.TextField(_("minutes"), blank=True, max_length=100000)
    status = models.CharField(
        _("status"), max_length=9, choices=MeetingStatus.choices, default=MeetingStatus.PLANNED
    )
    cancelled_reason = models.CharField(max_length=300, blank=True)
    # The latest news about it, for whoever is told: that it was put on the list, moved, called off
    # or invited for. At most one of these four days is set, so that older news falls silent;
    # ``news`` counts the moves, cancellations and invitations, so that each is told once.
    # ``moved_from`` stays: the day it was on before it last moved to another day; empty when only
    # the time or place changed.
    planned_on = models.DateField(null=True, blank=True)
    moved_on = models.DateField(null=True, blank=True)
    moved_from = models.DateField(null=True, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    invited_on = models.DateField(null=True, blank=True)
    news = models.PositiveIntegerField(default=0)
    # What it says changed since the invitation: then it may be sent again on the same day.
    changed_since_invited = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["day", "starts_at"]
        indexes = [models.Index(fields=["branch", "day"], name="meeting_of_branch")]

    def __str__(self) -> str:
        return self.title

    @property
    def latest_notice_day(self) -> date:
        """The last day on which the notice may leave, by the branch's own statutes."""
        return self.day - timedelta(days=self.branch.notice_days)


class DecisionIsFinal(TypeError):
    """A decision is never edited or deleted, only superseded by a later one."""


class DecisionQuerySet(ScopedQuerySet["Decision"]):
    """Questions about decisions."""

    branch_path = "timeline__branch"

    def current(self) -> DecisionQuerySet:
        """Return the decisions that no later one has superseded."""
        return self.filter(superseded_by=None)

    def update(self, **_kwargs: Any) -> NoReturn:
        """Refuse: a decision is final."""
        raise DecisionIsFinal

    def delete(self) -> NoReturn:
        """Refuse: a decision is final."""
        raise DecisionIsFinal


class Decision(models.Model):
    """What a meeting decided: who, when, votes, text. Never edited, only superseded.

    A chain starts with at most one decision of a kind per timeline, and each decision has at most
    one successor; so there is always exactly one current decision, and the database knows it.
    """

    timeline = models.ForeignKey(Timeline, on_delete=models.CASCADE, related_name="decisions")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(_("kind"), max_length=20, choices=DecisionKind.choices)
    decided_on = models.DateField(_("decided on"))
    text = models.TextField(_("text of the decision"), max_length=20000)
    by_acclamation = models.BooleanField(_("without a vote"), default=False)
    votes_for = models.PositiveIntegerField(_("votes for"), null=True, blank=True)
    votes_against = models.PositiveIntegerField(_("votes against"), null=True, blank=True)
    votes_abstained = models.PositiveIntegerField(_("abstentions"), null=True, blank=True)
    document = models.FileField(_("document"), upload_to="decisions/", blank=True, max_length=200)
    document_name = models.CharField(max_length=200, blank=True)
    # The form's own number: the same submission twenty times is one decision.
    submission = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    recorded_on = models.DateField()
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    supersede_reason = models.CharField(_("why it is replaced"), max_length=500, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["decided_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["timeline", "kind"],
                condition=Q(supersedes=None) & ~Q(kind="other"),
                name="one_first_decision_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None, supersede_reason="")
                | Q(supersedes__isnull=False) & ~Q(supersede_reason=""),
                name="superseding_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.decided_on})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; refuse to change what was decided."""
        if not self._state.adding:
            raise DecisionIsFinal
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse: a decision is final."""
        raise DecisionIsFinal
