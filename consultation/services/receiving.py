"""The one way in: whatever the channel, what was brought in becomes a contribution here."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from consultation.enums import Held
from consultation.models import (
    Channel,
    Consultation,
    Contribution,
    Contributor,
    ListImport,
    Stakeholder,
    Theme,
)
from consultation.models.contribution import LONGEST
from consultation.rules.retention import deletion_day
from consultation.rules.words import stems
from consultation.services import progress
from core.refusal import Refused

BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who brought it in, as far as they said.

    Attributes:
        name: as they wrote it.
        email: a bare address.
        organisation: for whom they speak.
        language: ``nl`` or ``en``.
        wants_answer: whether to mail what became of it; asks for ``email``.
        consent: the sentence that they agreed with, as they read it; empty: no sentence was shown.
    """

    name: str = ""
    email: str = ""
    organisation: str = ""
    language: str = "nl"
    wants_answer: bool = False
    consent: str = ""

    @property
    def is_known(self) -> bool:
        """Tell whether there is anything to keep."""
        return bool(self.name or self.email or self.organisation)


NOBODY = Person()


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One thing that was brought in; texts are clean (``core.characters.clean``).

    Attributes:
        text: what it says, at most ``LONGEST`` characters.
        theme: of the same consultation.
        role: a value of ``PersonRole``.
        is_member: of the party; None when not said.
        neighbourhood: as they wrote it.
        person: who.
        received_on: when it really came in, if not today.
        held: why it is set aside, a value of ``Held``.
        submission: of its form; the same one a second time is the same contribution.
        stakeholder: the organisation whose talk it was.
        counts: False for what gathers others and is no thing of its own.
    """

    text: str
    theme: Theme | None = None
    role: str = ""
    is_member: bool | None = None
    neighbourhood: str = ""
    person: Person = NOBODY
    received_on: date | None = None
    held: str = Held.NOT_HELD.value
    submission: uuid.UUID | None = None
    stakeholder: Stakeholder | None = None
    counts: bool = True


@transaction.atomic
def receive(
    *,
    consultation: Consultation,
    channel: Channel,
    incoming: Incoming,
    today: date,
    by: User | None = None,
    closes_on: date | None = None,
    report: bool = True,
) -> Contribution:
    """Take one thing in; sent twice with one ``submission``, it is there once.

    What somebody of the branch types in for another leaves a row in the history. What came from
    outside leaves none: it is its own record, with its channel and day.

    Args:
        consultation: of the branch that was addressed.
        channel: by which it came, of the same consultation.
        incoming: what and who.
        today: the day.
        by: who typed it in; None: it came by itself.
        closes_on: another closing day than the consultation's (a gathering's).
        report: tell the milestones at once; who takes in many tells them afterwards.

    Raises:
        Refused: empty, too long, or a theme or channel of somebody else.
    """
    if incoming.submission is not None:
        there = Contribution.objects.filter(submission=incoming.submission).first()
        if there is not None:
            return there
    _check(consultation, channel, incoming)
    row = _row(consultation, channel, incoming, by=by, today=today, closes_on=closes_on)
    if incoming.person.is_known:
        row.contributor = _contributor(consultation, incoming.person, today=today)
        row.contributor.save()
    row.save()
    if by is not None:
        audit.record(
            verb="contribution.typed_in",
            by=by,
            branch=consultation.branch,
            today=today,
            subject=row,
            channel=str(channel.name or channel.kind),
        )
    if report:
        progress.report(consultation=consultation, today=today)
    return row


@transaction.atomic
def receive_many(
    *,
    consultation: Consultation,
    channel: Channel,
    incoming: Sequence[Incoming],
    today: date,
    by: User | None,
    list_import: ListImport | None = None,
) -> list[Contribution]:
    """Take many things in at once, in a number of queries that does not grow with them one by one.

    The caller writes the row in the history: it knows what the many are.

    Raises:
        Refused: see ``receive``; then nothing was taken in.
    """
    for one in incoming:
        _check(consultation, channel, one)
    rows = [_row(consultation, channel, one, by=by, today=today) for one in incoming]
    people = [
        (row, _contributor(consultation, one.person, today=today))
        for row, one in zip(rows, incoming, strict=True)
        if one.person.is_known
    ]
    Contributor.objects.bulk_create([person for _row_of, person in people], batch_size=BATCH)
    for row, person in people:
        row.contributor = person
    for row in rows:
        row.list_import = list_import
    Contribution.objects.bulk_create(rows, batch_size=BATCH)
    progress.report(consultation=consultation, today=today)
    return rows


def _check(consultation: Consultation, channel: Channel, incoming: Incoming) -> None:
    if not incoming.text.strip():
        raise Refused(_("There is nothing in it yet. Write what you want to say."))
    if len(incoming.text) > LONGEST:
        raise Refused(
            _("This is too long: %(length)s characters, where %(limit)s fit. Shorten it a little.")
            % {"length": len(incoming.text), "limit": LONGEST}
        )
    belong: Iterable[int | None] = (
        channel.consultation_id,
        incoming.theme.consultation_id if incoming.theme else consultation.pk,
        incoming.stakeholder.consultation_id if incoming.stakeholder else consultation.pk,
    )
    if any(pk != consultation.pk for pk in belong):
        raise Refused(_("That belongs to another branch. Choose from the list."))


def _row(
    consultation: Consultation,
    channel: Channel,
    incoming: Incoming,
    *,
    by: User | None,
    today: date,
    closes_on: date | None = None,
) -> Contribution:
    received = incoming.received_on or today
    closing = closes_on or consultation.closes_on
    return Contribution(
        consultation=consultation,
        channel=channel,
        theme=incoming.theme,
        text=incoming.text,
        stems=stems(incoming.text),
        role=incoming.role,
        is_member=incoming.is_member,
        neighbourhood=incoming.neighbourhood,
        stakeholder=incoming.stakeholder,
        received_on=received,
        late=closing is not None and received > closing,
        entered_by=by,
        held=incoming.held,
        counts=incoming.counts,
        sources=1 if incoming.counts else 0,
        submission=incoming.submission,
    )


def _contributor(consultation: Consultation, person: Person, *, today: date) -> Contributor:
    polling_day = consultation.timeline.election.polling_day
    return Contributor(
        consultation=consultation,
        name=person.name,
        email=person.email,
        organisation=person.organisation,
        language=person.language,
        wants_answer=person.wants_answer and bool(person.email),
        consent=person.consent,
        consented_on=today if person.consent else None,
        delete_on=deletion_day(polling_day=polling_day, today=today),
    )
