"""Surveys and lists on their way in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from branches.scope import ScopedQuerySet
from consultation.enums import ListState
from consultation.models.consultation import Channel, Consultation


class ListImportQuerySet(ScopedQuerySet["ListImport"]):
    """Questions about lists."""

    branch_path = "consultation__branch"


class ListImport(models.Model):
    """A file of rows: its columns are given a meaning, it is looked at, taken over, or undone."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="lists")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="lists")
    state = models.CharField(max_length=7, choices=ListState.choices, default=ListState.PREVIEW)
    file_name = models.CharField(max_length=200)
    header = models.JSONField(default=list)
    # The rows as texts. Emptied once taken over or undone: they name people.
    rows = models.JSONField(default=list)
    # Meaning by number of column; see ``consultation.rules.columns``.
    mapping = models.JSONField(default=dict)
    # How many rows came in, and which did not and why (numbers of rows and reasons, no names).
    remarks = models.JSONField(default=dict)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    uploaded_on = models.DateField()
    applied_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = ListImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("list on its way in")
        verbose_name_plural = _("lists on their way in")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name


class RememberedColumnsQuerySet(ScopedQuerySet["RememberedColumns"]):
    """Questions about remembered columns."""

    branch_path = "consultation__branch"


class RememberedColumns(models.Model):
    """Which column meant what, the last time that a file had these columns."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="remembered_columns"
    )
    fingerprint = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    used_on = models.DateField()

    objects = RememberedColumnsQuerySet.as_manager()

    class Meta:
        verbose_name = _("remembered columns")
        verbose_name_plural = _("remembered columns")
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "fingerprint"], name="columns_remembered_once"
            ),
        ]

    def __str__(self) -> str:
        return self.fingerprint
