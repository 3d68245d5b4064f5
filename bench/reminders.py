"""Planning reminders for many branches, beside writing the same rows without thinking."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from time import perf_counter

from django.db import connection

from bench.data import TODAY
from bench.measure import Figure
from branches.enums import Role
from branches.models import Branch, Membership, User
from notifications.models import Reminder
from notifications.rules.catalogue import RULES
from notifications.services.composing import compose
from notifications.services.planning import plan
from process.models import Milestone

NOW = datetime(2021, 10, 4, 6, 0, tzinfo=UTC)
LOCAL = datetime(2021, 10, 4, 8, 0, tzinfo=UTC)
# Two of the board, one of the council group, one of the committee.
_CREW = (Role.BOARD, Role.BOARD, Role.COUNCIL_GROUP, Role.COMMITTEE)
_AT_ONCE = tuple(rule for rule in RULES if rule.at_once)


def people(branches: list[int]) -> None:
    """Give each branch somebody for every role that a milestone asks for."""
    users = User.objects.bulk_create(
        User(email=f"p{place}.{branch}@voorbeeld.nl", name=f"Persoon {branch}")
        for branch in branches
        for place in range(len(_CREW))
    )
    seats = ((branch, role) for branch in branches for role in _CREW)
    Membership.objects.bulk_create(
        Membership(user=user, branch_id=branch, role=role, started_on=TODAY.replace(month=1))
        for user, (branch, role) in zip(users, seats, strict=True)
    )


def figures() -> Iterator[Figure]:
    """Measure planning for everybody, planning again, and making the mails of the morning."""
    branches = list(Branch.objects.values_list("pk", flat=True))
    people(branches)
    everything = partial(plan, today=TODAY, now=NOW)
    first, statements = _taken(everything)
    rows = Reminder.objects.count()
    floor = _floor()
    yield Figure(
        name=f"planning for {len(branches):,} branches",
        ratio=floor / first,
        floor="INSERT … SELECT of the same reminders",
        details={
            "seconds": round(first, 2),
            "reminders": rows,
            "milestones": Milestone.objects.count(),
            "statements": statements,
            "microseconds_a_reminder": round(first / rows * 1e6, 1),
        },
    )
    again, statements = _taken(everything)
    yield Figure(
        name="planning again, nothing changed",
        ratio=floor / again,
        floor="INSERT … SELECT of the same reminders",
        details={"seconds": round(again, 2), "statements": statements},
    )
    at_once, statements = _taken(partial(plan, today=TODAY, now=NOW, rules=_AT_ONCE))
    yield Figure(
        name="planning what cannot wait, each minute",
        ratio=again / at_once,
        floor="planning everything again",
        details={"seconds": round(at_once, 3), "statements": statements},
    )
    few = list(User.objects.filter(memberships__isnull=False).values_list("pk", flat=True)[:50])
    some, statements = _taken(partial(plan, today=TODAY, now=NOW, recipients=few))
    yield Figure(
        name="planning for fifty people, before their mails go",
        ratio=again / some,
        floor="planning everything again",
        details={"seconds": round(some, 3), "statements": statements},
    )
    composed, statements = _taken(partial(compose, local=LOCAL, now=NOW))
    yield Figure(
        name="making the digests of a morning",
        ratio=floor / composed,
        floor="INSERT … SELECT of the same reminders",
        details={"seconds": round(composed, 2), "statements": statements},
    )


def _taken(act: Callable[[], object]) -> tuple[float, int]:
    count = 0

    def counted(execute: Callable[..., object], *arguments: object) -> object:
        nonlocal count
        count += 1
        return execute(*arguments)

    start = perf_counter()
    with connection.execute_wrapper(counted):
        act()
    return perf_counter() - start, count


def _floor() -> float:
    """Write the reminders that are there once more, into the emptied table."""
    table = connection.ops.quote_name(Reminder._meta.db_table)  # noqa: SLF001 - its documented name
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE kept AS SELECT * FROM {table}")  # noqa: S608 - our own table
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - as above
        start = perf_counter()
        cursor.execute(f"INSERT INTO {table} SELECT * FROM kept")  # noqa: S608 - as above
        taken = perf_counter() - start
        cursor.execute("DROP TABLE kept")
    return taken
