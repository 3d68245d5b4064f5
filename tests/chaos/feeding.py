"""Puts work down as the product's own processes do, when told to on standard input.

``mail FIRST COUNT`` puts mails down; ``slow NUMBER SECONDS`` and ``poison`` one such job;
``people BRANCHES EACH`` gives real reminders their readers, and ``day N`` lets N days have passed;
``shuffle`` nudges every waiting job three times, in no order, and some that are not there.
Each line is answered with ``done`` and the seconds that it took.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bench import data
from branches.enums import Role
from branches.models import Branch, Membership, User
from jobs import services
from jobs.models import Job
from process.models import Timeline
from process.services.roll_out import start
from tests.chaos.clock import FIRST_DAY


def mail(first: str, count: str) -> None:
    with transaction.atomic():
        for number in range(int(first), int(first) + int(count)):
            services.put("chaos.mail", payload={"number": number}, now=timezone.now())


def people(branches: str, each: str) -> None:
    """Roll out the election of 2022 to new branches, with so many people on each board."""
    election, template = data.election_and_template()
    ids = data.branches(count=int(branches), prefix="C")
    start(
        election=election,
        template=template,
        by=None,
        today=data.TODAY,
        branches=Branch.objects.filter(pk__in=ids),
    )
    for branch_id in ids:
        users = User.objects.bulk_create(
            User(email=f"b{branch_id}n{number}@chaos.example", name=f"Bo {number}")
            for number in range(int(each))
        )
        Membership.objects.bulk_create(
            Membership(user=user, branch_id=branch_id, role=Role.BOARD, started_on=data.TODAY)
            for user in users
        )


def day(number: str) -> None:
    """Let it be so many days after the first, and let every branch have done something on it."""
    today = FIRST_DAY + timedelta(days=int(number))
    # Who is silent is not told each week how it stands.
    Timeline.objects.update(last_activity_on=today)
    path = Path(settings.STATE_DIR, "day.new")
    path.write_text(today.isoformat())
    path.replace(path.with_suffix(""))


def slow(number: str, seconds: str) -> None:
    payload = {"number": int(number), "seconds": float(seconds)}
    services.put("chaos.slow", payload=payload, now=timezone.now())


def poison() -> None:
    services.put("chaos.poison", payload={}, now=timezone.now())


def shuffle(seed: str) -> None:
    ids = [*Job.objects.values_list("pk", flat=True), 10**9, 10**9 + 1] * 3
    random.Random(seed).shuffle(ids)  # noqa: S311 - a game of chance, no secret
    for job_id in ids:
        services.nudge(job_id)


ACTS: dict[str, Callable[..., None]] = {
    "day": day,
    "mail": mail,
    "people": people,
    "poison": poison,
    "shuffle": shuffle,
    "slow": slow,
}

if __name__ == "__main__":
    for line in sys.stdin:
        name, *arguments = line.split()
        began = time.monotonic()
        ACTS[name](*arguments)
        print(f"done {time.monotonic() - began:.3f}", flush=True)  # noqa: T201 - the answer
