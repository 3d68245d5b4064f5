"""Gatherings for input, their sessions, and what came out of them."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from branches.scope import ScopedQuerySet
from consultation.enums import Addressee, PersonRole, PointKind, SessionPhase, Support
from consultation.models.consultation import Channel, Consultation, Theme
from consultation.models.contribution import Contribution, Contributor
from process.models import Meeting
from programmes.models import Example

NOTES_EACH = 3
"""How many post-its a participant writes unless the session says otherwise (R81)."""


class GatheringQuerySet(ScopedQuerySet["Gathering"]):
    """Questions about gatherings."""

    branch_path = "consultation__branch"


class Gathering(models.Model):
    """A meeting for input (R78). Day, time, place and link are those of its meeting.

    So it stands in calendars, on the public list of meetings and in invitations like any other.
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="gatherings"
    )
    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="gathering")
    # Where its input is counted: the channel "gathering" or "online session".
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="gatherings")
    introduction = models.TextField(_("introduction of the report"), blank=True, max_length=5000)
    # Where more may be sent afterwards (R94, R95).
    contact_name = models.CharField(_("contact person"), max_length=120, blank=True)
    contact_email = models.EmailField(_("contact address"), blank=True, max_length=254)
    # Optional (R96); later is taken too, with the mark "late".
    closes_on = models.DateField(_("input possible until"), null=True, blank=True)
    report_sent_on = models.DateField(null=True, blank=True)
    report_public_since = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        verbose_name = _("gathering")
        verbose_name_plural = _("gatherings")
        ordering = ["-meeting__day", "-id"]

    def __str__(self) -> str:
        return str(self.meeting)


class SessionQuerySet(ScopedQuerySet["Session"]):
    """Questions about sessions."""

    branch_path = "gathering__consultation__branch"


class Session(models.Model):
    """One table or room within a gathering, about one theme (R79 … R90)."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="sessions")
    position = models.PositiveSmallIntegerField(default=0)
    theme = models.ForeignKey(
        Theme, on_delete=models.SET_NULL, null=True, blank=True, related_name="sessions"
    )
    title = models.CharField(_("title"), max_length=120)
    question = models.CharField(_("guiding question"), max_length=500, blank=True)
    summary = models.TextField(_("summary"), blank=True, max_length=5000)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    phase = models.CharField(
        max_length=7, choices=SessionPhase.choices, default=SessionPhase.PLANNED
    )
    # What a participant types on a phone; null while nobody can join.
    code = models.CharField(max_length=8, unique=True, null=True, blank=True)
    notes_each = models.PositiveSmallIntegerField(
        _("post-its for each participant"),
        default=NOTES_EACH,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
    )
    # Counts what changed on the board, so that who looks asks for nothing when nothing did.
    changes = models.PositiveBigIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["gathering", "position", "id"]

    def __str__(self) -> str:
        return self.title


class ParticipantQuerySet(ScopedQuerySet["Participant"]):
    """Questions about participants."""

    branch_path = "gathering__consultation__branch"


class Participant(models.Model):
    """Somebody who takes part, known by a number; a name and address only if left (R80)."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="participants")
    session = models.ForeignKey(
        Session, on_delete=models.SET_NULL, null=True, blank=True, related_name="participants"
    )
    number = models.PositiveIntegerField()
    role = models.CharField(_("takes part as"), max_length=12, choices=PersonRole.choices)
    is_member = models.BooleanField(_("member of the party"), null=True, blank=True)
    contributor = models.ForeignKey(
        Contributor, on_delete=models.SET_NULL, null=True, blank=True, related_name="participants"
    )
    # Of the sign that the phone keeps; null for who was written down by the reporter.
    token_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    joined_on = models.DateField()

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["gathering", "number"]
        constraints = [
            models.UniqueConstraint(fields=["gathering", "number"], name="participant_number_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"


class ClusterQuerySet(ScopedQuerySet["Cluster"]):
    """Questions about sub-themes."""

    branch_path = "session__gathering__consultation__branch"


class Cluster(models.Model):
    """Post-its that belong together become a sub-theme (R83), with what was asked (R86)."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="clusters")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("sub-theme"), max_length=200)
    question = models.CharField(_("question from the chair"), max_length=1000, blank=True)
    answer = models.TextField(_("answer of the group"), blank=True, max_length=5000)
    # Named on post-its but not talked about: it is reported as such (R84).
    discussed = models.BooleanField(_("talked about"), default=True)
    revision = models.PositiveIntegerField(default=0)

    objects = ClusterQuerySet.as_manager()

    class Meta:
        verbose_name = _("sub-theme")
        verbose_name_plural = _("sub-themes")
        ordering = ["session", "position", "id"]

    def __str__(self) -> str:
        return self.title


class PostItQuerySet(ScopedQuerySet["PostIt"]):
    """Questions about post-its."""

    branch_path = "session__gathering__consultation__branch"


class PostIt(models.Model):
    """One problem on one note (R81). Its text is that of its contribution."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="post_its")
    participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="post_its"
    )
    contribution = models.OneToOneField(
        Contribution, on_delete=models.CASCADE, related_name="post_it"
    )
    cluster = models.ForeignKey(
        Cluster, on_delete=models.SET_NULL, null=True, blank=True, related_name="post_its"
    )

    objects = PostItQuerySet.as_manager()

    class Meta:
        verbose_name = _("post-it")
        verbose_name_plural = _("post-its")
        ordering = ["session", "id"]

    def __str__(self) -> str:
        return str(self.contribution)


class PointQuerySet(ScopedQuerySet["Point"]):
    """Questions about points."""

    branch_path = "session__gathering__consultation__branch"


class Point(models.Model):
    """What a session brought, for consideration (R88, R92). Its text is that of its contribution.

    The post-its that fed it are merged into that contribution (R83, R97).
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="points")
    cluster = models.ForeignKey(
        Cluster, on_delete=models.SET_NULL, null=True, blank=True, related_name="points"
    )
    contribution = models.OneToOneField(
        Contribution, on_delete=models.CASCADE, related_name="point"
    )
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(
        _("kind"), max_length=8, choices=PointKind.choices, default=PointKind.REMARK
    )
    support = models.CharField(
        _("support"), max_length=9, choices=Support.choices, blank=True, default=""
    )
    support_note = models.CharField(_("doubts or remarks"), max_length=500, blank=True)
    addressee = models.CharField(
        _("aimed at"),
        max_length=12,
        choices=Addressee.choices,
        default=Addressee.MUNICIPALITY,
    )
    # Named on post-its but not talked about (R84).
    discussed = models.BooleanField(_("talked about"), default=True)
    # An example from elsewhere (R99).
    example = models.ForeignKey(
        Example, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = PointQuerySet.as_manager()

    class Meta:
        verbose_name = _("point")
        verbose_name_plural = _("points")
        ordering = ["session", "position", "id"]

    def __str__(self) -> str:
        return str(self.contribution)
