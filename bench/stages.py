"""The databases that parts are measured on: 350 branches, and 10,000 more beside them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import cached_property

from django.db import transaction
from django.test import Client

from bench import data
from bench.measure import Figure
from bench.sizes import SIZES
from branches.models import AuditEntry, Branch, User
from core.statistics import learn_sizes
from process.models import Election, Milestone, TemplateVersion, Timeline
from process.services.roll_out import start

FEW, MANY = SIZES.few, SIZES.many
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in(user: User) -> Client:
    """Return a client on which ``user`` is signed in as a persona of the demonstration is."""
    client = Client()
    client.force_login(user, backend=_BACKEND)
    session = client.session
    session["demo_persona"] = True
    session.save()
    return client


class Stage:
    """What parts need, made when it is asked for."""

    def __init__(self) -> None:
        self.rolled_out: dict[int, Figure] = {}

    @cached_property
    def _start(self) -> tuple[Election, TemplateVersion]:
        return data.election_and_template()

    @property
    def election(self) -> Election:
        """Return the election of 2022."""
        return self._start[0]

    @property
    def template(self) -> TemplateVersion:
        """Return the product's own template."""
        return self._start[1]

    @cached_property
    def few(self) -> list[Branch]:
        """Return some hundreds of branches with a timeline."""
        self.rolled_out[FEW] = self._roll_out(FEW, "S")
        return list(Branch.objects.filter(slug__startswith="s").order_by("pk"))

    @cached_property
    def many(self) -> list[int]:
        """Return the numbers of ten thousand branches with a timeline: the few, and more."""
        assert self.few
        self.rolled_out[MANY] = self._roll_out(MANY, "L")
        learn_sizes(Branch, Timeline, Milestone, AuditEntry)
        return list(Branch.objects.order_by("pk").values_list("pk", flat=True))

    @property
    def branch(self) -> Branch:
        """Return the branch whose pages are measured."""
        return self.few[0]

    @cached_property
    def board(self) -> Client:
        """Return somebody on its board, signed in."""
        return sign_in(data.board_member(self.branch))

    @cached_property
    def officer(self) -> Client:
        """Return somebody of the national office, signed in."""
        return sign_in(data.officer())

    def _roll_out(self, count: int, prefix: str) -> Figure:
        """Roll out to new branches; the floor is writing the same rows without thinking."""
        ids = data.branches(count=count, prefix=prefix)
        rows = Branch.objects.filter(pk__gte=ids[0], pk__lte=ids[-1])
        election, template = self._start
        begin = time.perf_counter()
        start(election=election, template=template, by=None, today=data.TODAY, branches=rows)
        taken = time.perf_counter() - begin
        between = {"branch__gte": ids[0], "branch__lte": ids[-1]}
        timelines = Timeline.objects.filter(**between)
        milestones = list(Milestone.objects.filter(timeline__in=timelines).order_by("timeline"))
        entries = list(AuditEntry.objects.filter(**between))
        written = count + len(milestones) + len(entries)
        floor = _written_again(milestones, entries)
        return Figure(
            name=f"roll-out to {count:,} branches",
            ratio=floor / taken,
            floor="bulk_create of the same milestones and history rows",
            details={
                "seconds": round(taken, 2),
                "times_as_long": round(taken / floor, 2),
                "rows": written,
                "microseconds_a_row": round(taken / written * 1e6, 1),
            },
        )


def _written_again(milestones: list[Milestone], entries: list[AuditEntry]) -> float:
    """Write the same rows again as they are, and take them back; return the seconds."""
    for row in (*milestones, *entries):
        row.pk = None
    with transaction.atomic():
        Milestone.objects.filter(timeline__gte=milestones[0].timeline_id).delete()
        begin = time.perf_counter()
        Milestone.objects.bulk_create(milestones, batch_size=2000)
        AuditEntry.objects.bulk_create(entries, batch_size=1000)
        floor = time.perf_counter() - begin
        transaction.set_rollback(True)
    return floor


def roll_outs(stage: Stage) -> Iterator[Figure]:
    """Tell how the roll-outs went that made the stage."""
    assert stage.many
    small, large = (stage.rolled_out[count] for count in (FEW, MANY))
    yield small
    yield large
    a_row = "microseconds_a_row"
    yield Figure(
        name="roll-out grows linearly",
        ratio=small.details[a_row] / large.details[a_row],
        floor="time a row with 350 branches over that with 10,000",
    )
