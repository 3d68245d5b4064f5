"""What a person said of two contributions that look alike."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from branches.scope import ScopedQuerySet
from consultation.models.contribution import Contribution


class NotAlikeQuerySet(ScopedQuerySet["NotAlike"]):
    """Questions about pairs that are not the same."""

    branch_path = "first__consultation__branch"


class NotAlike(models.Model):
    """Two contributions that look alike and are not the same: not to be suggested again.

    ``first`` is the one with the smaller id, so that a pair is there once.
    """

    first = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    said_on = models.DateField()

    objects = NotAlikeQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair that is not the same")
        verbose_name_plural = _("pairs that are not the same")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="not_alike_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="not_alike_smaller_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"
