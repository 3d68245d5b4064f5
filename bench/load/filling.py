"""Fills the database of a stack and prints, as JSON, who may visit what.

A process of its own, for it runs with the settings and the database of that stack. Timelines come
from the product's own roll-out, calendars and reminders from its own rounds; the rest is written in
bulk, for what is measured is reading it.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from bench import data, reminders
from bench.load import rows, visitors
from bench.load.sizes import SIZES
from branches.models import Branch
from core.statistics import learn_sizes
from notifications.enums import DeliveryState, ReminderState
from notifications.models import Delivery, Reminder
from notifications.services.composing import compose
from notifications.services.planning import plan
from process.models import Milestone, Timeline
from process.queries.calendars import behind
from process.services import calendar
from process.services.roll_out import start

_seconds: dict[str, float] = {}


@contextmanager
def _timed(what: str) -> Iterator[None]:
    begin = time.perf_counter()
    yield
    _seconds[what] = round(time.perf_counter() - begin, 1)
    sys.stderr.write(f"    {what}: {_seconds[what]} s\n")
    sys.stderr.flush()


def fill(name: str) -> dict[str, Any]:
    """Fill an empty database; return who visits, the rows, and the seconds that each step took."""
    size = SIZES[name]
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    election, template = data.election_and_template()
    ids = data.branches(count=size.branches, prefix="L")
    lively = ids[: size.lively]
    with _timed("roll-out"):
        branches = Branch.objects.filter(pk__in=Branch.objects.values("pk"))
        start(election=election, template=template, by=None, today=data.TODAY, branches=branches)
        learn_sizes(Timeline, Milestone)
    with _timed("people"):
        reminders.people(ids)
    with _timed("contributions"):
        rows.contributions(lively=lively, others=ids[size.lively :], count=size.contributions)
    with _timed("evaluations"):
        rows.evaluations(lively)
    with _timed("pledges"):
        rows.top_tens(ids)
    with _timed("statistics"):
        _count_rows()
    with _timed("calendars"):
        while behind().exists():
            calendar.refresh(now=timezone.now(), today=data.TODAY)
    with _timed("planning"):
        planned = plan(today=data.TODAY, now=reminders.NOW).planned
    with _timed("planning again"):
        plan(today=data.TODAY, now=reminders.NOW)
    with _timed("composing"):
        compose(local=reminders.LOCAL, now=reminders.NOW)
    # The mails of that morning went out.
    Delivery.objects.update(state=DeliveryState.SENT, sent_at=reminders.NOW)
    Reminder.objects.filter(delivery__isnull=False).update(state=ReminderState.SENT)
    _count_rows()
    return {
        "visitors": visitors.visitors(lively, people=size.people),
        "seconds": _seconds,
        "rows": {**rows.counted(), "reminders": planned},
    }


def _count_rows() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    print(json.dumps(fill(sys.argv[1])))
