"""How a house of the matrix brings something in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from consultation.enums import (
    PersonRole,
)
from consultation.models import (
    Channel,
    Consultation,
    Contribution,
    Theme,
)
from consultation.services.receiving import Incoming, Person, receive
from consultation.services.starting import nature_of

if TYPE_CHECKING:
    from tests.integration.access.house import Words

STARTED = date(2021, 9, 6)


def channel_of(consultation: Consultation, kind: str, **fields: str) -> Channel:
    row, _created = Channel.objects.update_or_create(
        consultation=consultation,
        kind=kind,
        defaults={"nature": nature_of(kind), "opened_on": STARTED, **fields},
    )
    return row


def person_of(words: Words, who: str) -> Person:
    return Person(
        name=words.say(f"naam van {who}"),
        email=words.mail(who),
        organisation=words.say(f"club van {who}"),
        wants_answer=True,
        consent="Ja, bewaar mijn gegevens.",
    )


def bring(channel: Channel, text: str, theme: Theme, **fields: object) -> Contribution:
    incoming = Incoming(text=text, theme=theme, role=PersonRole.RESIDENT, **fields)  # type: ignore[arg-type]
    return receive(
        consultation=channel.consultation, channel=channel, incoming=incoming, today=STARTED
    )
