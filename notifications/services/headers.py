"""The headers that every mail of the outbox has, whoever wrote it."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from core.mail import message_id, one_line
from notifications.models import Delivery

LIST_NAME = "Rode Draad"


def complete(message: EmailMessage, *, delivery: Delivery) -> EmailMessage:
    """Add what belongs to the transport of a mail; return the same message.

    - ``Message-ID`` follows from the delivery's key: a copy after a crash is recognised as one.
    - ``Auto-Submitted`` (RFC 3834): no holiday answers.
    - ``List-Id`` (RFC 2919): mail programs can put these mails in a folder.
    - ``Feedback-ID``: the mailbox providers that report complaints say about which mail.
    - what a provider asks for to leave the Message-ID alone (``MAIL_PROVIDER_HEADERS``).
    """
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    headers = message.extra_headers
    headers["Message-ID"] = message_id(delivery.key)
    headers.setdefault("Auto-Submitted", "auto-generated")
    headers.setdefault("X-Auto-Response-Suppress", "All")
    headers.setdefault("List-Id", f"{LIST_NAME} <{one_line(delivery.mail)}.{host}>")
    headers.setdefault("Feedback-ID", f"{one_line(delivery.mail)}:rodedraad:{host}")
    if "List-Unsubscribe" in headers:
        # RFC 8058: one click, without a page in between.
        headers.setdefault("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
    headers.update(settings.MAIL_PROVIDER_HEADERS)
    return message
