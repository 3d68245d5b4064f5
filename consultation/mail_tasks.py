"""What the worker does with mail (see the setting ``JOB_HANDLERS``)."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from consultation.models import Mailbox
from consultation.rules.mail_servers import is_due
from consultation.services import mail_reading, mail_uploads
from consultation.services.mailboxes import look_soon, put_look, waiting
from core import clock
from jobs.services import outside_transaction


def mailboxes() -> None:
    """Have each mailbox looked into that is due; each in its own time."""
    now = timezone.now()
    rows = Mailbox.objects.filter(
        active=True, consultation__erased_on=None, consultation__branch__closed_on=None
    ).only("pk", "read_at", "error_since")
    wait = waiting()
    for row in rows:
        due = is_due(now=now, read_at=row.read_at, error_since=row.error_since)
        if due and row.pk not in wait:
            put_look(row, now=now)


@outside_transaction
def mailbox(*, mailbox_id: int) -> None:
    """Look into one mailbox; when there is more than fits, go on with it."""
    if mail_reading.look(mailbox_id=mailbox_id, now=timezone.now(), today=clock.today()):
        with transaction.atomic():
            row = Mailbox.objects.filter(pk=mailbox_id).first()
            if row is not None:
                look_soon(row, now=timezone.now())


@outside_transaction
def mail_files(*, upload_id: int) -> None:
    """Read files of mail that somebody brought."""
    mail_uploads.read(upload_id=upload_id, now=timezone.now(), today=clock.today())
