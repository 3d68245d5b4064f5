"""What the national office writes to people with an account: one text, told to several."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from branches.models import Branch
from branches.scope import ScopedQuerySet
from notifications.enums import MessageKind


class MessageQuerySet(ScopedQuerySet["Message"]):
    """Questions about messages. Those of a branch are the ones about it alone."""


class Message(models.Model):
    """A text of the office; a ``Delivery`` each tells it. Never edited, and written once a ``key``.

    ``text`` is plain: paragraphs stand apart by an empty line. ``link`` is a path on this site
    (``/afdeling/…``); empty means that the mail has no button.
    """

    kind = models.CharField(max_length=6, choices=MessageKind.choices)
    # Null: about the country.
    branch = models.ForeignKey(
        Branch, on_delete=models.CASCADE, null=True, blank=True, related_name="office_messages"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    subject = models.CharField(_("subject"), max_length=150)
    text = models.TextField(_("text"), max_length=6000)
    link = models.CharField(max_length=300, blank=True)
    written_on = models.DateField()
    # What makes it this message: written twice it is one row, and its mails are the same mails.
    key = models.CharField(max_length=90, unique=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message of the national office")
        verbose_name_plural = _("messages of the national office")
        ordering = ["-written_on", "-id"]
        indexes = [
            models.Index(fields=["kind", "-written_on"], name="message_of_kind"),
            models.Index(fields=["branch", "-written_on"], name="message_of_branch"),
        ]

    def __str__(self) -> str:
        return self.subject
