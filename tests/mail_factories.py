"""Real rows for tests of mails: a reader, and reminders as planning writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email.message import EmailMessage as Mime
from email.parser import BytesParser
from email.policy import default
from typing import cast

from django.core.mail import EmailMessage, EmailMultiAlternatives

from branches.models import Branch, User
from notifications.mails import message_for
from notifications.models import Delivery, Reminder
from notifications.rules.catalogue import BY_KEY
from tests.clock import FIRST_DAY

MOMENT = datetime(2021, 10, 4, 6, 0, tzinfo=UTC)


def reminder(
    to: User,
    rule: str,
    about: int,
    *,
    branch: Branch | None = None,
    due_on: date = FIRST_DAY,
    version: int = 0,
) -> Reminder:
    """Write one waiting reminder."""
    return Reminder.objects.create(
        recipient=to,
        branch=branch,
        rule=rule,
        subject_id=about,
        subject_version=version,
        due_on=due_on,
        planned_at=MOMENT,
    )


def mail_of(*reminders: Reminder, today: date = FIRST_DAY) -> EmailMultiAlternatives | None:
    """Build the mail that tells these reminders of one person."""
    first = reminders[0]
    mail = BY_KEY[first.rule].mail
    delivery, _made = Delivery.objects.get_or_create(
        key=f"{mail}:{first.recipient_id}:{first.pk}:{today}",
        defaults={
            "recipient": first.recipient,
            "mail": mail,
            "day": today,
            "send_after": MOMENT,
            "created_at": MOMENT,
        },
    )
    return message_for(delivery=delivery, reminders=reminders, today=today)


def sent(*reminders: Reminder, today: date = FIRST_DAY) -> EmailMultiAlternatives:
    """Build a mail that has something to say."""
    message = mail_of(*reminders, today=today)
    assert message is not None
    return message


def received(message: EmailMessage) -> Mime:
    """Return a mail as a program reads it after its way over the net."""
    raw = message.message().as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return BytesParser(policy=default).parsebytes(raw)


def shape(part: Mime) -> object:
    """Return the tree of content types: a name, or (name, [parts])."""
    if not part.is_multipart():
        return part.get_content_type()
    return (part.get_content_type(), [shape(cast("Mime", row)) for row in part.iter_parts()])
