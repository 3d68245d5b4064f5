"""Organisations, companies and people whom a branch asks for input (R7, R13, R24)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from consultation.enums import ChannelKind, PersonRole, StakeholderAnswer, StakeholderKind
from consultation.models import Consultation, Contribution, Stakeholder, Theme
from consultation.services import channels, progress
from consultation.services.receiving import NOBODY, Incoming, Person, receive
from core.concurrency import claim_revision
from core.refusal import Refused

MOST = 1_000
"""No committee talks to more than this; a program that adds them stops here."""

_ROLES = {
    StakeholderKind.ORGANISATION: PersonRole.ORGANISATION,
    StakeholderKind.INTEREST_GROUP: PersonRole.ORGANISATION,
    StakeholderKind.COMPANY: PersonRole.ENTREPRENEUR,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Whom we ask, why, who does it, and what they said.

    Attributes:
        kind: what they are.
        name: of the organisation or person.
        answer: how far the talk is.
        reason: what they know that we do not (R7).
        theme: what they know most about, of the same consultation.
        contact_name: whom to ask for.
        contact_email: of that person.
        contact_phone: of that person.
        asked_by: who of the branch asks.
        note: for each other.
    """

    kind: StakeholderKind
    name: str
    answer: StakeholderAnswer = StakeholderAnswer.TO_ASK
    reason: str = ""
    theme: Theme | None = None
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    asked_by: User | None = None
    note: str = ""


@transaction.atomic
def add_stakeholder(
    *, consultation: Consultation, details: Details, by: User, today: date
) -> Stakeholder:
    """Put somebody on the list of whom to ask. The history names no outsider.

    Raises:
        Refused: this name is on the list already (sent twice), or the list is very long.
    """
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    _check(consultation, details)
    rows = Stakeholder.objects.filter(consultation=consultation)
    if rows.count() >= MOST:
        raise Refused(_("There are a great many on the list. Change one that is there."))
    row = Stakeholder(consultation=consultation, **_fields(details))
    row.asked_on = None if row.answer == StakeholderAnswer.TO_ASK else today
    row.save()
    _record("stakeholder.added", row, by=by, today=today)
    return row


@transaction.atomic
def change_stakeholder(
    *, stakeholder: Stakeholder, details: Details, revision: int, by: User, today: date
) -> Stakeholder:
    """Change what is known of them, above all the answer.

    Raises:
        Stale: somebody else saved it meanwhile.
        Refused: another one on the list has this name.
    """
    values = _fields(details)
    claim_revision(stakeholder, expected=revision, yours=values)
    _check(stakeholder.consultation, details, but=stakeholder)
    for name, value in values.items():
        setattr(stakeholder, name, value)
    _date_of_asking(stakeholder, today)
    stakeholder.save(update_fields=[*values, "asked_on"])
    _record("stakeholder.changed", stakeholder, by=by, today=today)
    return stakeholder


@transaction.atomic
def remove_stakeholder(*, stakeholder: Stakeholder, by: User, today: date) -> None:
    """Take somebody off the list who stands there by mistake, or does not want to.

    Raises:
        Refused: something of theirs came in.
    """
    if stakeholder.contributions.exists():
        raise Refused(
            _(
                "Something of theirs came in, so they stay on the list. You can empty the name, "
                "address and phone number of whom to ask for."
            )
        )
    _record("stakeholder.removed", stakeholder, by=by, today=today)
    stakeholder.delete()


@transaction.atomic
def add_contribution(
    *,
    stakeholder: Stakeholder,
    text: str,
    theme: Theme | None,
    received_on: date | None,
    wants_answer: bool,
    consent: str,
    submission: uuid.UUID | None,
    by: User,
    today: date,
) -> Contribution:
    """Take in what they said, through the channel "talk with an organisation".

    The channel is opened, or made, when it is not there; and who brings something in takes part.

    Args:
        stakeholder: who.
        text: what they said.
        theme: of the same consultation; None: not known yet.
        received_on: the day of the talk; None: today.
        wants_answer: whether the person we spoke with hears what becomes of it; asks for an
            address.
        consent: what that person agreed with, in one sentence.
        submission: of the form: sent twice, it is one.
        by: who types it in.
        today: the day.

    Raises:
        Refused: see ``receiving.receive``; or there is no address to answer to.
    """
    if wants_answer and not stakeholder.contact_email:
        raise Refused(_("There is no address to answer to. Fill that in first."))
    consultation = stakeholder.consultation
    channel = channels.ready(
        consultation=consultation, kind=ChannelKind.ORGANISATION, by=by, today=today
    )
    row = receive(
        consultation=consultation,
        channel=channel,
        incoming=Incoming(
            text=text,
            theme=theme,
            role=_ROLES.get(StakeholderKind(stakeholder.kind), ""),
            # A name and address go along only for an answer: they stand with the organisation.
            person=Person(
                name=stakeholder.contact_name,
                email=stakeholder.contact_email,
                organisation=stakeholder.name,
                wants_answer=True,
                consent=consent,
            )
            if wants_answer
            else NOBODY,
            received_on=received_on,
            submission=submission,
            stakeholder=stakeholder,
        ),
        by=by,
        today=today,
    )
    if stakeholder.answer != StakeholderAnswer.YES:
        stakeholder.answer = StakeholderAnswer.YES
        _date_of_asking(stakeholder, today)
        stakeholder.save(update_fields=["answer", "asked_on"])
    return row


def _check(consultation: Consultation, details: Details, but: Stakeholder | None = None) -> None:
    rows = Stakeholder.objects.filter(consultation=consultation, name__iexact=details.name)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    if rows.exists():
        raise Refused(
            _("%(name)s is on the list already. Change what is said there.")
            % {"name": details.name}
        )
    if details.theme is not None and details.theme.consultation_id != consultation.pk:
        raise Refused(_("That belongs to another branch. Choose from the list."))


def _date_of_asking(stakeholder: Stakeholder, today: date) -> None:
    if stakeholder.answer == StakeholderAnswer.TO_ASK:
        stakeholder.asked_on = None
    else:
        stakeholder.asked_on = stakeholder.asked_on or today


def _fields(details: Details) -> dict[str, object]:
    """Return the fields as they are (``asdict`` would copy the person who asks)."""
    return {name: getattr(details, name) for name in Details.__dataclass_fields__}


def _record(verb: str, stakeholder: Stakeholder, *, by: User, today: date) -> None:
    # No name: one on the list may be a person, and the history is never erased.
    audit.record(
        verb=verb,
        by=by,
        branch=stakeholder.consultation.branch,
        today=today,
        subject=stakeholder,
    )
    progress.report(consultation=stakeholder.consultation, today=today)
