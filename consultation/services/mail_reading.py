"""Looking into a mailbox: each mail is taken in once, and dying in between loses none.

How far it is stands in our tables, and moves in the same transaction in which a mail is kept. So it
does not matter when a worker dies, how many look at once, or what people do in their mailbox.
"""

from __future__ import annotations

import imaplib
import logging
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import DatabaseError, transaction
from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError

from consultation import mail_words
from consultation.enums import ChannelKind
from consultation.mailreading import safely
from consultation.mailreading.safely import Unreadable, read_safely
from consultation.models import Channel, IncomingMail, Mailbox
from consultation.models.mailbox import IncomingMailQuerySet, MailboxQuerySet
from consultation.services import mails
from consultation.services.mailboxes import password_of, place_of, private_hosts
from core import imap
from core.secrets_at_rest import CannotRead

log = logging.getLogger(__name__)

MOST: Final = 500
"""Mails that one look goes through; another one goes on after it."""

MOST_AGAIN: Final = 20
_TALK_ENDS: Final = (imaplib.IMAP4.abort, ImapToolsError)
_HERE: Final = ZoneInfo("Europe/Amsterdam")
_LAST_UID: Final = 2**32 - 1
_MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905 - words
_UID: Final = re.compile(rb"\bUID (\d{1,10})\b")
_SIZE: Final = re.compile(rb"\bRFC822\.SIZE (\d{1,12})\b")
_DATE: Final = re.compile(rb'\bINTERNALDATE "([^"]{10,40})"')


class NotFetched(RuntimeError):
    """The server does not give a mail that it says it has."""


class Moved(RuntimeError):
    """The mailbox was described anew, or taken away, while it was being read."""


@dataclass(frozen=True, slots=True)
class _Lying:
    """A mail as it lies in the mailbox."""

    uid: int
    size: int
    received_on: date | None


def look(*, mailbox_id: int, now: datetime, today: date) -> bool:
    """Look into a mailbox and take in what is new; tell whether there is more.

    What is wrong with it is written down in plain words, with since when.

    Args:
        mailbox_id: which; one that is gone, or whose time is over, is left alone.
        now: the machine's moment (UTC), for "looked into at".
        today: the day.
    """
    row = _mailbox(mailbox_id)
    if row is None:
        return False
    try:
        more = _Look(row, today=today).go()
    except Moved:
        return False
    except CannotRead:
        _tell(row, str(mail_words.FORGOTTEN), now=now)
        return False
    except imap.ERRORS as error:
        trouble = imap.trouble_of(error)
        log.warning("mailbox %s cannot be read: %s", row.pk, trouble.value)
        _tell(row, str(mail_words.TROUBLES[trouble]), now=now)
        return False
    _of(row).update(error="", error_since=None, read_at=now)
    return more


def _mailbox(mailbox_id: int) -> Mailbox | None:
    return (
        Mailbox.objects.select_related(
            "consultation__branch",
            "consultation__timeline__branch",
            "consultation__timeline__election",
        )
        .filter(
            pk=mailbox_id,
            active=True,
            consultation__erased_on=None,
            consultation__branch__closed_on=None,
        )
        .first()
    )


def _of(row: Mailbox) -> MailboxQuerySet:
    """Return the mailbox's row, if it is still described as it was when this look began."""
    return Mailbox.objects.filter(pk=row.pk, revision=row.revision)


def _tell(row: Mailbox, error: str, *, now: datetime) -> None:
    _of(row).update(error=error, error_since=row.error_since or now, read_at=now)


class _Look:
    """One look into one mailbox."""

    def __init__(self, row: Mailbox, *, today: date) -> None:
        self.row, self.today = row, today
        self.consultation = row.consultation
        self.channel = Channel.objects.get(consultation=row.consultation, kind=ChannelKind.MAIL)
        self.until = time.monotonic() + settings.MAILBOX_RUN_SECONDS
        self.own = frozenset(
            one.lower() for one in (row.address, row.username, self.channel.address) if one
        )

    def go(self) -> bool:
        """Take in what is new; tell whether there is more."""
        with imap.opened(
            place_of(self.row),
            password=password_of(self.row),
            patience=settings.MAILBOX_PATIENCE_SECONDS,
            seconds=settings.MAILBOX_RUN_SECONDS,
            private=private_hosts(),
            look_only=not self.row.mark_seen,
        ) as box:
            self._begin(box)
            again = self._to_try_again()
            uids = self._new(box)
            for place, one in enumerate(self._lying(box, [*again, *uids[:MOST]])):
                if place and time.monotonic() > self.until:
                    return True
                self._take(box, one)
            return len(uids) > MOST

    def _begin(self, box: BaseMailBox) -> None:
        """Begin anew when the server numbers its mails anew (RFC 9051 §2.3.1.1)."""
        _name, told = box.client.response("UIDVALIDITY")
        text = (told[-1] if told else b"") or b""
        validity = int(text) if text.isdigit() and len(text) <= len(str(_LAST_UID)) else 1
        if self.row.uid_validity != validity:
            begun = _of(self.row).filter(uid_validity=self.row.uid_validity)
            if not begun.update(uid_validity=validity, last_uid=0):
                raise Moved
            self.row.uid_validity, self.row.last_uid = validity, 0

    def _key(self, uid: int) -> str:
        return f"uid:{self.row.uid_validity}:{uid}"

    def _to_try_again(self) -> list[int]:
        """Return the mails that could not be read today: perhaps it was the server's mood."""
        notes = IncomingMail.objects.filter(
            consultation=self.consultation,
            contribution=None,
            digest__startswith=self._key(0)[:-1],
            read_on=self.today,
        ).values_list("digest", flat=True)[:MOST_AGAIN]
        return [int(note.rpartition(":")[2]) for note in notes]

    def _new(self, box: BaseMailBox) -> list[int]:
        """Return the numbers of the mails after the last one, from the first."""
        asked = [f"UID {self.row.last_uid + 1}:*"]
        since = self.row.since
        if since is not None:
            asked.append(f"SINCE {since.day:02d}-{_MONTHS[since.month - 1]}-{since.year}")
        answer, data = box.client.uid("SEARCH", " ".join(asked))
        if answer != "OK":
            raise ImapToolsError("the server does not search")
        words = b" ".join(one for one in data if isinstance(one, bytes)).split()
        found = {int(one) for one in words if one.isdigit() and len(one) <= len(str(_LAST_UID))}
        # "n:*" names the last mail also when its number is below n.
        return sorted(one for one in found if self.row.last_uid < one <= _LAST_UID)

    def _lying(self, box: BaseMailBox, uids: list[int]) -> Iterator[_Lying]:
        """Return what lies there under these numbers, with its size, in their order."""
        if not uids:
            return
        asked = ",".join(map(str, uids))
        answer, data = box.client.uid("FETCH", asked, "(UID RFC822.SIZE INTERNALDATE)")
        if answer != "OK":
            raise ImapToolsError("the server does not tell sizes")
        told: dict[int, _Lying] = {}
        for one in data:
            line = one[0] if isinstance(one, tuple) else one
            if isinstance(line, bytes) and (uid := _UID.search(line)):
                size, moment = _SIZE.search(line), _DATE.search(line)
                number = int(uid[1])
                told[number] = _Lying(
                    number, int(size[1]) if size else 0, _day(moment[1]) if moment else None
                )
        # What somebody threw away meanwhile is not there.
        yield from (told[uid] for uid in uids if uid in told)

    def _take(self, box: BaseMailBox, one: _Lying) -> None:
        """Take in one mail; one that nobody can take in leaves a note and stops nothing."""
        try:
            self._keep(one, self._fetched(box, one))
        except (Moved, OSError, DatabaseError, *_TALK_ENDS):
            raise  # not this mail's fault: it is tried again
        except Exception as wrong:  # noqa: BLE001 - whatever is wrong with one mail is its own
            # The kind alone: the words may be the mail's.
            log.warning("mail in mailbox %s: %s", self.row.pk, type(wrong).__name__)
            self._note(one.uid)
        if self.row.mark_seen:
            # If the server does not do it: it is only for the eyes of people.
            box.client.uid("STORE", str(one.uid), "+FLAGS", r"(\Seen)")

    def _fetched(self, box: BaseMailBox, one: _Lying) -> bytes:
        what = "(BODY.PEEK[])"
        if one.size > safely.LARGEST:
            what = f"(BODY.PEEK[]<0.{safely.BEGINNING}>)"
        answer, data = box.client.uid("FETCH", str(one.uid), what)
        pieces = [part[1] for part in data or () if isinstance(part, tuple)]
        if answer != "OK" or not pieces:
            raise NotFetched
        return bytes(pieces[0])

    def _keep(self, one: _Lying, raw: bytes) -> None:
        try:
            read = read_safely(raw, partial=one.size > safely.LARGEST)
        except Unreadable:
            read = None
        received = min(one.received_on or self.today, self.today)
        mail = mails.Mail(
            raw=raw, read=read, received_on=received, answer=True, own_addresses=self.own
        )
        with transaction.atomic():
            self._claim()
            mails.keep(
                consultation=self.consultation, channel=self.channel, mail=mail, today=self.today
            )
            self._move_on(one.uid)
            self._notes(one.uid).delete()

    def _note(self, uid: int) -> None:
        with transaction.atomic():
            self._claim()
            mails.not_read(consultation=self.consultation, key=self._key(uid), today=self.today)
            self._move_on(uid)

    def _notes(self, uid: int) -> IncomingMailQuerySet:
        return IncomingMail.objects.filter(
            consultation=self.consultation, digest=self._key(uid), contribution=None
        )

    def _claim(self) -> None:
        """Hold the mailbox for this mail, if it is still the one that was opened."""
        held = _of(self.row).filter(uid_validity=self.row.uid_validity).select_for_update()
        if not list(held.values_list("pk", flat=True)):
            raise Moved

    def _move_on(self, uid: int) -> None:
        _of(self.row).filter(last_uid__lt=uid).update(last_uid=uid)


def _day(told: bytes) -> date | None:
    """Return the day in the Netherlands of a moment such as "04-Oct-2021 10:00:00 +0200"."""
    try:
        moment = parsedate_to_datetime(told.decode("ascii").strip().replace("-", " ", 2))
        return moment.astimezone(_HERE).date()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
