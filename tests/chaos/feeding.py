"""Puts work down as the product's own processes do, when told to on standard input.

``mail FIRST COUNT`` puts mails down; ``slow NUMBER SECONDS`` and ``poison`` one such job;
``shuffle`` nudges every waiting job three times, in no order, and some that are not there.
Each line is answered with ``done`` and the seconds that it took.
"""

from __future__ import annotations

import random
import sys
import time

import django

django.setup()

from django.db import transaction
from django.utils import timezone

from jobs import services
from jobs.models import Job


def mail(first: str, count: str) -> None:
    with transaction.atomic():
        for number in range(int(first), int(first) + int(count)):
            services.put("chaos.mail", payload={"number": number}, now=timezone.now())


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


ACTS = {"mail": mail, "slow": slow, "poison": poison, "shuffle": shuffle}

if __name__ == "__main__":
    for line in sys.stdin:
        name, *arguments = line.split()
        began = time.monotonic()
        ACTS[name](*arguments)
        print(f"done {time.monotonic() - began:.3f}", flush=True)  # noqa: T201 - the answer
