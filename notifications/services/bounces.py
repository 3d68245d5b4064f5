"""Mails that were taken and came back: the address is flagged, and what it said waits again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from branches.models import Invitation
from branches.services import addresses, invitations
from core.mail import is_message_id
from core.masking import mask
from notifications.enums import DeliveryState, ReminderState
from notifications.models import Delivery, Reminder
from notifications.models.outbox import ERROR_LENGTH
from notifications.outsiders import OUTSIDERS
from notifications.rules.bounces import Bounce
from notifications.services import letters

# Mail servers give up after five days or so; what comes later is about nothing of ours.
LATEST = timedelta(days=30)


def record_reported(*, bounces: Iterable[Bounce], now: datetime, today: date) -> int:
    """Act on a report that came by mail; return how many addresses turned out not to work.

    Anybody can send such a mail. So it counts only when it names a mail that we really sent to that
    address a while ago, and nobody but who got that mail knows its name (``core.mail.message_id``).
    """
    return sum(_reported(bounce, now=now, today=today) for bounce in bounces if bounce.gone)


def _reported(bounce: Bounce, *, now: datetime, today: date) -> bool:
    if not bounce.message_id:
        return False
    if bounce.message_id.startswith("<invitation."):
        return _invitation(bounce, today=today)
    return record(
        recipient=bounce.recipient,
        why=bounce.why,
        about=bounce.message_id,
        now=now,
        today=today,
    )


def record(*, recipient: str, why: str, about: str = "", now: datetime, today: date) -> bool:
    """Write down that mail to an address does not arrive.

    The mail in question counts as refused, and what it told waits until the address works.

    Args:
        recipient: a bare address.
        why: what the mail server said.
        about: the Message-ID of the mail; empty: the latest that went there, if whoever tells is
            known to tell the truth (a provider).
        now: the machine's moment.
        today: the product's day.

    Returns:
        Whether we had sent such a mail there.
    """
    if not recipient.isprintable():
        # NUL or half a character: no database can be asked about it.
        return False
    mail = _sent_to(recipient, about=about, now=now)
    if mail is None:
        return False
    with transaction.atomic():
        letters.hold(mail)
        if mail.is_outside:
            why = mask(why)
        came_back = Delivery.objects.filter(pk=mail.pk, state=DeliveryState.SENT).update(
            state=DeliveryState.REFUSED, error=why[:ERROR_LENGTH]
        )
        if came_back:
            Reminder.objects.filter(delivery=mail, state=ReminderState.SENT).update(
                state=ReminderState.WAITING
            )
            letters.tell_back(delivery=mail, state=DeliveryState.REFUSED, today=today)
        if mail.recipient is not None:
            addresses.flag(user=mail.recipient, why=why, today=today)
    return True


def _sent_to(recipient: str, *, about: str, now: datetime) -> Delivery | None:
    """Return the mail with this Message-ID (the latest, without one) that went to an address."""
    lately = Delivery.objects.filter(state=DeliveryState.SENT, sent_at__gte=now - LATEST)
    # Asked one after the other: an index serves the first, and hardly any mail goes outside.
    outside = [f"{kind.field}__{kind.email}__iexact" for kind in OUTSIDERS]
    for whose in ("recipient__email__iexact", *outside):
        sent = lately.filter(**{whose: recipient}).select_related("recipient")
        for mail in sent.order_by("-sent_at", "-pk"):
            if not about or is_message_id(about, key=mail.key):
                return mail
    return None


def _invitation(bounce: Bounce, *, today: date) -> bool:
    """Flag the invitation that a report is about; its Message-ID holds a piece of its secret."""
    number = bounce.message_id.removeprefix("<invitation.").partition(".")[0]
    if not number.isascii() or not number.isdigit() or len(number) > 18:  # noqa: PLR2004 - bigint
        return False
    found = Invitation.objects.filter(
        pk=int(number), email__iexact=bounce.recipient, mail_refused_on=None
    ).first()
    if found is None:
        return False
    if not is_message_id(bounce.message_id, key=invitations.mail_key(found)):
        return False
    return invitations.address_refused(invitation_id=found.pk, today=today)
