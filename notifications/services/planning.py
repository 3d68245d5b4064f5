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

from django.db import connection

from branches.models import Membership
from notifications.enums import ReminderState
from notifications.models import Reminder, RuleSetting
from notifications.rules.catalogue import RULES, Rule
from notifications.services.desire import Desire, desire, nothing
from notifications.services.inserting import answers, joining_as_written, writing, written
from notifications.sources.protocol import Window

LOOKS_BACK = timedelta(days=60)
"""What should have been told longer ago is not told any more: the week in short says it."""
LOOKS_AHEAD = timedelta(days=7)
# So many people are named in one statement.
_PEOPLE_AT_A_TIME = 500
# Of more branches than this the statement names none.
_BRANCHES = 2_000


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
    desires = [_wanted(rule, settings.get(rule.key), window) for rule in rules]
    planned = withdrawn = 0
    for people in _in_parts(recipients):
        waiting = _rules_that_wait(people)
        branches = None if people is None else branches_of(people, today)
        for wanted in desires:
            # Looking takes no lock, and mostly there is nothing to write.
            missing, gone = _looked(wanted, people, branches, waits=wanted.rule.key in waiting)
            if missing:
                planned += _insert(wanted, people, branches, now)
            if gone:
                withdrawn += _withdraw(wanted, people, branches)
    return Planned(planned=planned, withdrawn=withdrawn)


def _wanted(rule: Rule, setting: RuleSetting | None, window: Window) -> Desire:
    if setting is not None and not setting.is_on:
        return nothing(rule, window)
    days = setting.days if setting is not None and rule.has_days else rule.days
    return desire(rule, days, window, connection.vendor)


def _rules_that_wait(people: list[int] | None) -> set[str]:
    """Return the rules of which anything waits: of the others nothing can be withdrawn."""
    waiting = Reminder.objects.filter(state=ReminderState.WAITING)
    if people is not None:
        waiting = waiting.filter(recipient__in=people)
    return set(waiting.order_by().values_list("rule", flat=True).distinct())


def _looked(
    wanted: Desire, people: list[int] | None, branches: list[int] | None, *, waits: bool
) -> tuple[bool, bool]:
    if not waits and not wanted.parts:
        return False, False
    with joining_as_written():
        return answers(wanted.differs(people=people, branches=branches, waits=waits))


def _insert(
    wanted: Desire, people: list[int] | None, branches: list[int] | None, now: datetime
) -> int:
    count = 0
    for missing in wanted.missing(people=people, branches=branches):
        with joining_as_written(), writing():
            count += written(wanted.insertion(missing, now=now))
    return count


def _withdraw(wanted: Desire, people: list[int] | None, branches: list[int] | None) -> int:
    gone = wanted.gone(people=people, branches=branches)
    with joining_as_written(), writing():
        return written(wanted.withdrawal(gone))


def branches_of(people: list[int], today: date) -> list[int] | None:
    """Return the branches in which these people hold a role; ``None`` when that is no help."""
    held = Membership.objects.active(today=today).filter(user__in=people)
    branches = list(held.order_by().values_list("branch", flat=True).distinct()[: _BRANCHES + 1])
    return branches if len(branches) <= _BRANCHES else None


def _in_parts(recipients: Collection[int] | None) -> Iterator[list[int] | None]:
    if recipients is None:
        yield None
        return
    rest = iter(sorted(set(recipients)))
    while part := list(islice(rest, _PEOPLE_AT_A_TIME)):
        yield part
