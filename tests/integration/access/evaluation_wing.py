"""What a house of the matrix has of an evaluation: each text of it to be recognised later."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile

from branches import audit
from branches.models import User
from evaluation.enums import CarryOver, EvidenceKind, Reason, Timing, Verdict
from evaluation.models import (
    Assessment,
    Assignment,
    Comment,
    Evaluation,
    Evidence,
    Promise,
    SheetImport,
)
from process.models import Timeline
from programmes.models import Programme
from tests.clock import FIRST_DAY
from tests.evaluation_factories import evaluation_of
from tests.programme_factories import programme_with

if TYPE_CHECKING:
    from tests.integration.access.house import Words


@dataclass(kw_only=True)
class EvaluationWing:
    """Objects that rows take.

    Attributes:
        evaluation: under way, with two promises.
        promise: the first, about which two people differ; everything hangs on it.
        settled: the second, about which people differed.
        evidence: a link.
        with_file: a file.
        public_file: a file that stands on the public page.
        fresh: a previous programme that nobody looks back at yet.
        sheet: a spreadsheet of the council group, looked at and not taken over yet.
    """

    evaluation: Evaluation
    promise: Promise
    settled: Promise
    evidence: Evidence
    with_file: Evidence
    public_file: Evidence
    fresh: Programme
    sheet: SheetImport


def build_evaluation(
    *, programme: Programme, timeline: Timeline, words: Words, people: dict[str, User]
) -> EvaluationWing:
    """Build an evaluation under way, with everything that can hang on a promise."""
    evaluation = evaluation_of(
        programme,
        timeline=timeline,
        started_by=people["council_group"],
        public_since=FIRST_DAY,
        public_text=words.say("inleiding voor het publiek"),
    )
    promise = evaluation.promises.get(measure__number=1)
    evidence, with_file = _hang_on(promise, words, people)
    settled = evaluation.promises.get(measure__number=2)
    _settle(settled, words, people)
    audit.record(
        verb="promise.assessed.delivered",
        by=people["council_group"],
        branch=evaluation.branch,
        today=FIRST_DAY,
        subject=promise,
        promise=words.say("belofte in het spoor"),
    )
    return EvaluationWing(
        evaluation=evaluation,
        promise=promise,
        settled=settled,
        evidence=evidence,
        with_file=with_file,
        public_file=_show_to_all(settled, words),
        fresh=programme_with(
            {words.say("Hoofdstuk van toen"): [words.say("belofte van toen")]},
            branch=evaluation.branch,
            title=words.say("Programma van toen"),
        ),
        sheet=_bring(settled, words, people),
    )


def _hang_on(promise: Promise, words: Words, people: dict[str, User]) -> tuple[Evidence, Evidence]:
    """Deal a promise out, judge it in two ways, show something, say something."""
    Assignment.objects.create(
        promise=promise,
        person=people["council_group"],
        assigned_by=people["board"],
        assigned_on=FIRST_DAY,
    )
    for name, verdict in (("council_group", Verdict.DELIVERED), ("committee", Verdict.PARTLY)):
        Assessment.objects.create(
            promise=promise,
            assessor=people[name],
            verdict=verdict,
            reason=Reason.NO_MONEY if verdict == Verdict.PARTLY else "",
            timing=Timing.LATE,
            note=words.say("notitie voor elkaar"),
            assessed_on=FIRST_DAY,
            revision=1,
        )
    promise.disputed = True
    promise.portfolio = words.say("portefeuille")[:80]
    promise.explanation = words.say("uitleg voor het publiek")
    promise.carry_over = CarryOver.CARRY
    promise.carry_reason = words.say("waarom het doorgaat")
    promise.save()
    Comment.objects.create(
        promise=promise,
        author=people["board"],
        text=words.say("reactie"),
        written_on=FIRST_DAY,
    )
    evidence = Evidence.objects.create(
        promise=promise,
        kind=EvidenceKind.LINK,
        title=words.say("bewijs"),
        url=f"https://voorbeeld.nl/{words.say('link').replace(' ', '-')}",
        note=words.say("wat het bewijs laat zien"),
        added_by=people["council_group"],
        added_on=FIRST_DAY,
    )
    name = f"{words.say('raadsbesluit').replace(' ', '-')}.txt"
    with_file = Evidence.objects.create(
        promise=promise,
        kind=EvidenceKind.FILE,
        title=words.say("bewijs op papier"),
        file=ContentFile(
            words.say("inhoud van het bewijs").encode(), name=f"{uuid.uuid4().hex}.txt"
        ),
        file_name=name,
        public=False,
        added_by=people["council_group"],
        added_on=FIRST_DAY,
    )
    return evidence, with_file


def _settle(promise: Promise, words: Words, people: dict[str, User]) -> None:
    promise.verdict = Verdict.NOT_DELIVERED
    promise.settled_by = people["board"]
    promise.settled_on = FIRST_DAY
    promise.settled_because = words.say("waarom zo beslecht")
    promise.save()


def _bring(promise: Promise, words: Words, people: dict[str, User]) -> SheetImport:
    return SheetImport.objects.create(
        evaluation=promise.evaluation,
        file_name=f"{words.say('werkblad').replace(' ', '-')}.xlsx",
        changes=[
            {
                "row": 3,
                "promise": promise.pk,
                "column": "explanation",
                "value": words.say("uitleg in het werkblad"),
                "current": "",
                "conflict": False,
            }
        ],
        remarks={"unknown": [words.say("kolom die wij niet kennen")]},
        uploaded_by=people["council_group"],
        uploaded_on=FIRST_DAY,
    )


def _show_to_all(promise: Promise, words: Words) -> Evidence:
    return Evidence.objects.create(
        promise=promise,
        kind=EvidenceKind.FILE,
        title=words.say("bewijs voor iedereen"),
        file=ContentFile(b"Voor iedereen.", name=f"{uuid.uuid4().hex}.txt"),
        file_name="besluit.txt",
        added_on=FIRST_DAY,
    )
