"""Makes mails of what waits: one digest a person a day at that person's hour, and what cannot wait.

Letters to people outside become mails too, at once (``letters``).

Set-based: a fixed number of statements, however many people. Composing twice, or by two at once,
gives the same mails: each has a key, and a reminder stands in one mail.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    DateTimeField,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat
from django.db.models.lookups import GreaterThanOrEqual

from notifications.enums import DeliveryState, ReminderState
from notifications.models import Delivery, Reminder
from notifications.models.choices import DEFAULT_HOUR
from notifications.models.outbox import DeliveryQuerySet, ReminderQuerySet
from notifications.queries.recipients import reachable, rests_here
from notifications.rules.catalogue import DIGEST, RULES
from notifications.services import letters
from notifications.services.inserting import insert_from, writing

AT_ONCE = {rule.key: rule.mail for rule in RULES if rule.at_once}
STAYS_NEWS = timedelta(days=1)
"""After so many days work that was given to you can wait for the digest: a month without a machine
ends in one mail a person. News of a meeting still to come does not: a calendar needs it apart."""
AT_ONCE_A_DAY = 12
"""So many mails one branch sends one person at once in a day: a board that invites for a whole year
in one evening stays below it. What comes beyond stands in the next digest."""
_WAITS_LATER = tuple(key for key in AT_ONCE if not key.startswith("meeting."))
_GIVEN = "milestone.assigned"


def compose(*, local: datetime, now: datetime, any_hour: bool = False) -> int:
    """Make deliveries of the reminders that are due; return how many mails are new.

    Args:
        local: the product's moment, in Amsterdam: its day, and the hour for digests.
        now: the machine's moment.
        any_hour: the day is over (a demonstration's clock has passed it): hours do not count.
    """
    today = local.date()
    _let_go(today)
    too_old = Q(rule__in=_WAITS_LATER, due_on__lt=today - STAYS_NEWS)
    cannot_wait = (
        Q(rule__in=AT_ONCE) & ~too_old & ~_one_more_given(today) & ~_more_than_enough(today)
    )
    at_once, rest = _due(today).filter(cannot_wait), _due(today).filter(~cannot_wait)
    if not any_hour:
        rest = rest.annotate(hour=Coalesce("recipient__reader__digest_hour", DEFAULT_HOUR)).filter(
            hour__lte=local.hour
        )
    made = _news(at_once, today, now) + _digests(rest, today, now)
    _say_which_branch(today)
    return made + letters.compose(today=today, now=now)


def _due(today: date) -> ReminderQuerySet:
    """What waits, is due, stands in no mail, and whose person gets mail today."""
    return Reminder.objects.filter(
        ~rests_here(today=today),
        reachable(today=today),
        state=ReminderState.WAITING,
        due_on__lte=today,
        delivery=None,
    )


def _one_more_given(today: date) -> Q:
    """Somebody who is given twelve milestones in an evening hears of the first at once.

    The others stand in the next digest.
    """
    same = {"recipient": OuterRef("recipient"), "rule": _GIVEN}
    before = Reminder.objects.filter(
        **same, state=ReminderState.WAITING, delivery=None, due_on__lte=today, pk__lt=OuterRef("pk")
    )
    told = Reminder.objects.filter(
        **same, delivery__mail=AT_ONCE[_GIVEN], delivery__day__gte=OuterRef("due_on")
    ).exclude(delivery__state=DeliveryState.WITHDRAWN)
    return Q(rule=_GIVEN) & (Q(Exists(before)) | Q(Exists(told)))


def _more_than_enough(today: date) -> GreaterThanOrEqual:
    """The branch told this person so much today that the rest can stand together in the digest.

    Counted are what it told at once today, and what waits and was planned before.
    """
    told = Q(delivery__day=today, delivery__mail__in=AT_ONCE.values()) & ~Q(
        delivery__state=DeliveryState.WITHDRAWN
    )
    before = Q(state=ReminderState.WAITING, delivery=None, due_on__lte=today, pk__lt=OuterRef("pk"))
    rows = Reminder.objects.filter(
        told | before,
        recipient=OuterRef("recipient"),
        branch=OuterRef("branch"),
        rule__in=AT_ONCE,
    )
    number = rows.order_by().values("recipient").annotate(number=Count("pk")).values("number")
    return GreaterThanOrEqual(Coalesce(Subquery(number), 0), AT_ONCE_A_DAY)


def _fresh() -> DeliveryQuerySet:
    """Mails of reminders that wait and that certainly nobody has got: they may still change."""
    return Delivery.objects.filter(
        state=DeliveryState.WAITING, doubts=0, recipient__isnull=False, message=None
    )


def _let_go(today: date) -> None:
    """Take apart what is not to be sent as it is: what folds into today's digest, or in a break.

    Its reminders wait again. A mail that may have arrived keeps its identity and its reminders.
    """
    old_news = Q(mail__in=[AT_ONCE[rule] for rule in _WAITS_LATER], day__lt=today - STAYS_NEWS)
    earlier = _fresh().filter(Q(mail=DIGEST, day__lt=today) | old_news)
    if earlier.exists():
        with writing():
            earlier.update(state=DeliveryState.WITHDRAWN)
    loose = Reminder.objects.filter(state=ReminderState.WAITING, delivery__isnull=False).filter(
        # Of a mail that left without it: it came in just before.
        Q(delivery__state__in=[DeliveryState.WITHDRAWN, DeliveryState.SENT])
        | Q(delivery__state=DeliveryState.WAITING, delivery__doubts=0)
        & (Q(rests_here(today=today)) | Q(~reachable(today=today)))
    )
    if loose.exists():
        with writing():
            loose.update(delivery=None)
    empty = _fresh().filter(
        ~Exists(Reminder.objects.filter(delivery=OuterRef("pk"), state=ReminderState.WAITING))
    )
    if empty.exists():
        with writing():
            empty.update(state=DeliveryState.WITHDRAWN)


def _news(due: ReminderQuerySet, today: date, now: datetime) -> int:
    """One mail a reminder."""
    if not due.exists():
        return 0
    colon = Value(":")
    key = Concat(
        "rule",
        colon,
        Cast("recipient_id", CharField()),
        colon,
        Cast("subject_id", CharField()),
        colon,
        Cast("subject_version", CharField()),
        colon,
        Cast("due_on", CharField()),
        output_field=CharField(),
    )
    mail = Case(
        *(When(rule=name, then=Value(mail)) for name, mail in AT_ONCE.items()),
        output_field=CharField(),
    )
    keyed = due.annotate(delivery_key=key)
    mails = (
        keyed.order_by()
        .values("recipient_id", "branch_id")
        .annotate(key=F("delivery_key"), mail=mail, **_common(today, now))
    )
    return _made(mails, keyed, today, now)


def _digests(due: ReminderQuerySet, today: date, now: datetime) -> int:
    """One mail a person; what comes due after it has left, waits for tomorrow's."""
    key = Concat(
        Value(f"{DIGEST}:"),
        Cast("recipient_id", CharField()),
        Value(f":{today:%Y-%m-%d}"),
        output_field=CharField(),
    )
    keyed = due.annotate(delivery_key=key)
    left = Delivery.objects.filter(key=OuterRef("delivery_key")).exclude(
        state__in=[DeliveryState.WAITING, DeliveryState.WITHDRAWN]
    )
    keyed = keyed.filter(~Exists(left))
    if not keyed.exists():
        return 0
    # To the type checker a column of the mail is one of the reminder.
    grouped: Any = keyed.order_by().values("recipient_id", key=F("delivery_key"))
    mails = grouped.annotate(
        # Of one branch, if all of it is: see _say_which_branch.
        branch_id=Min("branch_id"),
        mail=Value(DIGEST, CharField()),
        **_common(today, now),
    )
    return _made(mails, keyed, today, now)


def _made(mails: QuerySet[Any, Any], keyed: ReminderQuerySet, today: date, now: datetime) -> int:
    """Write mails, let those that were taken apart wait again, and put what they tell in them."""
    with writing():
        made = insert_from(
            mails,
            into=Delivery,
            unique=("key",),
            revive=_anew(today, now),
            only_if=("state", DeliveryState.WITHDRAWN.value),
        )
        _attach(keyed)
    return made


def _common(today: date, now: datetime) -> dict[str, Value]:
    """The columns that are the same for all new mails."""
    return {
        "day": Value(today, DateField()),
        "state": Value(DeliveryState.WAITING.value, CharField()),
        "attempts": Value(0),
        "doubts": Value(0),
        "error": Value("", CharField()),
        "send_after": Value(now, DateTimeField()),
        "created_at": Value(now, DateTimeField()),
    }


def _anew(today: date, now: datetime) -> dict[str, object]:
    """What a mail becomes that was taken apart and has something to say again."""
    return {
        "state": DeliveryState.WAITING.value,
        "day": today,
        "attempts": 0,
        "doubts": 0,
        "error": "",
        "send_after": now,
        "leased_until": None,
    }


def _attach(keyed: ReminderQuerySet) -> None:
    mail = Delivery.objects.filter(key=OuterRef("delivery_key"))
    # Found by its key. A PostgreSQL that does not know yet how many mails were just made would look
    # through all that wait for each reminder, if the state could be looked up in an index.
    waits = mail.alias(how=Concat("state", Value(""))).filter(how=DeliveryState.WAITING)
    keyed.filter(Exists(waits)).update(delivery=Subquery(mail.values("pk")))


def _say_which_branch(today: date) -> None:
    """A digest that tells of several branches, or of the country as well, is of none."""
    other = Reminder.objects.filter(delivery=OuterRef("pk"), state=ReminderState.WAITING).exclude(
        branch=OuterRef("branch"), branch__isnull=False
    )
    mixed = _fresh().filter(Exists(other), mail=DIGEST, day=today, branch__isnull=False)
    if mixed.exists():
        with writing():
            mixed.update(branch=None)
