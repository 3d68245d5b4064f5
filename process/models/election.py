"""Elections, and the reviewed exceptions to their statutory dates."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from branches.models import Branch, Municipality
from process.enums import ElectionKind


class Election(models.Model):
    """One election day. Its statutory dates are computed (``process.rules.timetable``)."""

    slug = models.SlugField(unique=True, max_length=60)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=ElectionKind.choices)
    polling_day = models.DateField(_("polling day"))
    # Mergers only: the day on which the new municipality exists, and who votes.
    merger_on = models.DateField(_("merger takes effect on"), null=True, blank=True)
    municipalities = models.ManyToManyField(Municipality, blank=True, related_name="elections")
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("election")
        verbose_name_plural = _("elections")
        ordering = ["polling_day"]
        constraints = [
            models.UniqueConstraint(
                fields=["polling_day"],
                condition=models.Q(kind="municipal_regular"),
                name="one_regular_election_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="municipal_merger", merger_on__isnull=False)
                | models.Q(kind="municipal_regular", merger_on__isnull=True),
                name="merger_date_belongs_to_mergers",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TimetableOverride(models.Model):
    """A reviewed exception, national or for one branch, with the decision that it rests on."""

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="overrides")
    branch = models.ForeignKey(
        Branch, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    key = models.CharField(_("date"), max_length=30)
    date = models.DateField(_("day"))
    reason = models.CharField(_("reason"), max_length=300)
    source = models.CharField(_("source"), max_length=300)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reviewed_on = models.DateField()

    class Meta:
        verbose_name = _("exception to the timetable")
        verbose_name_plural = _("exceptions to the timetable")
        constraints = [
            # Two halves: not every database can call two NULLs the same.
            models.UniqueConstraint(
                fields=["election", "key"],
                condition=models.Q(branch=None),
                name="one_national_override_per_date",
            ),
            models.UniqueConstraint(
                fields=["election", "branch", "key"],
                condition=models.Q(branch__isnull=False),
                name="one_branch_override_per_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.election}: {self.key} {self.date}"
