"""A mail that was read becomes a contribution, once; or it is set aside with the reason.

All of it in the caller's transaction, which holds a lock: on the mailbox, or on the file of mail.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from email.utils import parseaddr
from enum import StrEnum
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from consultation import mail_words
from consultation.enums import ChannelKind, LetterKind
from consultation.mailreading.values import Automatic, ReadMail
from consultation.models import Channel, Consultation, Contribution, IncomingMail, Letter
from consultation.models.contribution import LONGEST
from consultation.services import channels, letters, mail_files
from consultation.services.receiving import NOBODY, Incoming, Person, receive
from core.mail import host
from core.refusal import Refused

ANSWERED_WITHIN: Final = timedelta(days=3)
"""Who wrote longer ago is not told "we received it" as if it came in today."""

LONGEST_LINE: Final = 300


class Outcome(StrEnum):
    """What became of a mail."""

    NEW = "new"
    DOUBLE = "double"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail on its way in.

    Attributes:
        raw: its bytes, or the first of them.
        read: what it says; None: nobody can read it.
        received_on: when it came in.
        answer: whether the sender may be told that it was received.
        own_addresses: of the branch and of this program, in lower case: never answered.
    """

    raw: bytes
    read: ReadMail | None
    received_on: date
    answer: bool = False
    own_addresses: frozenset[str] = frozenset()


def keep(*, consultation: Consultation, channel: Channel, mail: Mail, today: date) -> Outcome:
    """Take a mail in, unless it is there.

    Raises:
        OSError: there is no room for what came with it; nothing was kept.
    """
    row, created = IncomingMail.objects.get_or_create(
        consultation=consultation,
        digest=digest(mail),
        defaults={"read_on": today, "subject": mail.read.subject if mail.read else ""},
    )
    if not created:
        return Outcome.DOUBLE
    with mail_words.of_the_house():
        aside = _aside(mail)
        if aside and mail.read:
            row.remark = aside
            row.quoted = "\n\n".join(one for one in (mail.read.text, mail.read.quoted) if one)
            row.save(update_fields=["remark", "quoted"])
            return Outcome.ASIDE
        _take_in(row, channel=channel, mail=mail, today=today)
    return Outcome.NEW


def digest(mail: Mail) -> str:
    """Return what tells a mail that comes again, by whatever way."""
    read = mail.read
    if read is not None and read.message_id:
        said = (read.message_id, read.sender_email, read.date, read.subject)
        content = "\0".join(("id", *said)).encode("utf-8", "replace")
    else:
        content = b"raw\0" + mail.raw.replace(b"\r\n", b"\n").strip()
    return hashlib.sha256(content).hexdigest()


def not_read(*, consultation: Consultation, key: str, today: date) -> None:
    """Leave a note of a mail that stands in the mailbox and could not be taken in."""
    with mail_words.of_the_house():
        IncomingMail.objects.get_or_create(
            consultation=consultation,
            digest=key,
            defaults={"read_on": today, "remark": str(mail_words.NOT_READ)},
        )


@transaction.atomic
def take_after_all(*, row: IncomingMail, by: User, today: date) -> Contribution:
    """Make a contribution of a mail that was set aside: a person saw that somebody wrote it.

    Raises:
        Refused: it is a contribution already, or its text is not here.
    """
    row = IncomingMail.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.contribution_id is not None:
        raise Refused(_("This mail is in the list already."))
    text = row.quoted.strip() or _subject(row.subject)
    if not text:
        raise Refused(_("The text of this mail is not here. Look for it in the mailbox itself."))
    channel = channels.ready(
        consultation=row.consultation, kind=ChannelKind.MAIL, by=by, today=today
    )
    row.contribution = receive(
        consultation=row.consultation,
        channel=channel,
        incoming=Incoming(text=text[:LONGEST], received_on=row.read_on),
        today=today,
    )
    row.quoted = text[LONGEST:]
    row.remark = ""
    row.save(update_fields=["contribution", "quoted", "remark"])
    audit.record(
        verb="mail.taken_in",
        by=by,
        branch=row.consultation.branch,
        today=today,
        subject=row.contribution,
    )
    return row.contribution


def _aside(mail: Mail) -> str:
    """Return why a mail is no contribution; empty: it is one."""
    if mail.read is None:
        return ""
    if mail.read.automatic:
        return str(mail_words.AUTOMATIC[Automatic(mail.read.automatic)])
    return str(mail_words.OWN) if _is_ours(mail.read.message_id) else ""


def _is_ours(message_id: str) -> bool:
    return message_id.strip("<> ").rpartition("@")[2].lower() == host().lower()


def _take_in(row: IncomingMail, *, channel: Channel, mail: Mail, today: date) -> None:
    read = mail.read
    text, whole = _text(read)
    person = _person(read)
    contribution = receive(
        consultation=row.consultation,
        channel=channel,
        incoming=Incoming(text=text, person=person, received_on=mail.received_on),
        today=today,
    )
    row.contribution = contribution
    row.quoted = read.quoted if read else ""
    row.save(update_fields=["contribution", "quoted"])
    with mail_files.gone_with_its_transaction() as written:
        keeper = mail_files.Keeper(contribution=contribution, key=row.digest, written=written)
        if whole:
            keeper.text(f"{mail_words.ALL_TEXT}.txt", whole)
        for one in read.files if read else ():
            keeper.file(one)
        if read is None:
            keeper.mail(mail.raw)
    may_answer = _may_answer(row.consultation, mail, today=today)
    if may_answer and contribution.contributor is not None:
        letters.write(
            contributor=contribution.contributor,
            kind=LetterKind.RECEIVED,
            contribution=contribution,
            today=today,
        )


def _text(read: ReadMail | None) -> tuple[str, str]:
    """Return the text of the contribution, and all of it where that is longer than fits."""
    if read is None:
        return str(mail_words.UNREADABLE), ""
    text = read.text.strip() or _subject(read.subject)
    if not text:
        return str(mail_words.ONLY_FILES if read.files else mail_words.NO_TEXT), ""
    if len(text) <= LONGEST and not read.cut:
        return text, ""
    more = f"\n\n{mail_words.GOES_ON}"
    return text[: LONGEST - len(more)].rstrip() + more, text


def _subject(subject: str) -> str:
    """Return a subject without what mail programs put before it."""
    while (cut := subject.partition(":"))[0].strip().lower() in {"re", "fw", "fwd", "antw", "betr"}:
        subject = cut[2].strip()
    return subject.strip()


def _person(read: ReadMail | None) -> Person:
    if read is None:
        return NOBODY
    address = read.sender_email
    with suppress(ValidationError):
        validate_email(address)
        return Person(name=read.sender_name, email=address, wants_answer=True)
    return Person(name=read.sender_name)


def _may_answer(consultation: Consultation, mail: Mail, *, today: date) -> bool:
    """Tell whether "we received it" is sent: never to a list, to ourselves, or twice a day."""
    read = mail.read
    if read is None or not mail.answer or read.no_answer:
        return False
    if today - mail.received_on > ANSWERED_WITHIN:
        return False
    if read.sender_email in mail.own_addresses | _ours() or any(map(_is_ours, read.answers)):
        return False
    return not Letter.objects.filter(
        kind=LetterKind.RECEIVED,
        contributor__consultation=consultation,
        contributor__email=read.sender_email,
        written_on=today,
    ).exists()


def _ours() -> frozenset[str]:
    named = (settings.DEFAULT_FROM_EMAIL, settings.BOUNCE_ADDRESS)
    return frozenset(parseaddr(one)[1].lower() for one in named if one)
