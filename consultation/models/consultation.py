"""One branch's collecting of input for one election: its themes and the ways by which it comes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models import Branch
from branches.scope import ScopedQuerySet
from consultation.enums import (
    ChannelKind,
    Classic,
    Nature,
    StakeholderAnswer,
    StakeholderKind,
)
from process.models import Timeline


class ConsultationQuerySet(ScopedQuerySet["Consultation"]):
    """Questions about consultations."""

    def public(self) -> ConsultationQuerySet:
        """Return those of branches that still exist."""
        return self.filter(branch__closed_on=None)


class Consultation(models.Model):
    """A branch's collecting of input on its way to one election (R18, R19)."""

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="consultations")
    # Its milestones of phase 3 are told how far this is; its polling day says when names go.
    timeline = models.OneToOneField(Timeline, on_delete=models.CASCADE, related_name="consultation")
    started_on = models.DateField()
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # The public form: open from this day; null: there is none.
    form_open_since = models.DateField(null=True, blank=True)
    # Optional (R96). What comes after it is taken too, with the mark "late" (R94).
    closes_on = models.DateField(_("input closes on"), null=True, blank=True)
    introduction = models.TextField(
        _("what you say to the public above the form"), blank=True, max_length=2000
    )
    # The public page "what happened with the input".
    outcome_public_since = models.DateField(null=True, blank=True)
    outcome_text = models.TextField(
        _("introduction of the public result"), blank=True, max_length=5000
    )
    # On this day the names go; the board was told on that one.
    erased_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("collecting of input")
        verbose_name_plural = _("collecting of input")
        ordering = ["-started_on", "-id"]

    def __str__(self) -> str:
        return f"{self.branch}: {self.timeline_id}"


class ThemeQuerySet(ScopedQuerySet["Theme"]):
    """Questions about themes."""

    branch_path = "consultation__branch"

    def current(self) -> ThemeQuerySet:
        """Return the themes that people can choose now."""
        return self.filter(closed_on=None)


class Theme(models.Model):
    """One of the six classic themes, or a local one, with its three questions (R28 … R30)."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="themes")
    # Empty for a local theme.
    classic = models.CharField(max_length=14, choices=Classic.choices, blank=True)
    # Empty for a classic one that keeps its own name.
    name = models.CharField(_("name"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    topical = models.TextField(_("what is going on now?"), blank=True, max_length=5000)
    difference = models.TextField(
        _("where can we really make a difference?"), blank=True, max_length=5000
    )
    warms = models.TextField(_("what do people warm to?"), blank=True, max_length=5000)
    closed_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["consultation", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "classic"],
                condition=~Q(classic=""),
                name="classic_theme_once",
            ),
            models.CheckConstraint(
                condition=~Q(classic="") | ~Q(name=""), name="a_local_theme_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.get_classic_display())


class ChannelQuerySet(ScopedQuerySet["Channel"]):
    """Questions about channels."""

    branch_path = "consultation__branch"

    def open(self) -> ChannelQuerySet:
        """Return the channels by which input can come in now."""
        return self.filter(opened_on__isnull=False, closed_on=None)


class Channel(models.Model):
    """A way by which input comes in (R20 … R27)."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="channels"
    )
    kind = models.CharField(_("kind"), max_length=14, choices=ChannelKind.choices)
    nature = models.CharField(_("how"), max_length=8, choices=Nature.choices)
    # What tells two of a kind apart: "survey of the Rode Nest", "market in Overvecht".
    name = models.CharField(_("name"), max_length=120, blank=True)
    # Where people find it: an address on the web or a mail address.
    address = models.CharField(_("address or link"), max_length=300, blank=True)
    # With whom (R26).
    partner = models.CharField(_("together with"), max_length=120, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["consultation", "id"]
        constraints = [
            # Form and mailbox find their channel by its kind.
            models.UniqueConstraint(
                fields=["consultation", "kind"],
                condition=Q(kind__in=["form", "mail"]),
                name="one_form_and_one_mail_address",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.get_kind_display())


class StakeholderQuerySet(ScopedQuerySet["Stakeholder"]):
    """Questions about organisations and people to approach."""

    branch_path = "consultation__branch"


class Stakeholder(models.Model):
    """An organisation, company or person whom the branch asks for input (R7, R13, R24)."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="stakeholders"
    )
    kind = models.CharField(_("kind"), max_length=14, choices=StakeholderKind.choices)
    name = models.CharField(_("name"), max_length=120)
    contact_name = models.CharField(_("whom to ask for"), max_length=120, blank=True)
    contact_email = models.EmailField(_("e-mail address"), blank=True)
    contact_phone = models.CharField(_("phone number"), max_length=40, blank=True)
    # Why them (R7): what they know that we do not.
    reason = models.CharField(_("why we ask them"), max_length=500, blank=True)
    theme = models.ForeignKey(
        Theme, on_delete=models.SET_NULL, null=True, blank=True, related_name="stakeholders"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_on = models.DateField(null=True, blank=True)
    answer = models.CharField(
        _("how far we are"),
        max_length=6,
        choices=StakeholderAnswer.choices,
        default=StakeholderAnswer.TO_ASK,
    )
    note = models.TextField(_("note"), blank=True, max_length=5000)
    revision = models.PositiveIntegerField(default=0)

    objects = StakeholderQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation to approach")
        verbose_name_plural = _("organisations to approach")
        ordering = ["consultation", "name"]

    def __str__(self) -> str:
        return self.name
