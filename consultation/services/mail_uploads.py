"""Files of mail that somebody brings: kept, and read one mail after the other by the worker."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import IO, Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from consultation import mail_words
from consultation.enums import ChannelKind, UploadState
from consultation.mailreading.safely import LARGEST, Unreadable, read_safely
from consultation.mailreading.values import ReadMail
from consultation.models import Channel, Consultation, MailUpload
from consultation.rules.mail_files import is_mail, is_outlook, mails
from consultation.services import channels
from consultation.services import mails as keeping
from core.refusal import Refused
from core.uploads import UploadRefused, shown_name
from jobs import services as jobs

LARGEST_FILE: Final = 50 * 1024 * 1024
MOST_MAILS: Final = 5_000
MOST_REFUSED: Final = 50
"""So many mails that are none are named; the others are counted."""

_FOLDER: Final = "input/mail/"
_HERE: Final = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True, slots=True)
class _Place:
    """One mail of a sending: its bytes, the name of its file, and which it is in there."""

    raw: bytes
    name: str
    number: int


def bring(
    *,
    consultation: Consultation,
    files: Sequence[File[Any]],
    by: User,
    today: date,
    now: datetime,
) -> MailUpload:
    """Keep files of mail and have the worker read them.

    Raises:
        Refused: there is none, one is too large, or there are too many mails in them.
        OSError: there is no room for them.
    """
    if not files:
        raise Refused(_("Choose at least one file first."))
    if any((one.size or 0) > LARGEST_FILE for one in files):
        raise Refused(_("A file is larger than 50 MB. Export fewer mails at once."))
    total = sum(1 for one in files for _raw in islice(_mails_of(one), MOST_MAILS + 1))
    if total > MOST_MAILS:
        raise Refused(
            _("There are more than %(most)s mails in it. Export fewer at once.")
            % {"most": MOST_MAILS}
        )
    stored: list[dict[str, str]] = []
    try:
        for one in files:
            one.seek(0)
            name = default_storage.save(f"{_FOLDER}{uuid.uuid4().hex}.mail", one)
            stored.append({"stored": name, "name": _name(one.name or "")})
        with transaction.atomic():
            channels.ready(consultation=consultation, kind=ChannelKind.MAIL, by=by, today=today)
            row = MailUpload.objects.create(
                consultation=consultation,
                files=stored,
                total=total,
                uploaded_by=by,
                uploaded_on=today,
            )
            audit.record(
                verb="mail.files_brought",
                by=by,
                branch=consultation.branch,
                today=today,
                subject=row,
                count=total,
            )
            _go_on(row, now=now)
    except BaseException:
        for entry in stored:
            default_storage.delete(entry["stored"])
        raise
    return row


def read(*, upload_id: int, now: datetime, today: date) -> None:
    """Read what was brought, from where an earlier worker stopped; go on later after a minute.

    Args:
        upload_id: which; one that is gone or done is left alone.
        now: the machine's moment, for the job that goes on.
        today: the day.
    """
    row = (
        MailUpload.objects.select_related(
            "consultation__branch",
            "consultation__timeline__branch",
            "consultation__timeline__election",
        )
        .filter(pk=upload_id)
        .first()
    )
    if row is None:
        return
    if row.state == UploadState.READING:
        until = time.monotonic() + settings.MAILBOX_RUN_SECONDS
        channel = Channel.objects.get(consultation=row.consultation, kind=ChannelKind.MAIL)
        for place, one in enumerate(_places(row)):
            if place < row.done:
                continue
            if time.monotonic() > until:
                with transaction.atomic():
                    _go_on(row, now=now)
                return
            _take(row, place, one, channel=channel, today=today)
        MailUpload.objects.filter(pk=row.pk).update(state=UploadState.DONE)
    for entry in row.files:
        default_storage.delete(entry["stored"])
    MailUpload.objects.filter(pk=row.pk, state=UploadState.DONE).update(files=[])


def _go_on(row: MailUpload, *, now: datetime) -> None:
    key = f"consultation.mail_files:{row.pk}:{row.done}"
    jobs.put("consultation.mail_files", payload={"upload_id": row.pk}, now=now, key=key)


def _take(row: MailUpload, place: int, one: _Place, *, channel: Channel, today: date) -> None:
    """Take in one mail and count it, both or neither; another worker may have done so."""
    why = _why_not(one.raw)
    mail: keeping.Mail | None = None
    if not why:
        read_mail = _read(one.raw)
        mail = keeping.Mail(
            raw=one.raw[:LARGEST], read=read_mail, received_on=_day(read_mail, today=today)
        )
    with transaction.atomic():
        current = MailUpload.objects.select_for_update().get(pk=row.pk)
        if current.done == place:
            if mail is None:
                entry = {"name": one.name, "number": one.number, "why": why}
                current.refused = [*current.refused, entry][:MOST_REFUSED]
            else:
                outcome = keeping.keep(
                    consultation=row.consultation, channel=channel, mail=mail, today=today
                )
                setattr(current, outcome.value, getattr(current, outcome.value) + 1)
            current.done = place + 1
            current.save(update_fields=["refused", "new", "double", "aside", "done"])
    row.done = current.done


def _why_not(raw: bytes) -> str:
    with mail_words.of_the_house():
        if is_outlook(raw[:16]):
            return str(mail_words.OUTLOOK)
        return "" if is_mail(raw) else str(mail_words.NO_MAIL)


def _read(raw: bytes) -> ReadMail | None:
    try:
        return read_safely(raw)
    except Unreadable:
        return None


def _day(read_mail: ReadMail | None, *, today: date) -> date:
    """Return the day that a mail names, if that can be one."""
    if read_mail is not None and read_mail.date:
        with suppress(ValueError, TypeError, OverflowError, IndexError):
            day = parsedate_to_datetime(read_mail.date).astimezone(_HERE).date()
            if date(2000, 1, 1) < day <= today:
                return day
    return today


def _places(row: MailUpload) -> Iterator[_Place]:
    for entry in row.files:
        with default_storage.open(entry["stored"], "rb") as file:
            for number, raw in enumerate(_mails_of(file), 1):
                yield _Place(raw, entry["name"], number)


def _mails_of(file: IO[bytes] | File[Any]) -> Iterator[bytes]:
    file.seek(0)
    return mails(_lines(file), largest=LARGEST)


def _lines(file: IO[bytes] | File[Any]) -> Iterator[bytes]:
    """Return the lines of a file; one without end comes in pieces."""
    stream: Any = file
    while line := stream.readline(64 * 1024):
        yield line


def _name(name: str) -> str:
    try:
        return shown_name(name)
    except UploadRefused:
        return str(mail_words.NAMELESS)
