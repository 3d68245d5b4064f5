"""Who at the office looks after a branch, what was said by telephone, and who asked for help."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from branches.models import Branch
from branches.scope import ScopedQuerySet
from monitor.enums_helping import CallOutcome, HelpState


class ContactPerson(models.Model):
    """The colleague of the national office who looks after a branch; no row: nobody in particular.

    Whoever has left the office is not shown any more; the row waits for the next one.
    """

    branch = models.OneToOneField(Branch, on_delete=models.CASCADE, related_name="contact_person")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="branches_looked_after"
    )
    since = models.DateField()

    class Meta:
        verbose_name = _("contact person")
        verbose_name_plural = _("contact persons")

    def __str__(self) -> str:
        return f"{self.branch}: {self.person}"


class Call(models.Model):
    """A telephone call with a branch. For the office alone; names no one outside it."""

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="calls")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_on = models.DateField(_("day of the call"))
    outcome = models.CharField(_("what came of it"), max_length=12, choices=CallOutcome.choices)
    note = models.TextField(_("note"), blank=True, max_length=2000)
    follow_up_on = models.DateField(_("look again on"), null=True, blank=True)
    followed_up_on = models.DateField(null=True, blank=True)
    # The form that it came from, so that sending it twice is one call.
    submission = models.UUIDField(unique=True)

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-made_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(follow_up_on=None) | Q(follow_up_on__gte=F("made_on")),
                name="follow_up_after_the_call",
            ),
            models.CheckConstraint(
                condition=Q(followed_up_on=None) | Q(follow_up_on__isnull=False),
                name="followed_up_only_where_asked",
            ),
        ]
        indexes = [
            models.Index(fields=["branch", "-made_on"], name="call_of_branch"),
            models.Index(
                fields=["follow_up_on"],
                condition=Q(follow_up_on__isnull=False, followed_up_on=None),
                name="call_to_follow_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.branch} {self.made_on}"


class HelpRequestQuerySet(ScopedQuerySet["HelpRequest"]):
    """Questions about requests for help."""

    def waiting(self) -> Self:
        """Return those that wait for an answer of the office, longest first."""
        return self.filter(state=HelpState.WAITING).order_by("waiting_since", "pk")


class HelpRequest(models.Model):
    """A branch asks the national office for help or advice; the talk stands in its messages.

    ``first_answered_at`` and ``asked_at`` are the product's moments: how long an answer took.
    """

    branch = models.ForeignKey(Branch, on_delete=models.CASCADE, related_name="help_requests")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_on = models.DateField()
    asked_at = models.DateTimeField()
    subject = models.CharField(_("what is it about?"), max_length=160)
    # Which milestone of the branch's timeline it is about; empty: none in particular.
    milestone_key = models.SlugField(max_length=40, blank=True)
    state = models.CharField(max_length=8, choices=HelpState.choices, default=HelpState.WAITING)
    # The day of the first message that the office has not answered yet.
    waiting_since = models.DateField(null=True, blank=True)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Whom of the directory the office asked, or points at (R52).
    expert = models.ForeignKey(
        "monitor.Expert",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="help_requests",
    )
    first_answered_at = models.DateTimeField(null=True, blank=True)
    # The product's day of the latest message, for lists.
    last_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    submission = models.UUIDField(unique=True)
    revision = models.PositiveIntegerField(default=0)

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for help")
        verbose_name_plural = _("requests for help")
        ordering = ["-last_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False)
                | ~Q(state="closed") & Q(closed_on=None),
                name="closed_help_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", waiting_since__isnull=False)
                | ~Q(state="waiting") & Q(waiting_since=None),
                name="waiting_help_has_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["branch", "-last_on"], name="help_of_branch"),
            models.Index(fields=["state", "asked_on"], name="help_by_state"),
        ]

    def __str__(self) -> str:
        return self.subject


class HelpMessageQuerySet(ScopedQuerySet["HelpMessage"]):
    """Questions about what was said about a request for help."""

    branch_path = "request__branch"


class HelpMessage(models.Model):
    """One message in the talk about a request for help; never edited."""

    request = models.ForeignKey(HelpRequest, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    from_office = models.BooleanField()
    text = models.TextField(_("message"), max_length=5000)
    written_on = models.DateField()
    written_at = models.DateTimeField()
    submission = models.UUIDField(unique=True)

    objects = HelpMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.request}: #{self.pk}"
