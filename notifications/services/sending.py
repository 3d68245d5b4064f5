"""Sending what is due. Called each minute, in any number of processes, and stopped at any moment.

A mail is claimed, written, handed over and marked, each committed before the next begins; the table
tells at every moment what happened and what may have happened (``docs/mail.md``).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import DatabaseError, transaction

from branches import audit
from branches.models import Branch, User
from branches.services import addresses
from core.mail import BadAddress
from core.mail_answers import Answer, Meaning, meaning
from notifications import mails
from notifications.enums import LEFT_BEHIND, DeliveryState
from notifications.models import Delivery, Reminder
from notifications.queries import deliveries as queries
from notifications.services import letters, outcomes, planning
from notifications.services.post import Handed, Post, post

log = logging.getLogger(__name__)

# So many mails are looked at together just before they go: what is no longer right is dropped.
CHUNK = 50
# The server is away: what was not tried stays due, and the next run tries again.
FAILURES_TO_CONNECT = 2
# The server refuses our mails as such: one that goes on refusing must not park everybody's.
REFUSALS_IN_A_ROW = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a run did, in mails."""

    sent: int = 0
    later: int = 0
    refused: int = 0
    doubtful: int = 0
    parked: int = 0
    withdrawn: int = 0


def send_due(*, now: datetime, local: datetime, seconds: float = 50) -> Sent:
    """Send the mails that are due, for at most so many seconds.

    Args:
        now: the machine's moment (UTC), for leases and back-off.
        local: the product's moment; its date is today.
        seconds: after this long no mail is begun any more; those on their way are waited for.

    Raises:
        DatabaseError: the database is away or full. Rows stay as they were; a mail that was handed
            over at that moment counts as doubtful once its lease ran out.
    """
    run = _Run(now=now, today=local.date(), seconds=seconds, began=time.monotonic())
    run.count["parked"] += outcomes.recover(now=now)
    outcomes.release(now=now)
    with post(connections=settings.MAIL_CONNECTIONS) as opened:
        run.go(opened)
    result = Sent(**run.count)
    if result != Sent():
        log.info("mails: %s", asdict(result))
    return result


def retry(*, delivery_id: int, by: User, today: date, now: datetime) -> bool:
    """Let a parked or refused mail be tried anew, and its address with it.

    It keeps its identity, so a copy that arrived after all is recognised.

    Returns:
        Whether it was parked or refused.
    """
    left = Delivery.objects.filter(pk=delivery_id, state__in=LEFT_BEHIND)
    with transaction.atomic():
        for outside in left.filter(recipient=None):
            letters.hold(outside)
        delivery = (
            left.select_for_update(of=("self",)).select_related("recipient", "branch").first()
        )
        if delivery is None:
            return False
        Delivery.objects.filter(pk=delivery.pk).update(
            state=DeliveryState.WAITING, doubts=0, day=today, send_after=now, error=""
        )
        if delivery.recipient is None:
            letters.tell_back(delivery=delivery, state=DeliveryState.WAITING, today=today)
            audit.record(
                verb="notifications.letter_tried_again"
                if delivery.bulletin_id is None
                else "notifications.bulletin_tried_again",
                by=by,
                branch=delivery.branch,
                today=today,
                subject=delivery,
            )
        else:
            addresses.clear(user=delivery.recipient, today=today, by=by)
            audit.record(
                verb="notifications.mail_tried_again",
                by=by,
                branch=_branch_of(delivery),
                today=today,
                subject=delivery,
                name=str(delivery.recipient),
            )
    return True


def _branch_of(delivery: Delivery) -> Branch | None:
    """Return the one branch that a mail is about; a digest over several is about none."""
    branches = Branch.objects.filter(reminders__delivery=delivery).distinct()[:2]
    return delivery.branch or (branches[0] if len(branches) == 1 else None)


@dataclass(kw_only=True)
class _Run:
    """One run: how long it may go on, and what it did."""

    now: datetime
    today: date
    seconds: float
    began: float
    count: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(Sent.__dataclass_fields__, 0)
    )
    unreachable: int = 0
    refusals: int = 0

    @property
    def moment(self) -> datetime:
        """The machine's moment; the clock itself was read by whoever called."""
        return self.now + timedelta(seconds=time.monotonic() - self.began)

    def over(self) -> bool:
        """Tell whether to begin no other mail."""
        return (
            time.monotonic() - self.began >= self.seconds
            or self.unreachable >= FAILURES_TO_CONNECT
            or self.refusals >= REFUSALS_IN_A_ROW
        )

    def go(self, opened: Post) -> None:
        """Send chunk after chunk."""
        while not self.over():
            due = list(
                queries.due(now=self.now, today=self.today).select_related("recipient", "branch")[
                    :CHUNK
                ]
            )
            if not due:
                break
            for delivery, reminders in self.still_right(due):
                if self.over():
                    break
                self.settle(self.begin(opened, delivery, reminders))
            # A chunk is looked at anew only when nothing of the one before is on its way.
            self.settle(opened.rest())

    def still_right(self, due: list[Delivery]) -> Iterator[tuple[Delivery, list[Reminder]]]:
        """Plan anew for these people; withdraw mails without anything left; yield the others.

        Nothing is planned for people outside, nor for what the office wrote: such a mail is right
        while its row is there, or says so itself when it is built.
        """
        planned = [delivery for delivery in due if delivery.is_planned]
        ids = [delivery.pk for delivery in planned]
        people = {row.recipient_id for row in planned if row.recipient_id is not None}
        if people:
            planning.plan(today=self.today, now=self.moment, recipients=people)
        outcomes.detach_paused(deliveries=ids, today=self.today)
        told: dict[int | None, list[Reminder]] = {}
        for reminder in queries.told_by(deliveries=ids):
            told.setdefault(reminder.delivery_id, []).append(reminder)
        empty = [pk for pk in ids if pk not in told]
        self.count["withdrawn"] += outcomes.withdraw(deliveries=empty)
        for delivery in due:
            if not delivery.is_planned or delivery.pk in told:
                yield delivery, told.get(delivery.pk, [])

    def begin(self, opened: Post, delivery: Delivery, reminders: list[Reminder]) -> list[Handed]:
        """Claim one mail, write it and hand it over; return those that came back meanwhile."""
        ours = outcomes.claim(
            delivery, reminders=[reminder.pk for reminder in reminders], now=self.moment
        )
        if ours is None:
            return []
        try:
            message = self.message(delivery, reminders)
        except DatabaseError:
            raise
        except BadAddress as error:
            return [Handed(claim=ours, meaning=meaning(error))]
        except Exception as error:  # one mail that cannot be written does not hold up the others
            log.exception("mail %s cannot be written", delivery.pk)
            broken = Meaning(answer=Answer.MESSAGE_REFUSED, words=f"cannot be written: {error!r}")
            return [Handed(claim=ours, meaning=broken)]
        if message is None:
            self.count["withdrawn"] += outcomes.nothing_to_say(ours, today=self.today)
            return []
        return opened.give(ours, message)

    def message(self, delivery: Delivery, reminders: list[Reminder]) -> EmailMessage | None:
        """Write one mail, outside any transaction."""
        return mails.message_for(delivery=delivery, reminders=reminders, today=self.today)

    def settle(self, handed: Iterable[Handed]) -> None:
        """Write down what became of mails."""
        for one in handed:
            if one.meaning is None:
                self.unreachable = self.refusals = 0
                if outcomes.sent(one.claim, now=self.moment, today=self.today):
                    self.count["sent"] += 1
                else:
                    log.warning("mail %s went after its lease", one.claim.delivery.pk)
                continue
            self.failed(one.claim, one.meaning)

    def failed(self, claim: outcomes.Claim, why: Meaning) -> None:
        """Write down that one was not simply taken."""
        self.unreachable = self.unreachable + 1 if why.unreachable else 0
        if why.answer is Answer.MESSAGE_REFUSED:
            self.refusals += 1
        else:
            self.refusals = 0
        state = outcomes.not_sent(claim, why, now=self.moment, today=self.today)
        # What the server said may hold an address: it stands with the mail, not in the log.
        log.info("mail %s: %s, now %s", claim.delivery.pk, why.answer, state)
        if state is DeliveryState.PARKED:
            self.count["parked"] += 1
        elif state is DeliveryState.REFUSED:
            self.count["refused"] += 1
        elif state is DeliveryState.WAITING:
            self.count["later" if why.answer is Answer.LATER else "doubtful"] += 1
