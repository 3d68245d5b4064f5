"""Reading mails that a test caught."""

from __future__ import annotations

from django.core.mail import EmailMessage, EmailMultiAlternatives


def html_of(message: EmailMessage) -> str:
    """Return the HTML part."""
    assert isinstance(message, EmailMultiAlternatives)
    return str(message.alternatives[0][0])
