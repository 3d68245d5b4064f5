"""What came in by mail, in numbers, and what was set aside."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from consultation.models import Consultation, IncomingMail, Mailbox, MailUpload
from consultation.models.mailbox import IncomingMailQuerySet

NOTE: str = "uid:"
"""How the digest of a mail begins that could not be taken in and is still in the mailbox."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many mails were taken in, set aside, and could not be read."""

    taken: int
    aside: int
    not_read: int


def counts(consultation: Consultation) -> Counts:
    """Return these numbers, in one query."""
    note = Q(digest__startswith=NOTE, contribution=None)
    found = IncomingMail.objects.filter(consultation=consultation).aggregate(
        taken=Count("pk", filter=~Q(contribution=None)),
        aside=Count("pk", filter=Q(contribution=None) & ~Q(digest__startswith=NOTE)),
        not_read=Count("pk", filter=note),
    )
    return Counts(**found)


def trouble(consultation: Consultation) -> str:
    """Return why the mailbox cannot be read, in words; empty: it can, or there is none."""
    rows = Mailbox.objects.filter(consultation=consultation, active=True)
    return rows.values_list("error", flat=True).first() or ""


def set_aside(consultation: Consultation) -> IncomingMailQuerySet:
    """Return the mails that are no contributions, the latest first."""
    return IncomingMail.objects.filter(consultation=consultation, contribution=None).order_by("-pk")


def brought(consultation: Consultation, *, most: int) -> list[MailUpload]:
    """Return the latest files of mail."""
    rows = MailUpload.objects.filter(consultation=consultation)
    return list(rows.select_related("uploaded_by").defer("files", "refused")[:most])
