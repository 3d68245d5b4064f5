"""Harlingen: a small branch that keeps its days; the one that most personas are in."""

from __future__ import annotations

from datetime import date, time

from demo.data import verdicts
from demo.services.acts import harlingen_input
from demo.services.looking_back import LookingBack
from demo.services.stage import ACCLAMATION, Stage, votes
from process.enums import ApproachAnswer, ApproachReason, CommitteeRole, DecisionKind, MeetingKind


def play(stage: Stage) -> None:
    """Go from the first phone call to a draft that waits for what the council group passes on."""
    _people(stage)
    _commission(stage)
    evaluation = _evaluation(stage)
    _input(stage)
    _draft(stage)
    _ahead(stage)
    _verdicts(stage, evaluation)


def _people(stage: Stage) -> None:
    asked = (
        (date(2021, 1, 6), "Jikke Roelofs", ApproachReason.KNOWLEDGE,
         "Schipper op de veerdienst; kent de haven en iedereen die er werkt", ApproachAnswer.YES),
        (date(2021, 1, 6), "Otto Hamers", ApproachReason.REALISM,
         "Rekende jarenlang de begroting van de gemeente door", ApproachAnswer.YES),
        (date(2021, 1, 13), "Asha Benali", ApproachReason.SURPRISE,
         "Achttien, begon een repaircafé in de oude smederij", ApproachAnswer.YES),
        (date(2021, 1, 13), "Wim Terpstra", ApproachReason.KNOWLEDGE,
         "Huisarts; ziet achter welke deuren het misgaat", ApproachAnswer.LATER),
        (date(2021, 1, 20), "Tineke Nauta", ApproachReason.SURPRISE,
         "Stemde nooit op ons en zegt waarom", ApproachAnswer.NO),
    )  # fmt: skip
    for day, name, why, reason, answer in asked:
        stage.approach(
            day=day, name=name, why=why, reason=reason, answer=answer,
            in_party=why is ApproachReason.REALISM,
        )  # fmt: skip
    stage.done(
        "people_approached",
        day=date(2021, 1, 28),
        by=stage.chair,
        notes={
            "people_list": "Vijf mensen gesproken, drie zeiden meteen ja.",
            "mix_view": "Twee om hun kennis, twee om te verrassen, een om ons eerlijk te houden.",
        },
    )


def _commission(stage: Stage) -> None:
    alv = stage.meet(
        planned_on=date(2021, 2, 3),
        day=date(2021, 3, 13),
        title="Ledenvergadering: opdracht en commissie",
        starts_at=time(10, 30),
        place="Online, vanwege corona",
        link="https://vergadering.example/harlingen",
        agenda="1. Welkom, en oefenen met de microfoon\n2. Verslag van november\n"
        "3. Wie schrijft ons programma?\n4. De opdracht aan de commissie\n5. Rondvraag",
    )
    stage.invite(alv, day=date(2021, 2, 24), subject="de programmacommissie en haar opdracht")
    people = stage.crew.committee
    names = ", ".join(user.name for user in people)
    stage.decide(
        alv,
        (
            DecisionKind.APPOINT_COMMITTEE,
            (
                f"De vergadering benoemt in de programmacommissie: {names}. De commissie "
                "mag er zelf "
                "twee mensen bij vragen, ook als die geen lid zijn."
            ),
            ACCLAMATION,
        ),
        (
            DecisionKind.SET_COMMISSION,
            (
                "Schrijf een programma van hooguit twintig bladzijden dat een Harlinger op de kade "
                "begrijpt. Vraag eerst de fractie wat er van de vorige beloften is "
                "gekomen. Praat met "
                "de haven, de scholen en de wijkverpleging. Leg in september een concept voor."
            ),
            votes(24, 1, 2),
        ),
    )
    roles = (CommitteeRole.CHAIR, CommitteeRole.WRITER, CommitteeRole.SECRETARY)
    for place, user in enumerate(people):
        role = roles[place] if place < len(roles) else CommitteeRole.MEMBER
        stage.seat(user, role, day=date(2021, 3, 13))
    stage.minutes(
        alv,
        day=date(2021, 3, 16),
        text="Aanwezig: 27 leden, van wie zes voor het eerst. De kandidaten voor de commissie "
        "stellen zich voor. Over de opdracht is een half uur gesproken; op verzoek van de "
        "vergadering is de wijkverpleging toegevoegd. Daarna is er gestemd.",
    )


def _evaluation(stage: Stage) -> LookingBack:
    """Deal the promises out in spring; then the group meets on a screen, and falls behind."""
    evaluation = LookingBack(stage, verdicts.LOOK, day=date(2021, 3, 31))
    stage.done(
        "previous_loaded",
        day=date(2021, 4, 6),
        by=stage.leader,
        notes={
            "programme_with_measures": "Alle beloften van 2018, verdeeld over de vijf van de "
            "fractie."
        },
    )
    group = stage.meet(
        planned_on=date(2021, 5, 25),
        day=verdicts.JUNE,
        title="Fractie: hoe ver zijn we met de oude beloften?",
        kind=MeetingKind.COUNCIL_GROUP,
        place="Online",
        link="https://vergadering.example/harlingen",
        agenda="1. Ieder zijn hoofdstukken\n2. Wat halen we voor de zomer?",
    )
    evaluation.judge(day=verdicts.JUNE)
    stage.minutes(
        group,
        day=date(2021, 6, 15),
        text="We zagen elkaar door corona alleen op een scherm, en dat schiet niet op: een derde "
        "heeft een oordeel. Liever goed dan gauw. We vragen het bestuur om uitstel tot oktober; "
        "het concept wacht dan op ons.",
    )
    # The committee's draft comes after it (R40), and moves along.
    stage.move("carry_over_decided", to=date(2021, 10, 12), day=date(2021, 6, 16))
    stage.move("promises_assessed", to=date(2021, 10, 11), day=date(2021, 6, 16))
    return evaluation


def _verdicts(stage: Stage, evaluation: LookingBack) -> None:
    """Go on after the summer: most are judged, some are argued about, much is still to decide."""
    evaluation.judge(day=verdicts.SEPTEMBER)
    evaluation.judge(day=verdicts.OCTOBER)
    evaluation.settle()
    evaluation.carry_over(day=verdicts.OCTOBER)
    stage.note(
        "promises_assessed",
        day=date(2021, 10, 1),
        owner=stage.leader,
        text="Nog een avond werk, en over vier beloften zijn we het niet eens. Maandag 11 oktober "
        "ronden we af.",
    )
    stage.note(
        "carry_over_decided",
        day=date(2021, 10, 1),
        owner=stage.leader,
        text="Over de duidelijke gevallen is besloten. De commissie wacht op de rest.",
    )


def _input(stage: Stage) -> None:
    lead = stage.crew.committee[0]
    listening = harlingen_input.listen(stage)
    stage.done(
        "themes_and_channels",
        day=date(2021, 5, 8),
        by=lead,
        notes={"local_themes": "Erbij gekozen: de Waddenzee, en de drukte rond de veerhaven."},
    )
    stage.done("input_open", day=date(2021, 6, 30), by=lead)
    stage.done("base_update_seen", day=date(2021, 8, 25), by=stage.writer)
    harlingen_input.settle(listening)
    stage.done(
        "input_closed",
        day=date(2021, 8, 31),
        by=lead,
        notes={"none_untouched": "Alles is bekeken, en wie erom vroeg heeft antwoord."},
    )
    harlingen_input.go_live(listening)


def _draft(stage: Stage) -> None:
    stage.done(
        "dilemmas_answered",
        day=date(2021, 9, 7),
        by=stage.crew.committee[0],
        notes={
            "no_open_dilemma": "Zwembad: open houden en de sportsubsidie bevriezen. "
            "Vier voor, een tegen; het tegenargument staat in de toelichting."
        },
    )
    stage.note(
        "draft_sent",
        day=date(2021, 9, 24),
        owner=stage.writer,
        text="Zeven van de acht hoofdstukken staan. Het laatste wacht op wat de fractie meegeeft.",
    )


def _ahead(stage: Stage) -> None:
    """Plan what is still to come: all of it fits before the members' meeting of November."""
    stage.move("draft_sent", to=date(2021, 10, 15), day=date(2021, 9, 27))
    stage.move("amendments_closed", to=date(2021, 10, 30), day=date(2021, 9, 27))
    stage.move("programme_adopted", to=date(2021, 11, 6), day=date(2021, 9, 27))
    stage.note(
        "amendments_closed",
        day=date(2021, 9, 27),
        owner=stage.writer,
        text="Leden kunnen tot en met 30 oktober een wijziging voorstellen.",
    )
    stage.note(
        "programme_adopted",
        day=date(2021, 9, 27),
        owner=stage.secretary,
        text="Zaal ligt vast. De uitnodiging moet uiterlijk 23 oktober de deur uit.",
    )
    stage.meet(
        planned_on=date(2021, 9, 27),
        day=date(2021, 10, 11),
        title="Fractie: de laatste oordelen, en wat gaat mee?",
        kind=MeetingKind.COUNCIL_GROUP,
        place="Stadhuis, fractiekamer",
        agenda="1. Waar we het niet over eens zijn\n2. De laatste oordelen\n"
        "3. Meenemen of laten vallen, met reden",
    )
    stage.meet(
        planned_on=date(2021, 9, 27),
        day=date(2021, 10, 13),
        title="Commissie: het laatste hoofdstuk",
        kind=MeetingKind.COMMITTEE,
        place="Bibliotheek, leeszaal",
        agenda="1. Wat de fractie meegeeft\n2. Hoofdstuk acht\n3. Het concept naar de leden",
    )
    stage.meet(
        planned_on=date(2021, 9, 27),
        day=date(2021, 11, 6),
        title="Ledenvergadering: ons programma",
        starts_at=time(10, 30),
        place="Cultureel centrum De Werf, grote zaal",
        agenda="1. Opening\n2. Wat er van 2018 terechtkwam, door de fractie\n"
        "3. De wijzigingsvoorstellen\n4. Vaststelling van het programma\n5. Soep",
    )
    stage.meet(
        planned_on=date(2021, 10, 1),
        day=date(2021, 12, 4),
        title="Ledenvergadering: top tien en kandidatenlijst",
        starts_at=time(10, 30),
        place="Cultureel centrum De Werf, grote zaal",
        agenda="1. Opening\n2. Onze tien voorstellen\n3. De kandidatenlijst\n4. Borrel",
    )
