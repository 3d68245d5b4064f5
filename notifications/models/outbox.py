"""The outbox: what is to be told to whom (reminders), and the mails that tell it (deliveries).

The tables are the truth; an engine only says "look now". ``notifications.services`` are the only
writers. Days are the product's (in Amsterdam; a demonstration may stand elsewhere in time);
moments (``…_at``, ``send_after``, ``leased_until``) are the machine's.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from branches.models import Branch
from branches.scope import ScopedQuerySet
from consultation.models import Letter
from evaluation.models import Bulletin
from notifications.enums import DeliveryState, ReminderState
from notifications.models.messages import Message

ERROR_LENGTH = 300


class DeliveryQuerySet(ScopedQuerySet["Delivery"]):
    """Questions about mails. Those of a branch are the ones about it alone (``branch`` set)."""


class Delivery(models.Model):
    """One mail to one person: the digest of a day, one that cannot wait, or one to an outsider.

    Letters and bulletins go to people without an account: name and address stand with the input
    alone (``consultation.Contributor``) or with who follows a top ten (``evaluation.Follower``), so
    that erasing a person takes the mail along. See ``notifications.outsiders``.

    ``key`` makes the mail this mail: written twice it is one row, and its Message-ID follows from
    it, so a copy after a crash is recognised as a copy.
    """

    # Somebody with an account, or else a letter or a bulletin to somebody without one.
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="deliveries",
    )
    letter = models.OneToOneField(
        Letter, on_delete=models.CASCADE, null=True, blank=True, related_name="delivery"
    )
    bulletin = models.OneToOneField(
        Bulletin, on_delete=models.CASCADE, null=True, blank=True, related_name="delivery"
    )
    # What the office wrote, to somebody with an account.
    message = models.ForeignKey(
        Message, on_delete=models.CASCADE, null=True, blank=True, related_name="deliveries"
    )
    # Which mail: "digest", the name of one that cannot wait (see notifications.rules.catalogue), or
    # to somebody outside (see notifications.mails.outside and .followers), or of the office
    # (notifications.mails.office).
    mail = models.CharField(max_length=40)
    key = models.CharField(max_length=120, unique=True)
    branch = models.ForeignKey(
        Branch, on_delete=models.CASCADE, null=True, blank=True, related_name="deliveries"
    )
    day = models.DateField()
    state = models.CharField(
        max_length=9, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    # How often it was handed over, and how often nobody knows what became of that.
    attempts = models.PositiveSmallIntegerField(default=0)
    doubts = models.PositiveSmallIntegerField(default=0)
    send_after = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=ERROR_LENGTH, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, letter=None, bulletin=None)
                | Q(recipient=None, letter__isnull=False, bulletin=None)
                | Q(recipient=None, letter=None, bulletin__isnull=False),
                name="to_one_person_or_one_outsider",
            ),
            models.CheckConstraint(
                condition=Q(message=None) | Q(recipient__isnull=False),
                name="message_to_an_account",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "send_after"], name="delivery_due"),
            models.Index(fields=["recipient", "day"], name="delivery_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.mail} #{self.pk}"

    @property
    def to_words(self) -> str:
        """Say to whom it goes; to somebody outside what it is, and never whose."""
        if self.letter is not None:
            return gettext("a contributor (%(kind)s)") % {"kind": self.letter.get_kind_display()}
        if self.bulletin is not None:
            return gettext("a follower of the top ten (%(kind)s)") % {
                "kind": self.bulletin.get_kind_display()
            }
        return str(self.recipient)

    @property
    def is_outside(self) -> bool:
        """Tell whether it goes to somebody without an account."""
        return self.recipient_id is None

    @property
    def is_planned(self) -> bool:
        """Tell whether it tells reminders, so that it is right as long as these are."""
        return not self.is_outside and self.message_id is None


class ReminderQuerySet(ScopedQuerySet["Reminder"]):
    """Questions about reminders."""


class Reminder(models.Model):
    """One thing to be told to one person on one day.

    ``rule`` says what and about which kind of thing; ``subject_id`` is that thing's primary key and
    ``subject_version`` tells news about the same thing apart (a meeting that moves twice). The same
    five twice are one row, however many schedulers plan at once.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders"
    )
    # Null: about the country, for the national office.
    branch = models.ForeignKey(
        Branch, on_delete=models.CASCADE, null=True, blank=True, related_name="reminders"
    )
    rule = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    subject_version = models.PositiveIntegerField(default=0)
    due_on = models.DateField()
    state = models.CharField(
        max_length=9, choices=ReminderState.choices, default=ReminderState.WAITING
    )
    delivery = models.ForeignKey(
        Delivery, on_delete=models.SET_NULL, null=True, blank=True, related_name="reminders"
    )
    planned_at = models.DateTimeField()

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "rule", "subject_id", "subject_version", "due_on"],
                name="told_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "recipient"],
                condition=Q(state="waiting"),
                name="reminder_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.subject_id} {self.due_on}"
