"""What the national office keeps of its own looking: views by name, and a report a month."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from process.models import Election


class SavedView(models.Model):
    """A filter of the national page under a name; shared ones are there for all colleagues."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views"
    )
    name = models.CharField(_("name"), max_length=60)
    # The query string of the national page, without a question mark and without a page number.
    query = models.CharField(max_length=600, blank=True)
    is_shared = models.BooleanField(_("for all colleagues"), default=False)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_view_once"),
        ]

    def __str__(self) -> str:
        return self.name


class MonthlyReport(models.Model):
    """How the branches stood at the end of a month, for the party board: figures that stay.

    ``figures`` is what ``monitor.rules.report`` makes; numbers of branches alone, no texts of them.
    """

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="+")
    # The first day of the month that it is about.
    month = models.DateField()
    # The day on which the figures were taken.
    taken_on = models.DateField()
    # Null: made by the clock.
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    figures = models.JSONField()
    remark = models.TextField(_("remark of the office"), blank=True, max_length=3000)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("monthly report")
        verbose_name_plural = _("monthly reports")
        ordering = ["-month", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["election", "month"], name="one_report_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.election} {self.month:%Y-%m}"
