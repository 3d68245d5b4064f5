"""The parts of the bench by name: what each measures, and on which databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Final

from django.db import connection
from django.urls import reverse

from bench import (
    board,
    contributions,
    data,
    due,
    feeds,
    jobs,
    memory,
    national,
    plans,
    programmes,
    promises,
    reminders,
    sending,
    signing_in,
    stages,
    top_ten,
)
from bench.measure import Figure, page
from bench.sizes import SIZES
from bench.stages import Stage, sign_in
from branches.models import User
from notifications.services.planning import plan
from process.models import Milestone

BRANCH_PAGES: Final = (
    "process:today",
    "process:timeline",
    "process:meetings",
    "process:committee",
    "branches:people",
    "branches:history",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part.

    Attributes:
        measure: yields its figures.
        says: what it is about, for the list.
        both: on PostgreSQL too.
        leaves_rows: branches of its own stay behind, so the part after it begins anew.
    """

    measure: Callable[[Stage], Iterator[Figure]]
    says: str
    both: bool = False
    leaves_rows: bool = False


def _programmes(_stage: Stage) -> Iterator[Figure]:
    yield from programmes.seed()
    yield from programmes.figures()


def _phones(_stage: Stage) -> Iterator[Figure]:
    outcome = board.run(seconds=SIZES.phones)
    wait, delays = median(outcome.waits), outcome.delays
    yield Figure(
        name=f"{board.PHONES} phones post for {SIZES.phones:.0f} seconds",
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


def _pages(stage: Stage, *, beside: str = "") -> Iterator[Figure]:
    slug = stage.branch.slug
    for name in BRANCH_PAGES:
        yield page(stage.board, reverse(name, args=[slug]), name=f"{name}{beside}")
    milestone = Milestone.objects.filter(timeline__branch=stage.branch).earliest("position")
    address = reverse("process:milestone", args=[slug, milestone.pk])
    yield page(stage.board, address, name=f"process:milestone{beside}")


def _evaluations(stage: Stage) -> Iterator[Figure]:
    person = promises.council_member(stage.branch, 1)
    few = promises.evaluation_of(stage.branch, count=promises.FEW, person=person)
    many = promises.evaluation_of(stage.branch, count=promises.MANY, person=person)
    yield from promises.pages(sign_in(person), few, many)
    yield from promises.round_trip(few, many, person)


def _inputs(stage: Stage) -> Iterator[Figure]:
    small, large = stage.few[1:3]
    person = contributions.committee_member(small, large)
    few = contributions.input_of(small, count=contributions.FEW, person=person)
    many = contributions.input_of(large, count=contributions.MANY, person=person)
    yield from contributions.pages(sign_in(person), few, many)
    yield from contributions.likeness(many)


def _top_ten(stage: Stage) -> Iterator[Figure]:
    yield from top_ten.figures(stage.few[3])


def _feeds(stage: Stage) -> Iterator[Figure]:
    yield from feeds.figures([one.pk for one in stage.few])


def _sign_in(stage: Stage) -> Iterator[Figure]:
    assert stage.board
    yield from signing_in.figures(User.objects.get(email="bestuur@voorbeeld.nl"))


def _national(stage: Stage) -> Iterator[Figure]:
    assert stage.few
    drawn = list(national.figures(stage.officer, stage.election))
    yield from drawn
    assert stage.many
    yield from national.many(stage.officer, small=drawn[0])


def _beside(stage: Stage) -> Iterator[Figure]:
    assert stage.many
    yield from _pages(stage, beside=f", beside {len(stage.many):,}")


def _reminders(stage: Stage) -> Iterator[Figure]:
    assert stage.many
    yield from reminders.figures()


def _due(stage: Stage) -> Iterator[Figure]:
    yield from due.figures(stage.election, stage.template)


def _mails(stage: Stage) -> Iterator[Figure]:
    yield from sending.figures(stage.election, stage.template)


def _jobs(_stage: Stage) -> Iterator[Figure]:
    yield from jobs.figures()


def _memory(_stage: Stage) -> Iterator[Figure]:
    yield from memory.figures()


def _plans(stage: Stage) -> Iterator[Figure]:
    assert stage.many
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    acts = [
        (name, partial(stage.board.get, reverse(name, args=[stage.branch.slug])))
        for name in BRANCH_PAGES
    ]
    acts += [
        (name, partial(stage.officer.get, reverse(name)))
        for name in ("monitor:national", "monitor:top_tens", "monitor:pledges")
    ]
    written = plans.write([*acts, ("planning", partial(plan, today=data.TODAY, now=reminders.NOW))])
    print(f"plans written to {written}")
    yield from ()


# In this order: what needs no database or few branches comes before there are many.
PARTS: Final = {
    "programmes": Part(measure=_programmes, says="reading whole programmes, the seed among them"),
    "phones": Part(measure=_phones, says="a hundred phones in a live session"),
    "memory": Part(measure=_memory, says="what the web server and the idle stack hold"),
    "pages": Part(measure=_pages, says="the pages of a branch"),
    "evaluations": Part(measure=_evaluations, says="promises, few and many, and their spreadsheet"),
    "input": Part(measure=_inputs, says="the list of all that came in, few and many"),
    "ten": Part(measure=_top_ten, says="the public top ten"),
    "feeds": Part(measure=_feeds, says="calendars that are fetched"),
    "sign-in": Part(measure=_sign_in, says="the sign-in page and a code"),
    "mails": Part(
        measure=_mails, says="sending digests (MAILS=10000: more)", both=True, leaves_rows=True
    ),
    "planning": Part(measure=_due, says="10,000 due of 200,000 milestones", both=True),
    "national": Part(measure=_national, says="the national page, 350 and 10,350 branches"),
    "roll-out": Part(measure=stages.roll_outs, says="350 and 10,000 branches", both=True),
    "beside": Part(measure=_beside, says="the pages of a branch beside 10,350 others"),
    "plans": Part(measure=_plans, says="plans of the ten heaviest statements", both=True),
    "reminders": Part(measure=_reminders, says="planning for everybody, with 10,350 branches"),
    "jobs": Part(measure=_jobs, says="jobs through the outbox, each engine"),
}
