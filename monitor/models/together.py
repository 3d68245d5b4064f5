"""What the office tells everybody, what people go to, and who knows what (R52, R54)."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from branches.models import Branch
from branches.scope import Eyes, ScopedQuerySet
from monitor.enums_helping import ActivityKind, Layer


class Announcement(models.Model):
    """Something that the national office tells branches, on their own pages."""

    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=3000)
    shown_from = models.DateField(_("from"))
    shown_until = models.DateField(_("until and including"))
    # Empty: the whole country.
    province = models.CharField(_("province"), max_length=4, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    withdrawn_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["-shown_from", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_until__gte=F("shown_from")), name="announcement_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ActivityQuerySet(ScopedQuerySet["Activity"]):
    """Questions about activities; those of the office are there for everybody."""

    def for_viewer(self, viewer: Eyes) -> Self:
        """Return those of the viewer's branches, and for whoever has one those of the office."""
        if viewer.is_national:
            return self.all()
        if not viewer.roles:
            return self.none()
        return self.filter(Q(branch=None) | Q(branch_id__in=list(viewer.roles)))

    def of_office(self) -> ActivityQuerySet:
        """Return the national ones."""
        return self.filter(branch=None)

    def for_branch(self, branch: Branch) -> ActivityQuerySet:
        """Return what the people of one branch can go to: its own, and those of the office."""
        return self.filter(Q(branch=None) | Q(branch=branch))


class Activity(models.Model):
    """A training, a campaign activity, or one for programme and candidate committees (R54)."""

    # Null: of the national office, open to all branches.
    branch = models.ForeignKey(
        Branch, on_delete=models.CASCADE, null=True, blank=True, related_name="activities"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ActivityKind.choices)
    title = models.CharField(_("title"), max_length=120)
    about = models.TextField(_("what it is about"), blank=True, max_length=3000)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=160, blank=True)
    link = models.URLField(_("link"), blank=True)
    # Null: as many as come.
    seats = models.PositiveSmallIntegerField(
        _("seats"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5000)],
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    cancelled_on = models.DateField(null=True, blank=True)
    # The machine's moment at which it was last changed: what a calendar is told.
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="activity_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["branch", "starts_at"], name="activity_of_branch")]

    def __str__(self) -> str:
        return self.title


class AttendanceQuerySet(ScopedQuerySet["Attendance"]):
    """Questions about who goes where."""


class Attendance(models.Model):
    """Somebody said to come, for a branch; who says no any more has no row."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attendances"
    )
    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="+")
    said_on = models.DateField()

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(fields=["activity", "person"], name="attends_once"),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.person}"


class Expert(models.Model):
    """Somebody in the party who knows the way in a layer of government, and said yes to this (R52).

    ``themes`` holds values of ``consultation.enums.Classic``.
    """

    name = models.CharField(_("name"), max_length=120)
    layer = models.CharField(_("layer of government"), max_length=12, choices=Layer.choices)
    function = models.CharField(_("function"), max_length=120, blank=True)
    themes = models.JSONField(_("themes"), default=list, blank=True)
    about = models.TextField(_("knows about"), max_length=1000)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    # The day on which the person said that this may stand here.
    agreed_on = models.DateField(_("said yes on"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("person who knows")
        verbose_name_plural = _("people who know")
        ordering = ["layer", "name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(phone=""), name="expert_can_be_reached"
            ),
        ]

    def __str__(self) -> str:
        return self.name
