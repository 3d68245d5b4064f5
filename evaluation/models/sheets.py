"""A spreadsheet of verdicts on its way back in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from branches.scope import ScopedQuerySet
from evaluation.enums import SheetState
from evaluation.models.evaluation import Evaluation


class SheetImportQuerySet(ScopedQuerySet["SheetImport"]):
    """Questions about spreadsheets."""

    branch_path = "evaluation__branch"


class SheetImport(models.Model):
    """What a spreadsheet wants to change: looked at first, then taken over at once, or undone."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="sheets")
    state = models.CharField(max_length=9, choices=SheetState.choices, default=SheetState.PREVIEW)
    file_name = models.CharField(max_length=200)
    # One entry a changed cell: promise, column, what the sheet started from, what it says now,
    # and what stands in the table meanwhile if that differs (a conflict).
    changes = models.JSONField(default=list)
    # What was not taken over, and why: refused cells, ignored and unknown columns.
    remarks = models.JSONField(default=dict)
    # What each changed cell was before it was taken over.
    before = models.JSONField(default=list)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    uploaded_on = models.DateField()
    revision = models.PositiveIntegerField(default=0)

    objects = SheetImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("spreadsheet on its way in")
        verbose_name_plural = _("spreadsheets on their way in")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name
