"""How a mail goes from state to state while it is sent.

Every change is conditional on the state and the number of attempts that this worker saw: a worker
whose lease ran out and was taken over by another changes nothing any more.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef

from branches.models import User
from branches.services import addresses
from core.mail_answers import Answer, Meaning
from core.masking import mask
from notifications.enums import DeliveryState, ReminderState
from notifications.models import Delivery, Reminder
from notifications.models.outbox import ERROR_LENGTH
from notifications.queries.recipients import rests_here
from notifications.rules.catalogue import DIGEST
from notifications.services import letters
from notifications.services.inserting import writing

# Longer than an engine lets a task run: nobody takes over what is still being sent.
LEASE = timedelta(seconds=settings.MAIL_LEASE_SECONDS)
# So often nobody may know what became of a mail, before a person looks at it.
DOUBTS_ALLOWED = 3
# After the first, second, … time that it was certainly not taken; the last one holds from there on.
# Five minutes is what a server that greylists asks for.
NOT_TAKEN: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 20, 30))
# The server is away altogether: within minutes of its return everything is gone.
UNREACHABLE: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 4))
IN_DOUBT: Final = tuple(timedelta(minutes=minutes) for minutes in (5, 30))
_MOST_ATTEMPTS = 30_000  # the column holds 32,767
LEASE_RAN_OUT = "the worker stopped halfway"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A mail that this worker holds: nobody else touches it until the lease runs out."""

    delivery: Delivery
    attempts: int
    reminders: tuple[int, ...]

    def update(self, **values: object) -> bool:
        """Write, if it is still ours; tell whether it was."""
        return bool(
            Delivery.objects.filter(
                pk=self.delivery.pk, state=DeliveryState.SENDING, attempts=self.attempts
            ).update(leased_until=None, **values)
        )


def recover(*, now: datetime) -> int:
    """Take back what workers held that died or hung; return how many were parked by it.

    It may have been handed over, so it counts as a doubt. The lease was its back-off.
    """
    held = Delivery.objects.filter(state=DeliveryState.SENDING, leased_until__lt=now)
    if not held.exists():
        return 0
    with writing():
        parked = held.filter(doubts__gte=DOUBTS_ALLOWED - 1).update(
            state=DeliveryState.PARKED,
            doubts=F("doubts") + 1,
            leased_until=None,
            error=LEASE_RAN_OUT,
        )
        if parked:
            letters.tell_parked()
        held.update(
            state=DeliveryState.WAITING,
            doubts=F("doubts") + 1,
            leased_until=None,
            send_after=now,
            error=LEASE_RAN_OUT,
        )
    return parked


def release(*, now: datetime) -> int:
    """Let mails go that were refused for an address that works again; return how many.

    A digest of an earlier day folds into the next one; what is no longer right is withdrawn before
    it is sent, as always.
    """
    freed = letters.release(now=now)
    unsaid = Reminder.objects.filter(delivery=OuterRef("pk"), state=ReminderState.WAITING)
    works = User.objects.filter(pk=OuterRef("recipient_id"), mail_refused_on=None, is_active=True)
    refused = Delivery.objects.filter(Exists(works), Exists(unsaid), state=DeliveryState.REFUSED)
    if not refused.exists():
        return freed
    with writing():
        return freed + refused.update(state=DeliveryState.WAITING, send_after=now, error="")


def detach_paused(*, deliveries: Collection[int], today: date) -> None:
    """Let the lines of a paused branch wait outside the digests that are about to go."""
    lines = Reminder.objects.filter(
        delivery__in=deliveries, delivery__mail=DIGEST, state=ReminderState.WAITING
    )
    held_back = lines.filter(rests_here(today=today))
    if held_back.exists():
        with writing():
            held_back.update(delivery=None)


def withdraw(*, deliveries: Collection[int]) -> int:
    """Take back waiting mails that have nothing left to say; return how many."""
    if not deliveries:
        return 0
    with writing():
        unsaid = Reminder.objects.filter(delivery=OuterRef("pk"), state=ReminderState.WAITING)
        gone = Delivery.objects.filter(
            ~Exists(unsaid), pk__in=deliveries, state=DeliveryState.WAITING
        ).update(state=DeliveryState.WITHDRAWN, error="")
        # If such a reminder becomes true again, it starts without a mail.
        Reminder.objects.filter(
            delivery__in=deliveries,
            delivery__state=DeliveryState.WITHDRAWN,
            state=ReminderState.WITHDRAWN,
        ).update(delivery=None)
    return gone


def claim(delivery: Delivery, *, reminders: Collection[int], now: datetime) -> Claim | None:
    """Take one waiting mail for this worker, committed before anything is handed over."""
    attempts = min(delivery.attempts + 1, _MOST_ATTEMPTS)
    ours = Delivery.objects.filter(
        pk=delivery.pk, state=DeliveryState.WAITING, attempts=delivery.attempts
    ).update(
        state=DeliveryState.SENDING,
        attempts=attempts,
        leased_until=now + LEASE,
    )
    if not ours:
        return None
    return Claim(delivery=delivery, attempts=attempts, reminders=tuple(reminders))


def sent(ours: Claim, *, now: datetime, today: date) -> bool:
    """Mark a mail and all that it told."""
    with transaction.atomic():
        if not ours.update(state=DeliveryState.SENT, sent_at=now, error=""):
            return False
        letters.tell_back(delivery=ours.delivery, state=DeliveryState.SENT, today=today)
        Reminder.objects.filter(pk__in=ours.reminders, state=ReminderState.WAITING).update(
            state=ReminderState.SENT
        )
    return True


def nothing_to_say(ours: Claim, *, today: date) -> bool:
    """Take back a mail of which nothing was left when it was written."""
    with transaction.atomic():
        if not ours.update(state=DeliveryState.WITHDRAWN, error=""):
            return False
        letters.tell_back(delivery=ours.delivery, state=DeliveryState.WITHDRAWN, today=today)
        Reminder.objects.filter(pk__in=ours.reminders, state=ReminderState.WAITING).update(
            state=ReminderState.WITHDRAWN, delivery=None
        )
    return True


def not_sent(ours: Claim, meaning: Meaning, *, now: datetime, today: date) -> DeliveryState | None:
    """Write down why a mail did not simply go; return its state, or ``None`` if not ours."""
    delivery = ours.delivery
    error = meaning.words[:ERROR_LENGTH]
    if delivery.is_outside:
        # Who is outside has the address nowhere but where it was given.
        error = mask(error)[:ERROR_LENGTH]
    state, values = _next(ours, meaning, now=now)
    with transaction.atomic():
        letters.hold(delivery)
        if not ours.update(state=state, error=error, **values):
            return None
        if state is not DeliveryState.WAITING:
            letters.tell_back(delivery=delivery, state=state, today=today)
        if state is DeliveryState.REFUSED and delivery.recipient is not None:
            addresses.flag(user=delivery.recipient, why=error, today=today)
    return state


def _next(
    ours: Claim, meaning: Meaning, *, now: datetime
) -> tuple[DeliveryState, dict[str, object]]:
    """Return in which state a mail that did not simply go comes, and what changes with it."""
    match meaning.answer:
        case Answer.LATER:
            steps = UNREACHABLE if meaning.unreachable else NOT_TAKEN
            return DeliveryState.WAITING, {
                "send_after": now + steps[min(ours.attempts, len(steps)) - 1]
            }
        case Answer.MESSAGE_REFUSED:
            return DeliveryState.PARKED, {}
        case Answer.DOUBTFUL:
            doubts = ours.delivery.doubts + 1
            if doubts >= DOUBTS_ALLOWED:
                return DeliveryState.PARKED, {"doubts": doubts}
            return DeliveryState.WAITING, {
                "doubts": doubts,
                "send_after": now + IN_DOUBT[doubts - 1],
            }
        case _:
            return DeliveryState.REFUSED, {}
