"""Letting go of names when their day has come; nobody has to think of it (GDPR art. 5).

What was promised at the form happens by itself: on the day that stands with a person, name,
address, consent and files go. What they said stays without a name, scrubbed of addresses and phone
numbers, for it is what the programme was made of.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F

from branches import audit
from branches.models import Branch
from consultation.enums import ListState, StakeholderKind
from consultation.models import (
    Consultation,
    Contribution,
    Contributor,
    IncomingMail,
    ListImport,
    Mailbox,
    MailUpload,
    Participant,
    Session,
    Stakeholder,
)
from consultation.rules.retention import KEPT_AFTER_POLLING_DAY
from consultation.rules.scrubbing import scrubbed
from consultation.rules.words import stems
from consultation.services import letters
from consultation.services.erasing import brought_by, drop_files

CHUNK: Final = 500
PREVIEW_KEPT: Final = timedelta(days=30)
"""A list that nobody takes over is thrown away: its rows name people."""

HELD_KEPT: Final = timedelta(days=90)
"""What the form set aside and nobody let through."""

NAME_REMOVED: Final = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetGo:
    """What a run let go of: people, and collections of input whose time was over altogether."""

    people: int
    consultations: int


def let_go(*, today: date, seconds: float = 60) -> LetGo:
    """Let go of everybody whose day has come, in steps that each hold the database shortly.

    Done twice, or stopped halfway, it goes on where it was. What is not reached within the time is
    reached by the next run.

    Args:
        today: the product's day; who may be kept until today goes today.
        seconds: after so long no other step is begun.
    """
    began = time.monotonic()
    people = 0
    while time.monotonic() - began < seconds:
        step = _people(today)
        people += step
        if step < CHUNK:
            break
    _leftovers(today)
    return LetGo(people=people, consultations=_consultations(today))


@transaction.atomic
def _people(today: date) -> int:
    due = list(
        Contributor.objects.filter(delete_on__lte=today)
        .order_by("delete_on", "id")
        .values_list("pk", "consultation__branch", named=False)[:CHUNK]
    )
    if not due:
        return 0
    ids = [pk for pk, _branch in due]
    # Nobody begins a mail to them from here on.
    letters.lock(Contributor.objects.filter(pk__in=ids))
    rows = list(brought_by(ids).only("id", "text"))
    changed = []
    for row in rows:
        text = scrubbed(row.text)
        if text != row.text:
            row.text, row.stems = text, stems(text)
            changed.append(row)
    Contribution.objects.bulk_update(changed, ["text", "stems"])
    drop_files([row.pk for row in rows])
    Contributor.objects.filter(pk__in=ids).delete()
    counts: dict[int, int] = {}
    for _pk, branch in due:
        counts[branch] = counts.get(branch, 0) + 1
    branches = Branch.objects.in_bulk(counts)
    audit.record_many(
        audit.entry(
            verb="input.names_let_go",
            by=None,
            branch=branches[pk],
            today=today,
            count=count,
        )
        for pk, count in counts.items()
    )
    return len(due)


@transaction.atomic
def _leftovers(today: date) -> None:
    """Throw away what nobody came back for."""
    ListImport.objects.filter(
        state=ListState.PREVIEW, uploaded_on__lt=today - PREVIEW_KEPT
    ).delete()
    # The names of files may name people.
    MailUpload.objects.filter(uploaded_on__lt=today - PREVIEW_KEPT).delete()
    held = Contribution.objects.filter(received_on__lt=today - HELD_KEPT).exclude(held="")
    people = list(held.exclude(contributor=None).values_list("contributor", flat=True))
    held.delete()
    Contributor.objects.filter(pk__in=people, contributions=None).delete()


def _consultations(today: date) -> int:
    """Let go of what else names people: contacts, the mailbox, phones of sessions."""
    over = Consultation.objects.filter(
        erased_on=None,
        timeline__election__polling_day__lte=today - KEPT_AFTER_POLLING_DAY,
    ).select_related("branch")[:CHUNK]
    count = 0
    for consultation in over:
        with transaction.atomic():
            contacts = Stakeholder.objects.filter(consultation=consultation)
            contacts.filter(kind=StakeholderKind.PERSON).update(name=NAME_REMOVED)
            contacts.update(contact_name="", contact_email="", contact_phone="", note="")
            Mailbox.objects.filter(consultation=consultation).delete()
            IncomingMail.objects.filter(consultation=consultation).update(subject="", quoted="")
            Session.objects.filter(gathering__consultation=consultation).update(
                code=None, changes=F("changes") + 1
            )
            Participant.objects.filter(gathering__consultation=consultation).update(token_hash=None)
            Consultation.objects.filter(pk=consultation.pk).update(
                erased_on=today, form_open_since=None
            )
            audit.record(
                verb="input.time_over",
                by=None,
                branch=consultation.branch,
                today=today,
                subject=consultation,
            )
        count += 1
    return count
