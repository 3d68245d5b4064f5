"""The national template: what every branch has to do, and when, as editable data.

A published version is frozen; timelines point at the version that they follow.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from branches.enums import Role
from process.enums import DecisionKind, Phase


def _in_language(dutch: str, english: str) -> str:
    return english if english and (get_language() or "nl").startswith("en") else dutch


class TemplateVersion(models.Model):
    """One version of the template; the highest published number is the current one."""

    number = models.PositiveIntegerField(unique=True)
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_draft = models.BooleanField(default=True)
    published_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("template version")
        verbose_name_plural = _("template versions")
        ordering = ["-number"]
        constraints = [
            # One draft at a time: two people cannot edit past each other.
            models.UniqueConstraint(
                fields=["is_draft"], condition=Q(is_draft=True), name="one_draft_template"
            ),
            models.CheckConstraint(
                condition=Q(is_draft=True, published_on=None)
                | Q(is_draft=False, published_on__isnull=False),
                name="published_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return _("version %(number)s") % {"number": self.number}


class TemplateMilestone(models.Model):
    """One milestone of a version. Weeks count from polling day; negative is before it."""

    version = models.ForeignKey(
        TemplateVersion, on_delete=models.CASCADE, related_name="milestones"
    )
    key = models.SlugField(max_length=40)
    phase = models.PositiveSmallIntegerField(choices=Phase.choices)
    position = models.PositiveSmallIntegerField()
    title_nl = models.CharField(_("title (Dutch)"), max_length=120)
    title_en = models.CharField(_("title (English)"), max_length=120)
    why_nl = models.TextField(_("why it matters (Dutch)"))
    why_en = models.TextField(_("why it matters (English)"))
    how_nl = models.TextField(_("how others do it (Dutch)"), blank=True)
    how_en = models.TextField(_("how others do it (English)"), blank=True)
    # Statutory milestones take their day from the timetable and have no window of weeks.
    statutory_key = models.CharField(max_length=30, blank=True)
    start_week = models.SmallIntegerField(_("window opens, weeks"), null=True, blank=True)
    end_week = models.SmallIntegerField(_("window closes, weeks"), null=True, blank=True)
    target_week = models.SmallIntegerField(_("target, weeks"), null=True, blank=True)
    owner_role = models.CharField(_("owner"), max_length=15, choices=Role.choices)
    second_role = models.CharField(
        _("together with"), max_length=15, choices=Role.choices, blank=True
    )
    # The requirements it rests on, for example ["R8", "R9"].
    requirements = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("template milestone")
        verbose_name_plural = _("template milestones")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="template_key_once"),
            models.CheckConstraint(
                condition=~Q(statutory_key="")
                | Q(
                    start_week__lte=F("target_week"),
                    target_week__lte=F("end_week"),
                ),
                name="template_target_in_window",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return _in_language(self.title_nl, self.title_en)

    @property
    def titles(self) -> dict[str, str]:
        """The title in each language, for the history: its readers come later."""
        return {"nl": self.title_nl, "en": self.title_en}

    @property
    def why(self) -> str:
        """Why it matters, in the reader's language."""
        return _in_language(self.why_nl, self.why_en)

    @property
    def how(self) -> str:
        """How other branches do it, in the reader's language."""
        return _in_language(self.how_nl, self.how_en)


class TemplatePart(models.Model):
    """Something that must be there before its milestone can be done."""

    milestone = models.ForeignKey(TemplateMilestone, on_delete=models.CASCADE, related_name="parts")
    key = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()
    label_nl = models.CharField(_("label (Dutch)"), max_length=160)
    label_en = models.CharField(_("label (English)"), max_length=160)
    # Met by a decision of this kind, and by nothing else.
    decision_kind = models.CharField(max_length=20, choices=DecisionKind.choices, blank=True)

    class Meta:
        verbose_name = _("part that must be there")
        verbose_name_plural = _("parts that must be there")
        ordering = ["milestone", "position"]
        constraints = [
            models.UniqueConstraint(fields=["milestone", "key"], name="part_key_once"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The label in the reader's language."""
        return _in_language(self.label_nl, self.label_en)

    @property
    def labels(self) -> dict[str, str]:
        """The label in each language, for the history."""
        return {"nl": self.label_nl, "en": self.label_en}
