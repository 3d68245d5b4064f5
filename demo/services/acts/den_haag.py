"""Den Haag: a large branch with more input than it could answer; the draft is late."""

from __future__ import annotations

from datetime import date, time

from consultation.enums import Status
from consultation.services import gatherings
from demo.data import listening as data
from demo.services import gathered
from demo.services.listening import Listening
from demo.services.stage import Stage, votes
from process.enums import ApproachAnswer, ApproachReason, CommitteeRole, DecisionKind, MeetingKind


def play(stage: Stage) -> None:
    """Go as far as open input, with too much of it."""
    _start(stage)
    lead = stage.crew.committee[0]
    stage.done("previous_loaded", day=date(2021, 4, 9), by=stage.leader)
    _listen(stage)
    stage.done("themes_and_channels", day=date(2021, 5, 11), by=lead)
    stage.done("input_open", day=date(2021, 6, 5), by=lead)
    stage.done("promises_assessed", day=date(2021, 6, 14), by=stage.leader)
    stage.done(
        "carry_over_decided",
        day=date(2021, 7, 7),
        by=stage.leader,
        notes={
            "no_open_carry_over": "Van 97 beloften gaan er 22 mee; bij de rest staat waarom niet."
        },
    )
    stage.done("base_update_seen", day=date(2021, 9, 1), by=stage.writer)
    stage.note(
        "input_closed",
        day=date(2021, 9, 21),
        owner=lead,
        text="Meer binnen dan we dachten, en het meeste nog niet bekeken. Elke avond twintig.",
    )
    stage.note(
        "draft_sent",
        day=date(2021, 9, 28),
        owner=stage.writer,
        text="Zes van de acht hoofdstukken zijn geschreven.",
    )
    stage.meet(
        planned_on=date(2021, 9, 28),
        day=date(2021, 10, 14),
        title="Commissie: de laatste inbreng",
        kind=MeetingKind.COMMITTEE,
        place="Bibliotheek, leeszaal",
        agenda="1. De laatste reacties\n2. Hoofdstuk zorg\n3. Hoofdstuk veiligheid",
    )
    stage.meet(
        planned_on=date(2021, 9, 28),
        day=date(2021, 11, 27),
        starts_at=time(10, 0),
        place="Cultureel centrum De Werf",
        agenda="1. Opening\n2. Vaststelling van het programma\n3. Lunch",
    )


def _listen(stage: Stage) -> None:
    """Let in more than the committee gets round to."""
    listening = Listening(
        stage,
        "contributions_den_haag.csv",
        day=date(2021, 5, 11),
        introduction="Wat moet er beter in jouw buurt? Eén zin is genoeg.",
    )
    gathering = gathered.plan(
        listening,
        title="Stadsgesprek",
        place="Cultureel centrum De Werf",
        tables=["De stad in vier jaar"],
        day=date(2021, 9, 11),
        planned_on=date(2021, 8, 20),
        starts_at=time(14, 0),
        question="Welke drie problemen gaan voor?",
    )
    listening.come_in(first=date(2021, 5, 11), last=date(2021, 10, 1))
    listening.robots(data.SPAM, day=date(2021, 10, 2))
    session = gathering.sessions.get()
    day = gathering.meeting.day
    gathered.write(listening, session, gathered.notes_of(listening.lines), day=day)
    gathered.sort(listening, session, data.DEN_HAAG_TABLE, day=day)
    gatherings.hold_gathering(gathering=gathering, by=stage.secretary, today=day)
    listening.merge(data.DEN_HAAG_SAME, day=date(2021, 9, 14))
    for begin in data.DEN_HAAG_CONSIDERED:
        listening.settle(begin, status=Status.CONSIDERED, day=date(2021, 9, 20))
    listening.post_left(day=date(2021, 10, 1))


def _start(stage: Stage) -> None:
    asked = (
        ("Samira Pals", ApproachReason.KNOWLEDGE, "Wijkagent in Laak", ApproachAnswer.YES),
        ("Dirk Zwart", ApproachReason.REALISM, "Leidde een corporatie", ApproachAnswer.YES),
        ("Yara Kooistra", ApproachReason.SURPRISE, "Rapper, geeft taalles", ApproachAnswer.LATER),
    )  # fmt: skip
    for name, why, reason, answer in asked:
        stage.approach(day=date(2021, 1, 18), name=name, why=why, reason=reason, answer=answer)
    stage.done("people_approached", day=date(2021, 2, 8), by=stage.chair)
    alv = stage.meet(
        planned_on=date(2021, 2, 9),
        day=date(2021, 3, 27),
        starts_at=time(10, 0),
        place="Online",
        link="https://vergadering.example/den-haag",
        agenda="1. Opening\n2. Commissie en opdracht\n3. Rondvraag",
    )
    stage.invite(alv, day=date(2021, 2, 24), subject="de programmacommissie en haar opdracht")
    names = ", ".join(user.name for user in stage.crew.committee)
    stage.decide(
        alv,
        (DecisionKind.APPOINT_COMMITTEE, f"Benoemd in de commissie: {names}.", votes(88, 6, 9)),
        (
            DecisionKind.SET_COMMISSION,
            (
                "Laat Hagenezen zelf aan het woord: op het zand en op het veen. Kies per hoofdstuk "
                "hooguit vijf voorstellen en zeg waar we geld weghalen."
            ),
            votes(71, 19, 13),
        ),
    )
    roles = (CommitteeRole.CHAIR, CommitteeRole.WRITER, CommitteeRole.SECRETARY)
    for place, user in enumerate(stage.crew.committee):
        role = roles[place] if place < len(roles) else CommitteeRole.MEMBER
        stage.seat(user, role, day=date(2021, 3, 27))
    stage.minutes(
        alv,
        day=date(2021, 4, 1),
        text="Aanwezig: 103 leden. Een voorstel om de commissie te loten haalde het "
        "niet (31 voor).",
    )
