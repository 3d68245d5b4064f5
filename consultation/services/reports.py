"""Sending the report of a gathering to who left an address, and making it public (R91)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from consultation.enums import LetterKind, LetterState
from consultation.models import Contributor, Gathering, Letter, Participant
from consultation.services.letters import write
from core.concurrency import claim_revision
from core.refusal import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressees:
    """Who gets the report.

    Attributes:
        to_send: who left an address and has not got it, each address once.
        had: how many got it, or have it on its way.
        refused: how many addresses do not work.
        without: how many participants left no address.
    """

    to_send: list[Contributor]
    had: int
    refused: int
    without: int


def addressees(gathering: Gathering) -> Addressees:
    """Return who gets the report of a gathering, in a constant number of queries."""
    people = list(
        Contributor.objects.filter(participants__gathering=gathering).distinct().order_by("pk")
    )
    written = set(
        Letter.objects.filter(gathering=gathering, kind=LetterKind.REPORT).values_list(
            "contributor", flat=True
        )
    )
    # The same address may have been left at two tables.
    had = {_address(one) for one in people if one.pk in written}
    to_send: dict[str, Contributor] = {}
    refused: set[str] = set()
    for one in people:
        address = _address(one)
        if not address or address in had:
            continue
        if one.address_refused_on is not None:
            refused.add(address)
        else:
            to_send.setdefault(address, one)
    participants = Participant.objects.filter(gathering=gathering)
    return Addressees(
        to_send=list(to_send.values()),
        had=len(had - {""}),
        refused=len(refused - to_send.keys()),
        without=participants.filter(contributor=None).count(),
    )


@transaction.atomic
def send(*, gathering: Gathering, revision: int, by: User, today: date) -> int:
    """Let everybody who left an address have the report; sent again, only who is new gets it.

    Who leaves an address from now on gets it at once (``send_to_late``).

    Returns:
        How many mails are on their way.

    Raises:
        Stale: somebody else sent or changed it just now.
        Refused: there is nothing to report yet.
    """
    claim_revision(gathering, expected=revision, yours={})
    if not gathering.sessions.exists():
        raise Refused(_("There is no session in this gathering yet, so there is nothing to tell."))
    found = addressees(gathering)
    for person in found.to_send:
        write(contributor=person, kind=LetterKind.REPORT, gathering=gathering, today=today)
    gathering.report_sent_on = today
    gathering.save(update_fields=["report_sent_on"])
    audit.record(
        verb="gathering.report_sent",
        by=by,
        branch=gathering.consultation.branch,
        today=today,
        subject=gathering,
        title=gathering.meeting.title,
        count=len(found.to_send),
    )
    return len(found.to_send)


def send_to_late(*, contributor: Contributor, gathering: Gathering, today: date) -> None:
    """Let somebody who leaves an address after the report was sent have it at once.

    In the caller's transaction. Another address than one that did not work gets it anew.
    """
    if gathering.report_sent_on is None:
        return
    Letter.objects.filter(
        contributor=contributor,
        gathering=gathering,
        kind=LetterKind.REPORT,
        state=LetterState.REFUSED,
    ).delete()
    same = Letter.objects.filter(
        gathering=gathering,
        kind=LetterKind.REPORT,
        contributor__email__iexact=contributor.email,
    )
    if not same.exists():
        write(contributor=contributor, kind=LetterKind.REPORT, gathering=gathering, today=today)


@transaction.atomic
def set_public(
    *, gathering: Gathering, public: bool, revision: int, by: User, today: date
) -> Gathering:
    """Let everybody with the address read the report, or no longer.

    Who got it by mail keeps reading it. Said again the same, nothing happens.

    Raises:
        Stale: somebody else changed the gathering just now.
    """
    if public == (gathering.report_public_since is not None):
        return gathering
    claim_revision(gathering, expected=revision, yours={})
    gathering.report_public_since = today if public else None
    gathering.save(update_fields=["report_public_since"])
    audit.record(
        verb="gathering.report_published" if public else "gathering.report_withdrawn",
        by=by,
        branch=gathering.consultation.branch,
        today=today,
        subject=gathering,
        title=gathering.meeting.title,
    )
    return gathering


def _address(contributor: Contributor) -> str:
    return contributor.email.strip().casefold()
