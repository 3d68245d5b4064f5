"""The post of a demonstration: every mail is kept on a page, and nothing leaves the machine."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage as MimeMessage
from email.message import Message
from email.policy import default

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from core import clock
from demo.models import DemoMail

# PostgreSQL cannot hold it, and no mail program shows it.
_NUL = "\x00"


class MailboxBackend(BaseEmailBackend):
    """Django's way to send mail, in a demonstration: into a table, as it would have been sent."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep each message; return how many.

        Raises:
            BadHeaderError: a header holds a line break, unless ``fail_silently``.
        """
        kept = 0
        for message in email_messages:
            if not message.recipients():
                continue
            try:
                with transaction.atomic():
                    _kept(message).save()
            except ValueError:
                if not self.fail_silently:
                    raise
            else:
                kept += 1
        return kept


def _kept(message: EmailMessage) -> DemoMail:
    mime: Message = message.message()
    raw = mime.as_bytes()
    received = _received(raw)
    parts = _texts(received)
    return DemoMail(
        # As it is read: in the raw header a name may be written in code.
        sender=_storable(str(received["From"] or message.from_email)),
        recipients=_storable(", ".join(message.recipients())),
        subject=_storable(str(message.subject)),
        text=_storable(parts.get("text/plain", "")),
        html=_storable(parts.get("text/html", "")),
        headers=[[name, _storable(str(value))] for name, value in mime.items()],
        raw=raw,
        day=clock.today(),
    )


def _received(raw: bytes) -> MimeMessage:
    """Return the message as a receiving program would read it."""
    import email  # noqa: PLC0415 - the standard library's reader, in the one place it is used

    return email.message_from_bytes(raw, _class=MimeMessage, policy=default)


def _texts(received: MimeMessage) -> dict[str, str]:
    """Return the first text of each type."""
    found: dict[str, str] = {}
    for part in received.walk():
        kind = part.get_content_type()
        if kind.startswith("text/") and kind not in found and not part.is_attachment():
            found[kind] = str(part.get_content())
    return found


def _storable(text: str) -> str:
    """Take out what a database column cannot hold: NUL and halves of surrogate pairs."""
    return text.replace(_NUL, "").encode("utf-8", "replace").decode("utf-8")
