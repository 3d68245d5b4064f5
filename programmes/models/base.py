"""Published versions of the base programme, and what branches did with them (R72, R74)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from branches.models import Branch
from branches.scope import ScopedQuerySet
from programmes.enums import BaseChoice
from programmes.models.programme import Measure, Programme


class BasePublication(models.Model):
    """Since when a version of the base programme is there for everybody, and who answers for it.

    The programme itself is frozen on that day; what is not published, branches do not see.
    """

    programme = models.OneToOneField(
        Programme, on_delete=models.CASCADE, related_name="publication"
    )
    # What the version itself says: it need not be the day on which it was published (R74).
    dated_on = models.DateField(_("date of this version"))
    signatory = models.CharField(_("who answers for it"), max_length=160)
    note = models.TextField(_("what is new in it"), blank=True, max_length=2000)
    published_on = models.DateField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("published base programme")
        verbose_name_plural = _("published base programmes")
        ordering = ["-published_on", "-id"]

    def __str__(self) -> str:
        return f"{self.programme}, {self.dated_on}"


class BaseDecisionQuerySet(ScopedQuerySet["BaseDecision"]):
    """Questions about what branches did with measures of the base programme."""


class BaseDecision(models.Model):
    """What a branch did with one measure of one version of the base programme.

    It repeats the texts of that moment: the own one for whoever wants it back, the one of the base
    to know at the next version whether there is anything new to look at.
    """

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="base_decisions")
    # The version that was decided about; the measure in it is found by its identity.
    base = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    identity = models.UUIDField()
    choice = models.CharField(max_length=6, choices=BaseChoice.choices)
    # The measure of the branch's own programme; empty where it was left.
    own = models.ForeignKey(
        Measure, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The measure of the earlier version that the own one was taken from.
    old = models.ForeignKey(
        Measure, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    own_text = models.TextField(blank=True)
    # Empty: it had lapsed.
    base_text = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_on = models.DateField()

    objects = BaseDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice about the base programme")
        verbose_name_plural = _("choices about the base programme")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["branch", "base", "identity"], name="base_measure_decided_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.branch}: {self.get_choice_display()}"
