"""Who judges what, and what they found."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from branches.scope import ScopedQuerySet
from evaluation.enums import EvidenceKind, Reason, Timing, Verdict
from evaluation.models.evaluation import Promise


class AssignmentQuerySet(ScopedQuerySet["Assignment"]):
    """Questions about who has what."""

    branch_path = "promise__evaluation__branch"


class Assignment(models.Model):
    """A promise dealt out to somebody of the council group; two people may have the same one."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="assignments")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments"
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    assigned_on = models.DateField()

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("dealt-out promise")
        verbose_name_plural = _("dealt-out promises")
        constraints = [
            models.UniqueConstraint(fields=["promise", "person"], name="dealt_out_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.promise_id}"


class AssessmentQuerySet(ScopedQuerySet["Assessment"]):
    """Questions about assessments."""

    branch_path = "promise__evaluation__branch"


class Assessment(models.Model):
    """One person's verdict on one promise; a verdict taken back is no row."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="assessments")
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="assessments"
    )
    verdict = models.CharField(_("verdict"), max_length=14, choices=Verdict.choices)
    reason = models.CharField(_("reason"), max_length=14, choices=Reason.choices, blank=True)
    timing = models.CharField(
        _("on time or late"), max_length=8, choices=Timing.choices, default=Timing.UNKNOWN
    )
    note = models.TextField(_("note for each other"), blank=True, max_length=5000)
    assessed_on = models.DateField()
    revision = models.PositiveIntegerField(default=0)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["promise", "id"]
        constraints = [
            models.UniqueConstraint(fields=["promise", "assessor"], name="one_assessment_each"),
            models.CheckConstraint(
                condition=~models.Q(verdict="not_assessed"), name="an_assessment_is_a_verdict"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessor}: {self.get_verdict_display()}"


class EvidenceQuerySet(ScopedQuerySet["Evidence"]):
    """Questions about evidence."""

    branch_path = "promise__evaluation__branch"


class Evidence(models.Model):
    """What shows what came of a promise."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(_("kind"), max_length=8, choices=EvidenceKind.choices)
    title = models.CharField(_("what it is"), max_length=300)
    url = models.URLField(_("link"), blank=True, max_length=1000)
    note = models.TextField(_("note"), blank=True, max_length=5000)
    file = models.FileField(_("file"), upload_to="evidence/", blank=True, max_length=200)
    file_name = models.CharField(max_length=200, blank=True)
    # Shown on the public page; a note for each other is not.
    public = models.BooleanField(_("also for the public"), default=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_on = models.DateField()
    # Of the form that it came with: sent twice, it is added once.
    submission = models.UUIDField(null=True, blank=True, unique=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["promise", "id"]

    def __str__(self) -> str:
        return self.title


class CommentQuerySet(ScopedQuerySet["Comment"]):
    """Questions about comments."""

    branch_path = "promise__evaluation__branch"


class Comment(models.Model):
    """What somebody of the branch says to the others about a promise."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    text = models.TextField(_("comment"), max_length=5000)
    written_on = models.DateField()
    # Of the form that it came with: sent twice, it is said once.
    submission = models.UUIDField(null=True, blank=True, unique=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["promise", "id"]

    def __str__(self) -> str:
        return self.text
