"""What only a demonstration keeps: the mails that went out, and who can be stepped into."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from branches.models import Branch


class DemoMail(models.Model):
    """One message as it would have left the machine."""

    sender = models.TextField()
    # Every address of the envelope (to, cc and bcc), separated by commas.
    recipients = models.TextField()
    subject = models.TextField(blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    # [name, value] pairs in the order of the message.
    headers = models.JSONField(default=list)
    raw = models.BinaryField()
    # The product's day (the demonstration may stand elsewhere in time) and the machine's moment.
    day = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("mail of the demonstration")
        verbose_name_plural = _("mails of the demonstration")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.subject


class DemoPersona(models.Model):
    """The invented person behind one of ``demo.personas.PERSONAS``."""

    key = models.SlugField(max_length=30, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # Empty for the national office.
    branch = models.ForeignKey(
        Branch, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("persona")
        verbose_name_plural = _("personas")

    def __str__(self) -> str:
        return self.key
