"""Who did what, when: written by every service inside its own transaction, never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from branches.models.branch import Branch
from branches.scope import ScopedQuerySet


class AuditQuerySet(ScopedQuerySet["AuditEntry"]):
    """Questions about the trail."""


class AuditEntry(models.Model):
    """One act. ``verb`` finds its sentence in the rooms' ``audit_words``; ``params`` fills it."""

    branch = models.ForeignKey(
        Branch, on_delete=models.CASCADE, null=True, blank=True, related_name="audit_entries"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    params = models.JSONField(default=dict)
    # The product's day (a demonstration may stand elsewhere in time) and the machine's moment.
    day = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("history entry")
        verbose_name_plural = _("history")
        ordering = ["-id"]
        indexes = [models.Index(fields=["branch", "-id"], name="audit_branch_latest")]

    def __str__(self) -> str:
        return f"{self.day} {self.verb}"
