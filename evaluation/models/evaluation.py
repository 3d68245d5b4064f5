"""One look back at one previous programme, and what came of each promise in it."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models import Branch
from branches.models.branch import reads_on
from branches.scope import ScopedQuerySet
from evaluation.enums import CarryOver, Reason, Timing, Verdict
from process.models import Timeline
from programmes.models import Measure, Programme

HEAVIEST = 3
"""The largest weight of a promise; 1 is the usual one."""


class EvaluationQuerySet(ScopedQuerySet["Evaluation"]):
    """Questions about evaluations."""

    def public(self) -> EvaluationQuerySet:
        """Return those whose branch has switched the public page on; after a merger it stays."""
        return self.filter(reads_on("branch__"), public_since__isnull=False)


class Evaluation(models.Model):
    """A branch's evaluation of one previous programme (R38, R39)."""

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="evaluations")
    programme = models.OneToOneField(Programme, on_delete=models.PROTECT, related_name="evaluation")
    # The way to the next election, whose milestones are told how far this is.
    timeline = models.ForeignKey(
        Timeline, on_delete=models.SET_NULL, null=True, blank=True, related_name="evaluations"
    )
    started_on = models.DateField()
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # Whether the result counts each promise by its weight beside counting each as one.
    weighted = models.BooleanField(_("some promises weigh more"), default=False)
    public_since = models.DateField(null=True, blank=True)
    public_text = models.TextField(_("introduction for the public"), blank=True, max_length=5000)
    revision = models.PositiveIntegerField(default=0)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["-started_on", "-id"]

    def __str__(self) -> str:
        return f"{self.branch}: {self.programme}"


class PromiseQuerySet(ScopedQuerySet["Promise"]):
    """Questions about promises."""

    branch_path = "evaluation__branch"

    def current(self) -> PromiseQuerySet:
        """Return the promises that stand in the programme as it is now."""
        return self.filter(measure__retired_on=None)


class Promise(models.Model):
    """A measure of the previous programme, and what came of it.

    ``verdict``, ``reason`` and ``timing`` are the outcome: what the assessors agree on, or what
    settled their disagreement. ``evaluation.rules.outcome`` says how; ``evaluation.services`` are
    the only writers. As long as assessors differ, the outcome is *not assessed* and ``disputed``.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="promises")
    measure = models.OneToOneField(Measure, on_delete=models.PROTECT, related_name="promise")
    portfolio = models.CharField(_("portfolio"), max_length=80, blank=True)
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=1, validators=[MinValueValidator(1), MaxValueValidator(HEAVIEST)]
    )
    verdict = models.CharField(
        _("verdict"), max_length=14, choices=Verdict.choices, default=Verdict.NOT_ASSESSED
    )
    reason = models.CharField(_("reason"), max_length=14, choices=Reason.choices, blank=True)
    timing = models.CharField(
        _("on time or late"), max_length=8, choices=Timing.choices, default=Timing.UNKNOWN
    )
    disputed = models.BooleanField(default=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    settled_on = models.DateField(null=True, blank=True)
    settled_because = models.CharField(_("why so"), max_length=1000, blank=True)
    explanation = models.TextField(_("explanation for the public"), blank=True, max_length=5000)
    good = models.BooleanField(_("was it good?"), null=True, blank=True)
    topical = models.BooleanField(_("is it still topical?"), null=True, blank=True)
    carry_over = models.CharField(
        _("does it go on?"), max_length=5, choices=CarryOver.choices, default=CarryOver.OPEN
    )
    carry_reason = models.CharField(_("why"), max_length=1000, blank=True)
    carried_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    carried_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        ordering = ["evaluation", "measure__number", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(carry_over="drop") | ~Q(carry_reason=""),
                name="dropped_promise_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(disputed=False) | Q(verdict="not_assessed"),
                name="disputed_promise_has_no_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["evaluation", "verdict"], name="promise_by_verdict"),
            models.Index(fields=["evaluation", "carry_over"], name="promise_by_carry_over"),
        ]

    def __str__(self) -> str:
        return str(self.measure)
