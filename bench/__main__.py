"""``python -m bench``: prints a table and writes var/bench.json."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from statistics import median

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"

import django

django.setup()

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from bench import (
    contributions,
    data,
    feeds,
    jobs,
    programmes,
    promises,
    reminders,
    sending,
    top_ten,
)
from bench.board import PHONES, SECONDS
from bench.board import run as let_phones_post
from bench.measure import Figure, page
from branches.models import AuditEntry, Branch, User
from process.models import Election, Milestone, TemplateVersion, Timeline
from process.services.roll_out import start

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
BRANCH_PAGES = (
    "process:today",
    "process:timeline",
    "process:meetings",
    "process:committee",
    "branches:people",
    "branches:history",
)


def sign_in(user: User) -> Client:
    """Return a client on which ``user`` is signed in as a persona of the demonstration is."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    session = client.session
    session["demo_persona"] = True
    session.save()
    return client


def roll_out(election: Election, template: TemplateVersion, *, count: int, prefix: str) -> Figure:
    """Roll out to ``count`` new branches; the floor is writing the same rows without thinking."""
    ids = data.branches(count=count, prefix=prefix)
    begin = time.perf_counter()
    start(
        election=election,
        template=template,
        by=None,
        today=data.TODAY,
        branches=Branch.objects.filter(pk__in=ids),
    )
    taken = time.perf_counter() - begin
    timelines = Timeline.objects.filter(branch__in=ids)
    rows = list(Milestone.objects.filter(timeline__branch__in=ids))
    entries = list(AuditEntry.objects.filter(branch__in=ids))
    written = timelines.count() + len(rows) + len(entries)
    for row in (*rows, *entries):
        row.pk = None
    # The same rows, written again as they are, and taken back.
    with transaction.atomic():
        Milestone.objects.filter(timeline__branch__in=ids).delete()
        begin = time.perf_counter()
        Milestone.objects.bulk_create(rows, batch_size=2000)
        AuditEntry.objects.bulk_create(entries, batch_size=1000)
        floor = time.perf_counter() - begin
        transaction.set_rollback(True)
    return Figure(
        name=f"roll-out to {count} branches",
        ratio=floor / taken,
        floor="bulk_create of the same milestones and history rows",
        details={
            "seconds": round(taken, 2),
            "rows": written,
            "microseconds_a_row": round(taken / written * 1e6, 1),
        },
    )


def pages(client: Client, branch: Branch) -> Iterator[Figure]:
    """Measure the pages of one branch."""
    for name in BRANCH_PAGES:
        yield page(client, reverse(name, args=[branch.slug]), name=name)
    milestone = Milestone.objects.filter(timeline__branch=branch).earliest("position")
    address = reverse("process:milestone", args=[branch.slug, milestone.pk])
    yield page(client, address, name="process:milestone")


def evaluations(branch: Branch) -> Iterator[Figure]:
    """Measure an evaluation of few and one of many promises."""
    person = promises.council_member(branch, 1)
    few = promises.evaluation_of(branch, count=promises.FEW, person=person)
    many = promises.evaluation_of(branch, count=promises.MANY, person=person)
    yield from promises.pages(sign_in(person), few, many)
    yield from promises.round_trip(few, many, person)


def phones() -> Figure:
    """Let a hundred phones post for a minute, over real HTTP."""
    outcome = let_phones_post()
    wait, delays = median(outcome.waits), outcome.delays
    return Figure(
        name=f"{PHONES} phones post for {SECONDS:.0f} seconds",
        ratio=outcome.bare / wait,
        floor="a page without a database, the same server, alone",
        details={
            "taken": len(outcome.taken),
            "lost": outcome.lost,
            "doubled": outcome.doubled,
            "failed": len(outcome.failed),
            "milliseconds": round(wait * 1000, 1),
            "seconds_to_the_board": round(median(delays), 2),
            "slowest": round(delays[-1], 2),
        },
    )


def inputs() -> Iterator[Figure]:
    """Measure a list of few contributions and one of many, in branches of their own."""
    small, large = Branch.objects.order_by("pk")[1:3]
    person = contributions.committee_member(small, large)
    few = contributions.input_of(small, count=contributions.FEW, person=person)
    many = contributions.input_of(large, count=contributions.MANY, person=person)
    yield from contributions.pages(sign_in(person), few, many)
    yield from contributions.likeness(many)


def main() -> None:
    """Measure everything."""
    figures = list(programmes.figures())
    figures.append(phones())
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        election, template = data.election_and_template()
        figures += [roll_out(election, template, count=350, prefix="S")]
        branch = Branch.objects.earliest("pk")
        board, officer = sign_in(data.board_member(branch)), sign_in(data.officer())
        figures += pages(board, branch)
        figures += evaluations(branch)
        figures += inputs()
        figures += top_ten.figures(Branch.objects.order_by("pk")[3])
        figures += sending.figures(branch)
        figures += feeds.figures(list(Branch.objects.order_by("pk").values_list("pk", flat=True)))
        national = reverse("monitor:national")
        figures.append(page(officer, national, name="monitor:national, 350 branches"))
        figures.append(roll_out(election, template, count=10_000, prefix="L"))
        small, large = (
            figure.details["microseconds_a_row"]
            for figure in figures
            if figure.name.startswith("roll-out")
        )
        figures.append(
            Figure(
                name="roll-out grows linearly",
                ratio=small / large,
                floor="time a row with 350 branches over that with 10,000",
            )
        )
        figures.append(page(officer, national, name="monitor:national, 10,350 branches"))
        figures += [
            Figure(name=f"{figure.name}, beside 10,350", **rest)
            for figure in pages(board, branch)
            for rest in [{k: v for k, v in figure.as_row().items() if k != "name"}]
        ]
        figures += reminders.figures()
        figures += jobs.figures()
    finally:
        connection.close()
        settings.DATABASES["default"]["NAME"].unlink(missing_ok=True)
    report(figures)


def report(figures: list[Figure]) -> None:
    """Print the table and write bench.json."""
    for figure in figures:
        details = ", ".join(f"{name} {value}" for name, value in figure.details.items())
        print(f"{figure.name:44} {figure.ratio:6.2f} of {figure.floor:52} {details}")
    path = settings.STATE_DIR / "bench.json"
    path.write_text(json.dumps([figure.as_row() for figure in figures], indent=2), encoding="utf-8")
    print(f"written to {path.relative_to(settings.BASE_DIR)}")


if __name__ == "__main__":
    main()
