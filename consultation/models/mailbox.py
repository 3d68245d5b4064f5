"""The branch's mailbox, and the mails that were read."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from branches.scope import ScopedQuerySet
from consultation.enums import MailboxSecurity, UploadState
from consultation.models.consultation import Consultation
from consultation.models.contribution import Contribution


class MailboxQuerySet(ScopedQuerySet["Mailbox"]):
    """Questions about mailboxes."""

    branch_path = "consultation__branch"


class Mailbox(models.Model):
    """Where input comes in by mail (R21), read over IMAP by the worker.

    How far it was read stands here, not in the mailbox: people may look at their mail as they like.
    """

    consultation = models.OneToOneField(
        Consultation, on_delete=models.CASCADE, related_name="mailbox"
    )
    address = models.EmailField(_("mail address"), max_length=254)
    host = models.CharField(_("IMAP server"), max_length=253)
    port = models.PositiveIntegerField(_("port"), default=993)
    security = models.CharField(
        _("safe connection"),
        max_length=8,
        choices=MailboxSecurity.choices,
        default=MailboxSecurity.TLS,
    )
    username = models.CharField(_("user name"), max_length=254)
    # Encrypted with the installation's secret.
    secret = models.TextField(blank=True)
    folder = models.CharField(_("folder"), max_length=120, default="INBOX")
    active = models.BooleanField(default=True)
    # Mails of before this day are left alone; null: all of them are read.
    since = models.DateField(null=True, blank=True)
    # Whether what was read is marked as read in the mailbox itself.
    mark_seen = models.BooleanField(default=False)
    uid_validity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)
    # In plain words, for the branch; empty when the last look went well.
    error = models.CharField(max_length=300, blank=True)
    error_since = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = MailboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("mailbox")
        verbose_name_plural = _("mailboxes")

    def __str__(self) -> str:
        return self.address


class IncomingMailQuerySet(ScopedQuerySet["IncomingMail"]):
    """Questions about mails that came in."""

    branch_path = "consultation__branch"


class IncomingMail(models.Model):
    """A mail that was read, once: ``digest`` tells a mail that comes again."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="mails")
    digest = models.CharField(max_length=64)
    # Null: it was read and holds nothing to keep (an automatic answer, say); ``remark`` says why.
    contribution = models.OneToOneField(
        Contribution, on_delete=models.CASCADE, null=True, blank=True, related_name="mail"
    )
    subject = models.CharField(max_length=300, blank=True)
    # What it answers or forwards, folded away on the page.
    quoted = models.TextField(blank=True)
    remark = models.CharField(max_length=300, blank=True)
    read_on = models.DateField()

    objects = IncomingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail that came in")
        verbose_name_plural = _("mails that came in")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "digest"], name="mail_read_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class MailUploadQuerySet(ScopedQuerySet["MailUpload"]):
    """Questions about files of mail."""

    branch_path = "consultation__branch"


class MailUpload(models.Model):
    """Mails that somebody brought as files; the worker reads them one by one."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="mail_uploads"
    )
    state = models.CharField(max_length=7, choices=UploadState.choices, default=UploadState.READING)
    # [{"stored": name on the disk, "name": as its owner called it}]; emptied when it is done.
    files = models.JSONField(default=list)
    # So many mails are in it, and so many of these were looked at.
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    double = models.PositiveIntegerField(default=0)
    aside = models.PositiveIntegerField(default=0)
    # What is no mail: [{"name": of the file, "number": which mail in it, "why": sentence}].
    refused = models.JSONField(default=list)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    uploaded_on = models.DateField()

    objects = MailUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("files of mail")
        verbose_name_plural = _("files of mail")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"#{self.pk}"
