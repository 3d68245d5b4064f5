"""What people and the national office choose; no row means the default."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models import Branch
from branches.scope import ScopedQuerySet

DEFAULT_HOUR = 8
EARLIEST_HOUR, LATEST_HOUR = 6, 22


class Reader(models.Model):
    """At which hour a person reads, and from when on again; the language stands with the person."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reader"
    )
    digest_hour = models.PositiveSmallIntegerField(
        _("hour of the daily mail"),
        default=DEFAULT_HOUR,
        validators=[MinValueValidator(EARLIEST_HOUR), MaxValueValidator(LATEST_HOUR)],
    )
    # The last day without mail; what is still true then, follows after it.
    paused_until = models.DateField(_("no mail until and including"), null=True, blank=True)

    class Meta:
        verbose_name = _("reader")
        verbose_name_plural = _("readers")

    def __str__(self) -> str:
        return f"{self.user}: {self.digest_hour}"


class PreferenceQuerySet(ScopedQuerySet["Preference"]):
    """Questions about preferences."""


class Preference(models.Model):
    """Which kinds a person wants from one branch (or, without a branch, about the country)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences"
    )
    branch = models.ForeignKey(
        Branch, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    # One column a kind (notifications.enums.Kind), so that planning can ask it in SQL.
    deadlines = models.BooleanField(default=True)
    meetings = models.BooleanField(default=True)
    assignments = models.BooleanField(default=True)
    people = models.BooleanField(default=True)
    weekly = models.BooleanField(default=True)
    input = models.BooleanField(default=True)
    ten = models.BooleanField(default=True)
    office = models.BooleanField(default=True)
    paused_until = models.DateField(_("no mail until and including"), null=True, blank=True)

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = [
            # Two halves: not every database can call two NULLs the same.
            models.UniqueConstraint(
                fields=["user"], condition=Q(branch=None), name="one_national_preference"
            ),
            models.UniqueConstraint(
                fields=["user", "branch"],
                condition=Q(branch__isnull=False),
                name="one_preference_a_branch",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.branch or '–'}"


class RuleSetting(models.Model):
    """What the national office changed about a rule of ``notifications.rules.catalogue``."""

    rule = models.CharField(max_length=40, unique=True)
    is_on = models.BooleanField(default=True)
    days = models.PositiveSmallIntegerField(validators=[MaxValueValidator(366)])
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("setting of a rule")
        verbose_name_plural = _("settings of rules")

    def __str__(self) -> str:
        return f"{self.rule}: {self.days}"
