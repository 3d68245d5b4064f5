"""Which mails are to go now."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from branches.models import User
from notifications.enums import DeliveryState, ReminderState
from notifications.models import Delivery, Reminder
from notifications.queries.recipients import outsider_can_get_it, reachable, rests_here
from notifications.rules.catalogue import ANSWER, DIGEST


def up_to_us(*, today: date) -> QuerySet[Delivery]:
    """Return the mails that wait for nothing but our machinery and the mail server.

    What waits for a person rather than for us is not among them: an account that is closed, an
    address that was refused, a pause. Nor is a digest of an earlier day that was certainly never
    taken: composing folds it into the digest of today (one a person a day).

    Args:
        today: the product's day.
    """
    return (
        Delivery.objects.filter(
            Q(reachable(today=today)) | outsider_can_get_it() | _asked_for(),
            state=DeliveryState.WAITING,
        )
        .exclude(mail=DIGEST, day__lt=today, doubts=0)
        # A digest loses the lines of a branch that is paused; another mail waits as a whole.
        .exclude(~Q(mail__in=[DIGEST, ANSWER]) & rests_here(today=today))
    )


def _asked_for() -> Q:
    """Return "it belongs to a question of theirs": such a mail waits for no break to end."""
    works = User.objects.filter(pk=OuterRef("recipient"), is_active=True, mail_refused_on=None)
    return Q(Exists(works), mail=ANSWER)


def due(*, now: datetime, today: date) -> QuerySet[Delivery]:
    """Return the mails that can be handed over now, those that wait longest first.

    Args:
        now: the machine's moment.
        today: the product's day.
    """
    return up_to_us(today=today).filter(send_after__lte=now).order_by("send_after", "pk")


def told_by(*, deliveries: list[int]) -> QuerySet[Reminder]:
    """Return what these mails still have to tell, in the order in which it was planned."""
    return (
        Reminder.objects.filter(delivery__in=deliveries, state=ReminderState.WAITING)
        .select_related("branch")
        .order_by("delivery", "pk")
    )
