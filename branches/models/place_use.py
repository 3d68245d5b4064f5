"""How often a form for everybody was used from one place, without knowing the place."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlaceUse(models.Model):
    """How many times something came from one place within one hour.

    The place (an address, a network, a mailbox) stands here as a number that only this
    installation can make, with another secret each day and for each form; after a day the row is
    gone (``branches.services.place_limits``).
    """

    place = models.CharField(max_length=64)
    # Whole hours since 1970 (UTC).
    hour = models.PositiveIntegerField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("use of a form")
        verbose_name_plural = _("uses of forms")
        constraints = [
            models.UniqueConstraint(fields=["place", "hour"], name="place_use_once_an_hour"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
