"""Arnhem: wants to adopt early, and has just let its own day for the amendments pass."""

from __future__ import annotations

from datetime import date, time

from demo.services.stage import ACCLAMATION, Stage, votes
from process.enums import ApproachAnswer, ApproachReason, CommitteeRole, DecisionKind
from process.services.committee import end_seat


def play(stage: Stage) -> None:
    """Go to a draft with the members and an early members' meeting on the calendar."""
    _start(stage)
    _work(stage)
    _ahead(stage)


def _start(stage: Stage) -> None:
    stage.approach(
        day=date(2021, 1, 11), name="Emine Verbeek", why=ApproachReason.KNOWLEDGE,
        reason="Leidt een wijkteam in Malburgen", answer=ApproachAnswer.YES,
    )  # fmt: skip
    stage.approach(
        day=date(2021, 1, 14), name="Ferdi Sikkema", why=ApproachReason.SURPRISE,
        reason="Ontwerper, schreef een boze brief over de binnenstad", answer=ApproachAnswer.YES,
    )  # fmt: skip
    stage.approach(
        day=date(2021, 1, 14), name="Gerda Uitham", why=ApproachReason.REALISM,
        reason="Zat in de rekenkamer", answer=ApproachAnswer.LATER, in_party=True,
    )  # fmt: skip
    stage.done("people_approached", day=date(2021, 2, 2), by=stage.chair)
    alv = stage.meet(
        planned_on=date(2021, 2, 4),
        day=date(2021, 3, 10),
        place="Online",
        link="https://vergadering.example/arnhem",
        agenda="1. Opening\n2. Programmacommissie\n3. Haar opdracht\n4. Rondvraag",
    )
    stage.invite(alv, day=date(2021, 2, 20), subject="de programmacommissie en haar opdracht")
    people = stage.crew.committee
    appointed, _commission = stage.decide(
        alv,
        (
            DecisionKind.APPOINT_COMMITTEE,
            "Benoemd in de commissie: " + ", ".join(user.name for user in people[:-1]) + ".",
            ACCLAMATION,
        ),
        (
            DecisionKind.SET_COMMISSION,
            (
                "Schrijf voor de hele stad, ook voor wie ons kwijt is. Haal in elke wijk "
                "van Arnhem "
                "ten minste een keer iets op en zeg erbij wat elk voorstel kost."
            ),
            votes(41, 3, 4),
        ),
    )
    roles = (CommitteeRole.CHAIR, CommitteeRole.WRITER, CommitteeRole.SECRETARY)
    seats = [
        stage.seat(
            user,
            roles[place] if place < len(roles) else CommitteeRole.MEMBER,
            day=date(2021, 3, 10),
        )
        for place, user in enumerate(people[:-1])
    ]
    stage.minutes(
        alv, day=date(2021, 3, 12), text="Aanwezig: 48 leden. De stemming is per post bevestigd."
    )
    # Somebody moved away; the members appointed a successor, and the first decision stays readable.
    later = stage.meet(
        planned_on=date(2021, 5, 3),
        day=date(2021, 5, 29),
        starts_at=time(11, 0),
        place="Wijkcentrum Oost",
        agenda="1. Opening\n2. Een opvolger in de programmacommissie\n3. Lunch",
    )
    stage.invite(later, day=date(2021, 5, 10), subject="een opvolger in de programmacommissie")
    stage.replace(
        appointed,
        meeting=later,
        text="Benoemd in de commissie: "
        + ", ".join(user.name for user in [*people[:2], *people[3:]])
        + ".",
        cast=ACCLAMATION,
        reason=f"{people[2].name} is naar Groningen verhuisd; {people[-1].name} neemt "
        "de plaats in.",
    )
    end_seat(seat=seats[2], ended_on=date(2021, 5, 29), by=stage.secretary, today=date(2021, 5, 29))
    stage.seat(people[-1], CommitteeRole.SECRETARY, day=date(2021, 5, 29))


def _work(stage: Stage) -> None:
    lead = stage.crew.committee[0]
    stage.done("previous_loaded", day=date(2021, 4, 1), by=stage.leader)
    stage.done("themes_and_channels", day=date(2021, 5, 6), by=lead)
    stage.done(
        "promises_assessed",
        day=date(2021, 5, 25),
        by=stage.leader,
        notes={"all_verdicts": "63 van 63 beloften beoordeeld."},
    )
    stage.done("input_open", day=date(2021, 6, 12), by=lead)
    stage.done("carry_over_decided", day=date(2021, 6, 21), by=stage.leader)
    stage.done("input_closed", day=date(2021, 8, 28), by=lead)
    stage.done("base_update_seen", day=date(2021, 8, 30), by=stage.writer)
    stage.done("dilemmas_answered", day=date(2021, 9, 4), by=lead)
    stage.done("draft_sent", day=date(2021, 9, 10), by=stage.writer)


def _ahead(stage: Stage) -> None:
    stage.move("amendments_closed", to=date(2021, 10, 1), day=date(2021, 9, 13))
    stage.move("programme_adopted", to=date(2021, 10, 9), day=date(2021, 9, 13))
    stage.note(
        "amendments_closed",
        day=date(2021, 9, 20),
        owner=stage.writer,
        text="34 wijzigingsvoorstellen binnen; bij 21 staat ons advies.",
    )
    alv = stage.meet(
        planned_on=date(2021, 9, 13),
        day=date(2021, 10, 9),
        starts_at=time(10, 30),
        place="Wijkcentrum Oost, grote zaal",
        agenda="1. Opening\n2. De evaluatie van de fractie\n3. Wijzigingsvoorstellen\n"
        "4. Vaststelling van het programma",
    )
    stage.invite(alv, day=date(2021, 9, 22), subject="de vaststelling van ons programma")
