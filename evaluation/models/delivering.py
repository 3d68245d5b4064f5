"""What is done about a pledge after the election: steps, updates with evidence, who, and when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.scope import ScopedQuerySet
from evaluation.enums import EvidenceKind, Reason, Timing
from evaluation.enums_ten import Means, PledgeStatus, ProposalState, TurnRole
from evaluation.models.ten import Pledge


class TurnQuerySet(ScopedQuerySet["Turn"]):
    """Questions about who worked on what."""

    branch_path = "pledge__top_ten__branch"


class Turn(models.Model):
    """The time in which somebody was in the lead; the one that runs has no end. Never deleted."""

    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="turns")
    role = models.CharField(max_length=6, choices=TurnRole.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="turns"
    )
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    # Who gave it to this person, or took it: who takes something need not be told.
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Why it passed to somebody else, as those who hand over say it.
    note = models.CharField(_("what the next one must know"), max_length=1000, blank=True)

    objects = TurnQuerySet.as_manager()

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        ordering = ["pledge", "from_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pledge", "role"],
                condition=Q(until_on=None),
                name="one_turn_runs_for_a_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pledge_id}: {self.person}"


class StepQuerySet(ScopedQuerySet["Step"]):
    """Questions about steps."""

    branch_path = "pledge__top_ten__branch"


class Step(models.Model):
    """One thing that has to happen for a pledge."""

    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="steps")
    means = models.CharField(
        _("what it takes"), max_length=9, choices=Means.choices, default=Means.OTHER
    )
    title = models.CharField(_("what has to happen"), max_length=300)
    due_on = models.DateField(_("when"), null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    # The council document that belongs to it.
    url = models.URLField(_("link"), blank=True, max_length=1000)
    public = models.BooleanField(_("also for the public"), default=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_on = models.DateField()
    # The sequence number of its entry in calendars.
    revision = models.PositiveIntegerField(default=0)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["pledge", models.F("due_on").asc(nulls_last=True), "id"]

    def __str__(self) -> str:
        return self.title


class ProposedUpdateQuerySet(ScopedQuerySet["ProposedUpdate"]):
    """Questions about updates that residents proposed."""

    branch_path = "pledge__top_ten__branch"


class ProposedUpdate(models.Model):
    """What a resident saw of a pledge: shown to nobody until the branch takes it over."""

    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="proposals")
    text = models.TextField(_("what did you see?"), max_length=2000)
    url = models.URLField(_("link"), blank=True, max_length=1000)
    received_on = models.DateField()
    state = models.CharField(
        max_length=8, choices=ProposalState.choices, default=ProposalState.WAITING
    )
    # It looks like an advertisement: at the bottom of the pile, and told to nobody.
    suspicious = models.BooleanField(default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField(null=True, blank=True)
    submission = models.UUIDField(null=True, blank=True, unique=True)

    objects = ProposedUpdateQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed update")
        verbose_name_plural = _("proposed updates")
        ordering = ["suspicious", "id"]

    def __str__(self) -> str:
        return self.text[:60]


class ProgressUpdateQuerySet(ScopedQuerySet["ProgressUpdate"]):
    """Questions about updates."""

    branch_path = "pledge__top_ten__branch"

    def standing(self) -> ProgressUpdateQuerySet:
        """Return those that were neither withdrawn nor corrected by another."""
        return self.filter(withdrawn_on=None, corrected_by=None)

    def public(self) -> ProgressUpdateQuerySet:
        """Return those that everybody may read; corrected ones too, shown as such."""
        return self.filter(public=True, withdrawn_on=None)


class ProgressUpdate(models.Model):
    """What was done for a pledge, told in a few sentences on one day. Corrected by another one."""

    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="updates")
    # The day that it is about: not before the election's new term of this branch, not tomorrow.
    day = models.DateField(_("day"))
    status = models.CharField(_("how it stands"), max_length=9, choices=PledgeStatus.choices)
    reason = models.CharField(_("reason"), max_length=14, choices=Reason.choices, blank=True)
    timing = models.CharField(
        _("on time or late"), max_length=8, choices=Timing.choices, default=Timing.UNKNOWN
    )
    text = models.TextField(_("what happened"), max_length=2000)
    public = models.BooleanField(_("also for the public"), default=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written_on = models.DateField()
    corrects = models.OneToOneField(
        "self", on_delete=models.RESTRICT, null=True, blank=True, related_name="corrected_by"
    )
    correction_note = models.CharField(_("what was wrong"), max_length=300, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    # From whom it came, when not from the branch itself.
    proposal = models.OneToOneField(
        ProposedUpdate, on_delete=models.SET_NULL, null=True, blank=True, related_name="update"
    )
    # The day on which those who follow are told; empty until then, and for those that are not told.
    told_on = models.DateField(null=True, blank=True)
    # Of the form that it came with: sent twice, it is told once.
    submission = models.UUIDField(null=True, blank=True, unique=True)

    objects = ProgressUpdateQuerySet.as_manager()

    class Meta:
        verbose_name = _("update")
        verbose_name_plural = _("updates")
        ordering = ["pledge", "day", "id"]
        indexes = [models.Index(fields=["pledge", "day"], name="update_of_pledge")]

    def __str__(self) -> str:
        return self.text[:60]


class PledgeEvidenceQuerySet(ScopedQuerySet["PledgeEvidence"]):
    """Questions about evidence for pledges."""

    branch_path = "pledge__top_ten__branch"


class PledgeEvidence(models.Model):
    """What shows what an update tells, or a council document that belongs to the pledge."""

    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="evidence")
    # Empty: it belongs to the pledge as a whole.
    update = models.ForeignKey(
        ProgressUpdate, on_delete=models.CASCADE, null=True, blank=True, related_name="evidence"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=EvidenceKind.choices)
    title = models.CharField(_("what it is"), max_length=300)
    url = models.URLField(_("link"), blank=True, max_length=1000)
    file = models.FileField(_("photo or file"), upload_to="pledges/", blank=True, max_length=200)
    file_name = models.CharField(max_length=200, blank=True)
    public = models.BooleanField(_("also for the public"), default=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_on = models.DateField()

    objects = PledgeEvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence for a pledge")
        verbose_name_plural = _("evidence for pledges")
        ordering = ["pledge", "id"]

    def __str__(self) -> str:
        return self.title
