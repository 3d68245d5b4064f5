"""How often the public form was used from one place, without knowing the place."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FormUse(models.Model):
    """How many times something came from one place within one hour.

    The place (an address, a network, a mailbox) stands here as a number that only this
    installation can make, with another secret each day; after a day the row is gone
    (``consultation.services.limits``).
    """

    place = models.CharField(max_length=64)
    # Whole hours since 1970 (UTC).
    hour = models.PositiveIntegerField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("use of the form")
        verbose_name_plural = _("uses of the form")
        constraints = [
            models.UniqueConstraint(fields=["place", "hour"], name="form_use_once_an_hour"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
