"""The public top ten beside a bare page that is kept and sent as it is."""

from __future__ import annotations

from datetime import date, timedelta
from http import HTTPStatus

from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench import urls
from bench.measure import Figure, seconds
from branches.models import Branch
from evaluation.enums_ten import PledgeStatus
from evaluation.models import Pledge, ProgressUpdate, TopTen
from process.models import Decision, Meeting, Timeline
from programmes.enums import ProgrammeKind
from tests.programme_factories import programme_with

AGREED = date(2021, 9, 1)
UPDATES = 12
"""Of each pledge: half-yearly rounds of a whole term, and some between."""


def figures(branch: Branch) -> list[Figure]:
    """Measure the page when it was drawn before, when there is nothing new, and drawing it.

    Args:
        branch: with a timeline and without a top ten.
    """
    top_ten = _top_ten(branch)
    address, client = reverse("evaluation:public_ten", args=[branch.slug]), Client()
    answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
        asked = len(queries)
    urls.bare_kept["text"] = answer.content
    floor = seconds(lambda: client.get("/bare/kept/"))
    kept = seconds(lambda: client.get(address))
    same = {"if-none-match": answer["ETag"]}
    nothing = seconds(lambda: client.get(address, headers=same))
    pages = caches["pages"]

    def draw() -> None:
        pages.clear()
        client.get(address)

    drawn = seconds(draw)
    details = {
        "milliseconds": round(kept * 1000, 2),
        "bare_milliseconds": round(floor * 1000, 2),
        "queries": asked,
        "kilobytes": round(len(answer.content) / 1024, 1),
        "milliseconds_to_draw": round(drawn * 1000, 1),
        "requests_a_second": round(1 / kept),
    }
    assert top_ten.edition == 0
    return [
        Figure(
            name="public top ten",
            ratio=floor / kept,
            floor="bare page of the same size, kept, no database",
            details=details,
        ),
        Figure(
            name="public top ten, nothing new",
            ratio=floor / nothing,
            floor="the same bare page",
            details={"milliseconds": round(nothing * 1000, 2)},
        ),
        Figure(
            name="public top ten, drawn over kept",
            ratio=drawn / kept,
            floor="times as long: what each change costs once in each process",
        ),
    ]


def _top_ten(branch: Branch) -> TopTen:
    timeline = Timeline.objects.filter(branch=branch).latest("pk")
    programme = programme_with(
        {"Alles": [f"Voorstel {number}: wij doen dit en dat." for number in range(10)]},
        branch=branch,
        kind=ProgrammeKind.ADOPTED,
        title="Programma",
        year=2022,
    )
    meeting = Meeting.objects.create(branch=branch, kind="members", title="ALV", day=AGREED)
    decision = Decision.objects.create(
        timeline=timeline,
        meeting=meeting,
        kind="agree_top_ten",
        decided_on=AGREED,
        text="Aldus besloten.",
        by_acclamation=True,
        recorded_on=AGREED,
    )
    top_ten = TopTen.objects.create(
        branch=branch,
        timeline=timeline,
        programme=programme,
        started_on=AGREED,
        decision=decision,
        agreed_on=AGREED,
        public_since=AGREED,
        edited_at=timezone.now(),
    )
    for rank, measure in enumerate(programme.measures.current(), start=1):
        pledge = Pledge.objects.create(
            top_ten=top_ten,
            measure=measure,
            rank=rank,
            title=measure.text,
            text=measure.text,
            source_text=measure.text,
            status=PledgeStatus.UNDER_WAY,
        )
        ProgressUpdate.objects.bulk_create(
            ProgressUpdate(
                pledge=pledge,
                day=AGREED + timedelta(days=number),
                written_on=AGREED + timedelta(days=number),
                status=PledgeStatus.UNDER_WAY,
                text="De raad nam onze motie aan. " * 8,
            )
            for number in range(UPDATES)
        )
    return top_ten
