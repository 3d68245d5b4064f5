"""Oirschot: adopted its programme before October; the top ten and the list are next."""

from __future__ import annotations

from datetime import date, time

from demo.data import verdicts_oirschot
from demo.services import oirschot_ten
from demo.services.looking_back import LookingBack
from demo.services.stage import ACCLAMATION, Stage, votes
from process.enums import ApproachAnswer, ApproachReason, CommitteeRole, DecisionKind


def play(stage: Stage) -> None:
    """Go all the way to an adopted programme, and to ten that are being chosen."""
    _start(stage)
    _work(stage)
    _adoption(stage)


def _start(stage: Stage) -> None:
    stage.approach(
        day=date(2021, 1, 8), name="Toos Smeets", why=ApproachReason.KNOWLEDGE,
        reason="Voorzitter van de dorpsraad", answer=ApproachAnswer.YES,
    )  # fmt: skip
    stage.approach(
        day=date(2021, 1, 8), name="Bilal Erkens", why=ApproachReason.SURPRISE,
        reason="Begon een deelauto in zijn straat", answer=ApproachAnswer.YES,
    )  # fmt: skip
    stage.approach(
        day=date(2021, 1, 9), name="Harm Linders", why=ApproachReason.REALISM,
        reason="Boer; weet wat er van plannen terechtkomt", answer=ApproachAnswer.YES,
    )  # fmt: skip
    stage.done("people_approached", day=date(2021, 1, 22), by=stage.chair)
    alv = stage.meet(
        planned_on=date(2021, 1, 23),
        day=date(2021, 2, 20),
        starts_at=time(10, 30),
        place="Online",
        link="https://vergadering.example/oirschot",
        agenda="1. Opening\n2. Commissie en opdracht",
    )
    stage.invite(alv, day=date(2021, 2, 3), subject="de programmacommissie en haar opdracht")
    names = ", ".join(user.name for user in stage.crew.committee)
    stage.decide(
        alv,
        (DecisionKind.APPOINT_COMMITTEE, f"Benoemd in de commissie: {names}.", ACCLAMATION),
        (
            DecisionKind.SET_COMMISSION,
            "Een programma op vier kantjes, per kern een eigen stuk. Voor de zomer af.",
            votes(14, 0, 1),
        ),
    )
    roles = (CommitteeRole.CHAIR, CommitteeRole.WRITER, CommitteeRole.SECRETARY)
    for place, user in enumerate(stage.crew.committee):
        role = roles[place] if place < len(roles) else CommitteeRole.MEMBER
        stage.seat(user, role, day=date(2021, 2, 20))
    stage.minutes(alv, day=date(2021, 2, 22), text="Aanwezig: 15 leden. Om half twaalf klaar.")


def _work(stage: Stage) -> None:
    lead = stage.crew.committee[0]
    evaluation = LookingBack(stage, verdicts_oirschot.LOOK, day=date(2021, 3, 6))
    stage.done("previous_loaded", day=date(2021, 3, 8), by=stage.leader)
    evaluation.judge(day=verdicts_oirschot.JUDGED)
    stage.done("promises_assessed", day=date(2021, 4, 19), by=stage.leader)
    stage.done("themes_and_channels", day=date(2021, 4, 24), by=lead)
    stage.done("input_open", day=date(2021, 5, 15), by=lead)
    evaluation.carry_over(day=verdicts_oirschot.DECIDED)
    stage.done("carry_over_decided", day=date(2021, 5, 31), by=stage.leader)
    evaluation.publish(by=stage.secretary, text=verdicts_oirschot.PUBLIC, day=date(2021, 6, 5))
    stage.done("input_closed", day=date(2021, 8, 7), by=lead)
    stage.done("base_update_seen", day=date(2021, 8, 9), by=stage.writer)
    stage.done("dilemmas_answered", day=date(2021, 8, 21), by=lead)
    stage.done("draft_sent", day=date(2021, 8, 28), by=stage.writer)
    stage.done("amendments_closed", day=date(2021, 9, 18), by=stage.writer)


def _adoption(stage: Stage) -> None:
    alv = stage.meet(
        planned_on=date(2021, 8, 28),
        day=date(2021, 9, 25),
        title="Ledenvergadering: ons programma",
        starts_at=time(10, 30),
        place="Dorpshuis, zaal 2",
        agenda="1. Opening\n2. Negen wijzigingsvoorstellen\n3. Vaststelling\n4. Worstenbrood",
    )
    stage.invite(alv, day=date(2021, 9, 4), subject="de vaststelling van ons programma")
    stage.decide(
        alv,
        (
            DecisionKind.ADOPT_PROGRAMME,
            "De vergadering stelt het programma vast, met vijf van de negen wijzigingen.",
            votes(17, 1, 0),
        ),
    )
    stage.minutes(alv, day=date(2021, 9, 27), text="Aanwezig: 18 leden en vier belangstellenden.")
    programme = oirschot_ten.adopted(stage, day=date(2021, 9, 26))
    stage.done("programme_adopted", day=date(2021, 9, 27), by=stage.secretary)
    stage.meet(
        planned_on=date(2021, 9, 27),
        day=date(2021, 11, 13),
        title="Ledenvergadering: top tien en lijst",
        starts_at=time(10, 30),
        place="Dorpshuis, zaal 2",
        agenda="1. Opening\n2. De tien\n3. De kandidatenlijst",
    )
    oirschot_ten.begin(stage, programme)
