"""Keeps the outbox in step with what the sources desire: new rows in, rows without a cause out.

Relevance has one definition: a source's queryset. Both statements are made of it, per rule: what it
names and is not there is inserted, what waits and it does not name is withdrawn. The number of
statements depends on the number of rules alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db.models import (
    CharField,
    DateTimeField,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.lookups import IsNull

from notifications.enums import DeliveryState, ReminderState
from notifications.models import Delivery, Preference, Reminder, RuleSetting
from notifications.models.outbox import ReminderQuerySet
from notifications.rules.catalogue import RULES, Rule
from notifications.services.inserting import insert_from, writing
from notifications.sources.protocol import Window
from notifications.sources.registry import source_of

LOOKS_BACK = timedelta(days=60)
"""What should have been told longer ago is not told any more: the week in short says it."""
LOOKS_AHEAD = timedelta(days=7)
_ONE = ("recipient_id", "rule", "subject_id", "subject_version", "due_on")
# So many people are named in one statement.
_PEOPLE_AT_A_TIME = 500
_Rows = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class Planned:
    """How many reminders wait anew, and how many no longer do."""

    planned: int = 0
    withdrawn: int = 0


def plan(
    *,
    today: date,
    now: datetime,
    recipients: Collection[int] | None = None,
    rules: Iterable[Rule] = RULES,
) -> Planned:
    """Write what is desired for the days around today, and withdraw what no longer is.

    Harmless at any moment, as often as you like, also by two at once. Call it outside a
    transaction: each rule has a short one of its own. Reminders of a mail that is being handed
    over are left alone; so whoever sends calls this before taking the mail.

    Args:
        today: the product's day.
        now: the machine's moment, for ``planned_at``.
        recipients: only what is theirs; ``None`` for everybody.
        rules: only these, for what must not wait for the others.
    """
    window = Window(first=today - LOOKS_BACK, last=today + LOOKS_AHEAD, today=today)
    settings = {row.rule: row for row in RuleSetting.objects.all()}
    planned = withdrawn = 0
    for rule in rules:
        setting = settings.get(rule.key)
        desired = _desired(rule, setting, window)
        for people in _in_parts(recipients):
            planned += _insert(rule, desired, people, now)
            withdrawn += _withdraw(rule, desired, people, window)
    return Planned(planned=planned, withdrawn=withdrawn)


def _desired(rule: Rule, setting: RuleSetting | None, window: Window) -> list[_Rows]:
    if setting is not None and not setting.is_on:
        return []
    days = setting.days if setting is not None and rule.has_days else rule.days
    rows = source_of(rule).rows(rule=rule, days=days, window=window)
    return [one.filter(~_unwanted(rule), ~_told_later(rule)) for one in rows]


def _unwanted(rule: Rule) -> Exists:
    """The person switched this kind off for this branch, or for the country."""
    branch = OuterRef("for_branch_id")
    return Exists(
        Preference.objects.filter(
            Q(branch=branch) | Q(IsNull(branch, rhs=True), branch=None),
            user=OuterRef("to_id"),
            **{rule.kind: False},
        )
    )


def _told_later(rule: Rule) -> Q:
    """The same rule has told it for a later day already: its number of days grew, or it moved."""
    if not rule.has_days:
        return Q(pk__in=[])
    return Q(
        Exists(
            Reminder.objects.filter(
                recipient=OuterRef("to_id"),
                rule=rule.key,
                subject_id=OuterRef("about_id"),
                subject_version=OuterRef("about_version"),
                due_on__gt=OuterRef("told_on"),
                state=ReminderState.SENT,
            )
        )
    )


def _insert(rule: Rule, desired: list[_Rows], people: list[int] | None, now: datetime) -> int:
    count = 0
    for rows in desired:
        new = _missing(rule, rows if people is None else rows.filter(to_id__in=people))
        # Looking takes no lock; mostly there is nothing to write.
        if not new.exists():
            continue
        with writing():
            count += insert_from(
                _as_reminders(rule, new, now),
                into=Reminder,
                unique=_ONE,
                revive={
                    "state": ReminderState.WAITING.value,
                    "delivery_id": None,
                    "planned_at": now,
                },
                only_if=("state", ReminderState.WITHDRAWN.value),
            )
    return count


def _missing(rule: Rule, rows: _Rows) -> _Rows:
    return rows.filter(
        ~Exists(
            Reminder.objects.filter(
                recipient=OuterRef("to_id"),
                rule=rule.key,
                subject_id=OuterRef("about_id"),
                subject_version=OuterRef("about_version"),
                due_on=OuterRef("told_on"),
            ).exclude(state=ReminderState.WITHDRAWN)
        )
    )


def _as_reminders(rule: Rule, rows: _Rows, now: datetime) -> _Rows:
    """Name the columns as the table does; what a source says twice is one row."""
    return (
        rows.values(
            recipient_id=F("to_id"),
            subject_id=F("about_id"),
            subject_version=F("about_version"),
            due_on=F("told_on"),
        )
        .annotate(
            branch_id=Min("for_branch_id"),
            rule=Value(rule.key, CharField()),
            state=Value(ReminderState.WAITING.value, CharField()),
            planned_at=Value(now, DateTimeField()),
        )
        .order_by()
    )


def _withdraw(rule: Rule, desired: list[_Rows], people: list[int] | None, window: Window) -> int:
    # What waited so long that nobody looks at it any more (a long pause), is not told either.
    waiting: ReminderQuerySet = Reminder.objects.filter(
        rule=rule.key, state=ReminderState.WAITING, due_on__lte=window.last
    )
    if people is not None:
        waiting = waiting.filter(recipient__in=people)
    being_sent = Delivery.objects.filter(pk=OuterRef("delivery"), state=DeliveryState.SENDING)
    gone = waiting.filter(~Exists(being_sent))
    for rows in desired:
        gone = gone.filter(
            ~Exists(
                rows.filter(
                    to_id=OuterRef("recipient_id"),
                    about_id=OuterRef("subject_id"),
                    about_version=OuterRef("subject_version"),
                    told_on=OuterRef("due_on"),
                )
            )
        )
    if not gone.exists():
        return 0
    with writing():
        return gone.update(state=ReminderState.WITHDRAWN, delivery=None)


def _in_parts(recipients: Collection[int] | None) -> Iterator[list[int] | None]:
    if recipients is None:
        yield None
        return
    rest = iter(sorted(set(recipients)))
    while part := list(islice(rest, _PEOPLE_AT_A_TIME)):
        yield part
