"""Who takes part in a gathering (R80): by a code on a phone, or written down by the reporter."""

from __future__ import annotations

import hashlib
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from consultation.models import Contributor, Gathering, Participant, Session
from consultation.rules.retention import deletion_day
from consultation.services.reports import send_to_late
from consultation.services.sessions import note_change
from core.refusal import Refused

MOST_IN_A_SESSION = 500
"""More phones than fit in any hall; beyond it somebody is playing."""

MOST_WRITTEN_DOWN = 200
"""People that the reporter adds at once."""


def digest(token: str) -> str:
    """Return what is stored of the sign that a phone keeps."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


@transaction.atomic
def join(
    *, session: Session, token: str, role: str, is_member: bool | None, today: date
) -> Participant:
    """Let somebody take part; the same token a second time is the same person.

    Args:
        session: that can be joined: it has a code.
        token: the sign that the phone keeps; only its digest is stored.
        role: a value of ``PersonRole``.
        is_member: of the party; None when not said.
        today: the day.

    Raises:
        Refused: it closed in the meantime, or is full.
    """
    # One after the other: numbers follow each other, and the last place is given once.
    Gathering.objects.select_for_update().get(pk=session.gathering_id)
    there = Participant.objects.filter(token_hash=digest(token)).order_by("pk").first()
    if there is not None:
        return there
    if not Session.objects.filter(pk=session.pk, code__isnull=False).exists():
        raise Refused(_("This session is closed. Thank you for wanting to take part."))
    if session.participants.count() >= MOST_IN_A_SESSION:
        raise Refused(
            _("This session is full: %(count)s people take part. Ask the leader what you can do.")
            % {"count": MOST_IN_A_SESSION}
        )
    row = Participant.objects.create(
        gathering_id=session.gathering_id,
        session=session,
        number=_last_number(session.gathering_id) + 1,
        role=role,
        is_member=is_member,
        token_hash=digest(token),
        joined_on=today,
    )
    note_change(session.pk)
    return row


@transaction.atomic
def write_down(
    *,
    gathering: Gathering,
    role: str,
    is_member: bool | None,
    count: int,
    by: User,
    today: date,
) -> None:
    """Add people who were there without a phone, by role.

    Raises:
        Refused: none, or more than anybody counts at once.
    """
    if not 1 <= count <= MOST_WRITTEN_DOWN:
        raise Refused(_("Add between 1 and %(most)s people at once.") % {"most": MOST_WRITTEN_DOWN})
    Gathering.objects.select_for_update().get(pk=gathering.pk)
    first = _last_number(gathering.pk) + 1
    Participant.objects.bulk_create(
        Participant(
            gathering=gathering,
            number=number,
            role=role,
            is_member=is_member,
            joined_on=today,
        )
        for number in range(first, first + count)
    )
    audit.record(
        verb="gathering.people_added",
        by=by,
        branch=gathering.consultation.branch,
        today=today,
        subject=gathering,
        title=gathering.meeting.title,
        count=count,
    )


@transaction.atomic
def leave_address(
    *,
    participant: Participant,
    name: str,
    email: str,
    consent: str,
    language: str,
    today: date,
) -> Contributor:
    """Keep where a participant wants the report sent (R91); left again, the last one counts.

    When the report was sent already, it is sent to this address at once.

    Args:
        participant: who, known by the phone.
        name: may be empty.
        email: a bare address.
        consent: the sentence that was agreed with, as it was read.
        language: ``nl`` or ``en``.
        today: the day.
    """
    consultation = participant.gathering.consultation
    Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    row = participant.contributor or Contributor(consultation=consultation)
    row.name, row.email, row.language = name, email, language
    row.consent, row.consented_on = consent, today
    row.address_refused_on = None
    row.delete_on = deletion_day(
        polling_day=consultation.timeline.election.polling_day, today=today
    )
    row.save()
    Participant.objects.filter(pk=participant.pk).update(contributor=row)
    participant.contributor = row
    send_to_late(contributor=row, gathering=participant.gathering, today=today)
    return row


def _last_number(gathering_id: int) -> int:
    found = Participant.objects.filter(gathering_id=gathering_id).aggregate(last=Max("number"))
    return int(found["last"] or 0)
