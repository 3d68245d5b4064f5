"""The branch's mailbox: described, looked into, taken away. Its password is never shown again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from branches import audit
from branches.models import User
from consultation.enums import ChannelKind
from consultation.models import Consultation, Mailbox
from consultation.services import channels
from core.concurrency import claim_revision
from core.imap import Place, Safety
from core.refusal import Refused
from core.secrets_at_rest import CannotRead, lock, unlock
from jobs import services as jobs
from jobs.models import Job

HANDLER: Final = "consultation.mailbox"
PURPOSE: Final = "mailbox"

# Who gets a password is said by these; with others it must be given once more.
_WHERE: Final = ("host", "port", "security", "username")
# Where the mails stand: elsewhere, reading begins anew.
_WHICH: Final = ("host", "username", "folder")


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What is filled in of a mailbox.

    Attributes:
        address: to which people write.
        host: the IMAP server.
        port: at which it listens.
        security: a value of ``MailboxSecurity``.
        username: who signs in there.
        folder: of the mailbox.
        since: mails of before this day are left alone; None: all of them are read.
        mark_seen: mark what was read.
    """

    address: str
    host: str
    port: int
    security: str
    username: str
    folder: str
    since: date | None
    mark_seen: bool


@transaction.atomic
def describe(
    *,
    consultation: Consultation,
    description: Description,
    password: str,
    revision: int,
    by: User,
    today: date,
    now: datetime,
) -> Mailbox:
    """Say where the mailbox is, and have it looked into at once.

    The mail address is a channel of the branch, and is open from now on.

    Args:
        consultation: whose.
        description: all of it.
        password: empty keeps the one that is there.
        revision: of the mailbox that the form was opened with; 0 without one.
        by: who says so.
        today: the day.
        now: the machine's moment.

    Raises:
        Stale: somebody else saved it meanwhile.
        Refused: there is no password for this server yet.
    """
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    values = asdict(description)
    row = Mailbox.objects.filter(consultation=consultation).first()
    if row is None:
        # Not 0: whoever filled in a form before there was one must not write over this one.
        row = Mailbox(consultation=consultation, revision=1)
    else:
        claim_revision(row, expected=revision, yours=values)
    elsewhere = any(getattr(row, name) != values[name] for name in _WHERE)
    if not password and not row.secret:
        raise Refused(_("Give the password: without it we cannot look into the mailbox."))
    if not password and elsewhere:
        raise Refused(_("Give the password too: it was for another server or another user name."))
    if row.pk and any(getattr(row, name) != values[name] for name in _WHICH):
        row.uid_validity = row.last_uid = 0
    for name, value in values.items():
        setattr(row, name, value)
    if password:
        row.secret = lock(password, purpose=PURPOSE)
    row.active = True
    row.error, row.error_since, row.read_at = "", None, None
    row.save()
    channel = channels.ready(consultation=consultation, kind=ChannelKind.MAIL, by=by, today=today)
    if channel.address != row.address:
        channel.address = row.address
        channel.save(update_fields=["address"])
    audit.record(
        verb="mailbox.described", by=by, branch=consultation.branch, today=today, subject=row
    )
    look_soon(row, now=now)
    return row


@transaction.atomic
def remove(*, mailbox: Mailbox, by: User, today: date) -> None:
    """Forget a mailbox and its password; what came in by it stays, and so do the mails there."""
    audit.record(
        verb="mailbox.removed",
        by=by,
        branch=mailbox.consultation.branch,
        today=today,
        subject=mailbox,
    )
    mailbox.delete()


def look_soon(mailbox: Mailbox, *, now: datetime) -> None:
    """Have the worker look into a mailbox, unless that waits to be done already."""
    if not _looks(mailbox).filter(state=Job.State.WAITING).exists():
        put_look(mailbox, now=now)


def put_look(mailbox: Mailbox, *, now: datetime) -> None:
    """Have the worker look into a mailbox."""
    jobs.put("consultation.mailbox", payload={"mailbox_id": mailbox.pk}, now=now)


def waiting() -> set[int]:
    """Return the ids of the mailboxes that wait to be looked into."""
    looks = Job.objects.filter(handler=HANDLER, state=Job.State.WAITING)
    return set(looks.values_list("payload__mailbox_id", flat=True))


def is_looked_into(mailbox: Mailbox, *, now: datetime) -> bool:
    """Tell whether a look waits or is under way."""
    under_way = Q(state=Job.State.WAITING, attempts=0) | Q(
        state=Job.State.RUNNING, leased_until__gt=now
    )
    return _looks(mailbox).filter(under_way).exists()


def _looks(mailbox: Mailbox) -> QuerySet[Job]:
    return Job.objects.filter(handler=HANDLER, payload__mailbox_id=mailbox.pk)


def place_of(mailbox: Mailbox) -> Place:
    """Return where a mailbox is, for ``core.imap``."""
    return Place(
        host=mailbox.host,
        port=mailbox.port,
        safety=Safety(mailbox.security),
        username=mailbox.username,
        folder=mailbox.folder,
    )


def password_of(mailbox: Mailbox) -> str:
    """Return the password of a mailbox.

    Raises:
        CannotRead: the secret of this installation is another one than it was.
    """
    if not mailbox.secret:
        raise CannotRead("there is none")
    return unlock(mailbox.secret, purpose=PURPOSE)


def private_hosts() -> bool:
    """Tell whether a mailbox may be on a machine that is not of the internet."""
    return bool(settings.MAILBOX_PRIVATE_HOSTS)
