"""Which mails are to go now."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from notifications.enums import DeliveryState, ReminderState
from notifications.models import Delivery, Preference, Reader, Reminder

DIGEST: Final = "digest"


def due(*, now: datetime, today: date) -> QuerySet[Delivery]:
    """Return the mails that can be handed over now, those that wait longest first.

    What waits for a person rather than for us is not among them: an account that is closed, an
    address that was refused, a pause. Nor is a digest of an earlier day that was certainly never
    taken: composing folds it into the digest of today (one a person a day).

    Args:
        now: the machine's moment.
        today: the product's day.
    """
    waiting = Delivery.objects.filter(
        state=DeliveryState.WAITING,
        send_after__lte=now,
        recipient__is_active=True,
        recipient__mail_refused_on=None,
    )
    paused = Preference.objects.filter(user=OuterRef("recipient_id"), paused_until__gte=today)
    return (
        waiting.exclude(mail=DIGEST, day__lt=today, doubts=0)
        .exclude(
            Exists(Reader.objects.filter(user=OuterRef("recipient_id"), paused_until__gte=today))
        )
        # A digest loses the lines of a branch that is paused; another mail waits as a whole.
        .exclude(~Q(mail=DIGEST) & Exists(paused.filter(branch=OuterRef("branch_id"))))
        .exclude(~Q(mail=DIGEST) & Q(branch=None) & Exists(paused.filter(branch=None)))
        .order_by("send_after", "pk")
    )


def told_by(*, deliveries: list[int]) -> QuerySet[Reminder]:
    """Return what these mails still have to tell, in the order in which it was planned."""
    return (
        Reminder.objects.filter(delivery__in=deliveries, state=ReminderState.WAITING)
        .select_related("branch")
        .order_by("delivery", "pk")
    )
