"""Taking in what somebody without an account sends through the public form."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction

from branches.services import place_limits
from consultation.enums import ChannelKind, LetterKind
from consultation.models import Consultation, Contribution
from consultation.services import letters
from consultation.services.receiving import Incoming, receive
from core.suspicion import why_set_aside

LIMITS: Final = place_limits.USUAL
MAILS_A_DAY: Final = 3
"""Confirmations to one address: who types in another's address fills no mailbox."""


class Full(Exception):
    """So much came from one place within the hour that this cannot be people.

    Args:
        again_at: from when on something is taken again (aware).
    """

    def __init__(self, again_at: datetime) -> None:
        super().__init__("full")
        self.again_at = again_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How a form came in.

    Attributes:
        address: of the network, as the web server says; used to count and kept nowhere.
        took: from drawing the form to sending it.
        trap: what stands in the field that people do not see.
        wants_confirmation: mail that it came in.
    """

    address: str
    took: timedelta
    trap: str = ""
    wants_confirmation: bool = False


def take_in(
    *,
    consultation: Consultation,
    incoming: Incoming,
    sending: Sending,
    today: date,
    now: datetime,
) -> Contribution:
    """Take in what was sent; sent twice, also at the same moment, it is there once.

    What looks like the work of a robot is set aside and gets no mail; nobody is told.

    Args:
        consultation: whose form is open.
        incoming: what and who, with the form's ``submission``; ``held`` is decided here.
        sending: how it came.
        today: the product's day.
        now: the machine's moment (aware): limits follow it.

    Raises:
        Full: nothing more is taken from this place this hour.
        Refused: see ``receiving.receive``.
    """
    there = _there(incoming.submission)
    if there is not None:
        return there
    who = f"consultation.form {consultation.pk}"
    room = place_limits.room_for(who=who, address=sending.address, now=now, limits=LIMITS)
    if room is place_limits.Room.FULL:
        raise Full(place_limits.again_at(now=now))
    held = why_set_aside(
        trap=sending.trap,
        took=sending.took,
        texts=_typed(incoming),
        crowded=room is place_limits.Room.CROWDED,
    )
    try:
        with transaction.atomic():
            row = receive(
                consultation=consultation,
                channel=consultation.channels.get(kind=ChannelKind.FORM),
                incoming=replace(incoming, held=held),
                today=today,
            )
            if sending.wants_confirmation and not held:
                _confirm(row, today=today, now=now)
            place_limits.count(who=who, address=sending.address, now=now)
    except IntegrityError:
        # The same form came in beside this one, a moment earlier.
        there = _there(incoming.submission)
        if there is None:
            raise
        return there
    return row


def _there(submission: uuid.UUID | None) -> Contribution | None:
    return Contribution.objects.filter(submission=submission).first() if submission else None


def _typed(incoming: Incoming) -> tuple[str, ...]:
    person = incoming.person
    return (incoming.text, incoming.neighbourhood, person.name, person.organisation)


def _confirm(row: Contribution, *, today: date, now: datetime) -> None:
    person = row.contributor
    if person is None or not person.email:
        return
    if place_limits.may_mail(
        who="consultation.letters", email=person.email, now=now, most=MAILS_A_DAY
    ):
        letters.write(contributor=person, kind=LetterKind.RECEIVED, contribution=row, today=today)
