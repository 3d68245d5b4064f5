"""Oirschot chooses its ten: begun by the committee, and left to whoever comes to finish it (R58).

Who lets the winter pass without agreeing them finds that the members did so themselves, on the last
Saturday; what became of that ten is told as in the invented branches. A ten that a visitor let
agree is the visitor's own.
"""

from __future__ import annotations

import uuid
from datetime import date, time
from typing import Any

from django.db.models import QuerySet

from branches.models import AuditEntry
from demo.data.groups import OIRSCHOT
from demo.data.tens import OIRSCHOT_PROGRAMME, oirschot
from demo.services.looking_back import document
from demo.services.people import crews_of
from demo.services.stage import Stage, votes
from evaluation.models import Pledge, TopTen
from evaluation.rules.pledge import TEN
from evaluation.services.ten import agreeing, choosing, people, preferring, starting
from evaluation.services.ten.progress import report
from process.enums import DecisionKind, MilestoneStatus
from process.models import Decision, Meeting, Milestone, PartRecord, Timeline
from process.services import pulse
from process.services.decisions import Proposal, record_decisions
from programmes.enums import ProgrammeKind
from programmes.models import Programme
from programmes.services.storing import store

BEGUN, NAMED, LAST_SATURDAY = date(2021, 9, 27), date(2021, 9, 30), date(2022, 3, 12)
SUBMISSION = uuid.UUID("8c0d1c1e-2022-4010-8022-031220220316")
_NAMESPACE = uuid.UUID("8d0d1c1e-2022-4010-8022-031220220316")


def adopted(stage: Stage, *, day: date) -> Programme:
    """Store the text that the members adopted."""
    found = document(OIRSCHOT_PROGRAMME)
    return store(
        document=found,
        branch=stage.crew.branch,
        kind=ProgrammeKind.ADOPTED,
        title=found.title,
        year=2022,
        by=stage.writer,
        today=day,
    )


def begin(stage: Stage, programme: Programme) -> None:
    """Put twelve on the list, seven of them in order, some with somebody in the lead."""
    top_ten = starting.start(
        timeline=stage.timeline, programme=programme, by=stage.secretary, today=BEGUN
    )
    measures = list(programme.measures.current())
    pledges: list[Pledge] = []
    for row in oirschot()["candidates"]:
        (measure,) = [one for one in measures if row["measure"] in one.text]
        pledge = choosing.add(top_ten=top_ten, measure=measure, by=stage.writer, today=BEGUN)
        pledges.append(
            choosing.describe(
                pledge=pledge,
                words=_words(row, measure.text),
                by=stage.writer,
                today=NAMED,
                revision=pledge.revision,
            )
        )
    _name(stage, pledges)
    until = date(2021, 11, 12)
    preferring.open_preference(top_ten=top_ten, until=until, by=stage.secretary, today=NAMED)
    for place, ballot in enumerate(oirschot()["ballots"]):
        preferring.cast(
            top_ten=top_ten,
            dots={pledges[number].pk: dots for number, dots in ballot["dots"]},
            key=preferring.key_from(uuid.uuid5(_NAMESPACE, f"ballot:{place}")),
            today=date(2021, 10, 1 + place % 3),
        )


def finish(*, since: date, until: date) -> None:
    """Let the members agree the ten themselves, if nobody else had on their last Saturday."""
    if not since < LAST_SATURDAY <= until:
        return
    top_ten = (
        TopTen.objects.filter(branch__slug=OIRSCHOT, timeline__election__slug="gr2022")
        .filter(agreed_on=None)
        .select_related("timeline__branch", "timeline__election", "branch", "programme")
        .first()
    )
    if top_ten is None or top_ten.pledges.count() < TEN:
        return
    if agreeing.current_decision(top_ten) is not None:
        # The members decided already; what is missing is the visitor's to fill in.
        return
    stage = Stage(timeline=top_ten.timeline, crew=crews_of([top_ten.branch_id])[top_ten.branch_id])
    _fill(top_ten, stage)
    meeting = stage.meet(
        planned_on=date(2022, 2, 21),
        day=LAST_SATURDAY,
        title="Extra ledenvergadering: nu echt tien",
        starts_at=time(10, 30),
        place="Dorpshuis, zaal 2",
        agenda="1. Opening\n2. De tien\n3. Worstenbrood",
    )
    text = "De vergadering kiest deze tien, en wie ze gaan trekken."
    record_decisions(
        timeline=top_ten.timeline,
        meeting=meeting,
        proposals=[
            Proposal(kind=DecisionKind.AGREE_TOP_TEN, text=text, votes=votes(16, 0, 1)),
        ],
        submission=SUBMISSION,
        by=stage.secretary,
        today=LAST_SATURDAY,
    )
    agreeing.agree(top_ten=top_ten, by=stage.secretary, today=LAST_SATURDAY)
    # It may be done already: a decision closes what misses nothing else.
    if Milestone.objects.get(timeline=top_ten.timeline, key="top_ten_agreed").is_open:
        stage.done("top_ten_agreed", day=LAST_SATURDAY, by=stage.secretary)


def take_back(*, day: date) -> None:
    """Undo what the members did on that Saturday, if it has not come yet."""
    ours = Decision.objects.filter(submission=SUBMISSION)
    decision = ours.select_related("timeline", "meeting").first()
    if decision is None:
        return
    acts = AuditEntry.objects.filter(branch__slug=OIRSCHOT, verb__startswith="ten.", day__gt=day)
    if day >= LAST_SATURDAY:
        acts.delete()
        return
    _empty(acts.filter(day=LAST_SATURDAY))
    acts.delete()
    timeline, meeting = decision.timeline, decision.meeting
    for top_ten in TopTen.objects.filter(decision=decision):
        for pledge in top_ten.pledges.all():
            pledge.turns.all().delete()
        top_ten.decision, top_ten.agreed_on = None, None
        top_ten.save(update_fields=["decision", "agreed_on"])
    milestone = Milestone.objects.get(timeline=timeline, key="top_ten_agreed")
    PartRecord.objects.filter(milestone=milestone, decision=decision).delete()
    ours._raw_delete(ours.db)  # noqa: SLF001 - beside the guard on purpose, as in ``living``
    Meeting.objects.filter(pk=meeting.pk, decisions=None).delete()
    milestone.status, milestone.done_on, milestone.done_by = MilestoneStatus.STARTED, None, None
    milestone.save(update_fields=["status", "done_on", "done_by"])
    Timeline.objects.filter(pk=timeline.pk).update(top_ten_agreed_on=None)
    timeline.refresh_from_db()
    pulse.refresh(timeline=timeline, today=day, activity=False)
    for top_ten in TopTen.objects.filter(timeline=timeline).select_related("timeline"):
        report(top_ten=top_ten, today=day)


def _empty(acts: QuerySet[AuditEntry]) -> None:
    """Take back the places and the people that were filled in that Saturday alone."""

    def named(verb: str) -> QuerySet[Pledge]:
        numbers = [int(pk) for pk in acts.filter(verb=verb).values_list("subject_id", flat=True)]
        return Pledge.objects.filter(pk__in=numbers)

    named("ten.owner_set").update(owner=None)
    named("ten.deputy_set").update(deputy=None)
    named("ten.ranked_at").update(rank=None)


def _words(row: dict[str, Any], text: str) -> choosing.Words:
    return choosing.Words(
        title=row["title"],
        text=text,
        for_whom=row["for_whom"],
        by_when=row["by_when"],
        measured_by=row["measured_by"],
        theme=row["theme"],
    )


def _name(stage: Stage, pledges: list[Pledge]) -> None:
    """Put in order what is agreed on already, and say who wants to be in the lead of it."""
    crew = stage.crew
    who = {
        "leader": (stage.leader, stage.writer),
        "writer": (stage.writer, stage.chair),
        "secretary": (stage.secretary, crew.council_group[-1]),
        "chair": (stage.chair, stage.writer),
    }
    for row, pledge in zip(oirschot()["candidates"], pledges, strict=True):
        if "rank" in row:
            choosing.move(
                pledge=pledge, to=choosing.Move.IN, by=stage.writer, today=NAMED, revision=None
            )
        if "lead" in row:
            owner, deputy = who[row["lead"]]
            people.set_people(
                pledge=pledge, owner=owner, deputy=deputy, by=stage.secretary, today=NAMED
            )


def _fill(top_ten: TopTen, stage: Stage) -> None:
    """Make ten of what is on the list, each with two people who are there today."""
    day = LAST_SATURDAY
    for pledge in top_ten.pledges.filter(rank=None)[: TEN - top_ten.pledges.chosen().count()]:
        choosing.move(pledge=pledge, to=choosing.Move.IN, by=stage.writer, today=day, revision=None)
    group = list(
        dict.fromkeys([*stage.crew.council_group, *stage.crew.board, *stage.crew.committee])
    )
    for place, pledge in enumerate(top_ten.pledges.chosen()):
        owner = pledge.owner or group[place % len(group)]
        deputy = pledge.deputy or next(
            one for one in group[place % len(group) + 1 :] + group if one != owner
        )
        people.set_people(pledge=pledge, owner=owner, deputy=deputy, by=stage.secretary, today=day)
