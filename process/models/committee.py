"""The programme committee, the people approached, and diversity in totals only."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from branches.scope import ScopedQuerySet
from process.enums import ApproachAnswer, ApproachReason, CommitteeRole
from process.models.timeline import Timeline


class CommitteeSeatQuerySet(ScopedQuerySet["CommitteeSeat"]):
    """Questions about seats."""

    branch_path = "timeline__branch"


class DiversityTallyQuerySet(ScopedQuerySet["DiversityTally"]):
    """Questions about diversity totals."""

    branch_path = "timeline__branch"


class ApproachedPersonQuerySet(ScopedQuerySet["ApproachedPerson"]):
    """Questions about people approached."""

    branch_path = "timeline__branch"


class CommitteeSeat(models.Model):
    """Somebody in the programme committee, with an account or without one (R14)."""

    timeline = models.ForeignKey(Timeline, on_delete=models.CASCADE, related_name="seats")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=10, choices=CommitteeRole.choices)
    is_party_member = models.BooleanField(_("member of the party"), default=True)
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("until"), null=True, blank=True)
    # That somebody told about themselves, never what: the answers are only counted (R10).
    has_declared = models.BooleanField(default=False)

    objects = CommitteeSeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("committee member")
        verbose_name_plural = _("committee members")
        ordering = ["started_on", "id"]

    def __str__(self) -> str:
        return self.name


class DiversityTally(models.Model):
    """How many people of a committee gave an answer. No row leads back to a person (R10)."""

    timeline = models.ForeignKey(Timeline, on_delete=models.CASCADE, related_name="tallies")
    question = models.CharField(max_length=20)
    answer = models.CharField(max_length=20)
    count = models.PositiveSmallIntegerField(default=0)

    objects = DiversityTallyQuerySet.as_manager()

    class Meta:
        verbose_name = _("diversity total")
        verbose_name_plural = _("diversity totals")
        constraints = [
            models.UniqueConstraint(
                fields=["timeline", "question", "answer"], name="one_total_per_answer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.answer}"


class ApproachedPerson(models.Model):
    """Somebody who was, or will be, asked to think along (R7, R13, R14)."""

    timeline = models.ForeignKey(Timeline, on_delete=models.CASCADE, related_name="approached")
    name = models.CharField(_("name"), max_length=120)
    why = models.CharField(_("asked for"), max_length=10, choices=ApproachReason.choices)
    reason = models.CharField(_("why this person"), max_length=300)
    in_party = models.BooleanField(_("member of the party"), default=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answer = models.CharField(
        _("answer"), max_length=6, choices=ApproachAnswer.choices, default=ApproachAnswer.OPEN
    )
    added_on = models.DateField()
    revision = models.PositiveIntegerField(default=0)

    objects = ApproachedPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person approached")
        verbose_name_plural = _("people approached")
        ordering = ["added_on", "id"]

    def __str__(self) -> str:
        return self.name
