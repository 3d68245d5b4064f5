"""Harlingen collects input: all of it has an answer, and an evening in Midlum is going on."""

from __future__ import annotations

from datetime import date, time

from consultation.enums import Status
from consultation.services import outcome
from consultation.services.closing import close_input
from core.kinds import Kind
from demo.data import listening as data
from demo.services import gathered
from demo.services.listening import DATA, Listening
from demo.services.stage import Stage
from programmes.enums import ProgrammeKind
from programmes.models import Measure
from programmes.reading import read
from programmes.rules.recognise import recognise
from programmes.services.storing import store

BEGAN = date(2021, 5, 8)
GATHERED = date(2021, 6, 19)
CLOSED = date(2021, 8, 22)
SETTLED = date(2021, 8, 29)
# The day on which the demonstration begins.
LIVE = date(2021, 10, 4)


def listen(stage: Stage) -> Listening:
    """Let everything come in, and talk about it at two tables."""
    listening = Listening(
        stage,
        "contributions_harlingen.csv",
        day=BEGAN,
        introduction="Wat moet er anders in Harlingen, en wat moet blijven? Zeg het in je eigen "
        "woorden. Wij lezen alles.",
    )
    gathering = gathered.plan(
        listening,
        title="Inloopmiddag op de Voorstraat",
        place="Kraam voor de boekhandel",
        tables=list(data.HARLINGEN_TABLES),
        day=GATHERED,
        planned_on=date(2021, 5, 28),
        starts_at=time(13, 0),
        question="Welke drie dingen moeten de komende vier jaar eerst?",
    )
    listening.come_in(first=BEGAN, last=CLOSED)
    notes = gathered.notes_of(listening.lines)
    for session in gathering.sessions.order_by("position"):
        under = data.HARLINGEN_TABLES[session.title]
        gathered.write(
            listening,
            session,
            gathered.at_table(notes, data.HARLINGEN_TABLES, session.title),
            day=GATHERED,
        )
        gathered.sort(listening, session, under, day=GATHERED)
        gathered.talk(
            listening,
            session,
            asked=data.HARLINGEN_ASKED,
            silent=data.HARLINGEN_NOT_DISCUSSED,
            summary=data.HARLINGEN_SUMMARIES[session.title],
            day=GATHERED,
        )
    gathered.tell(listening, gathering, day=date(2021, 6, 23))
    return listening


def settle(listening: Listening) -> None:
    """Put together what says the same, write the draft, and answer everybody."""
    stage = listening.stage
    listening.consultation.refresh_from_db()
    close_input(
        consultation=listening.consultation,
        closes_on=CLOSED,
        revision=listening.consultation.revision,
        by=listening.lead,
        today=date(2021, 8, 1),
    )
    listening.merge(data.HARLINGEN_SAME, day=date(2021, 8, 25))
    recognised = recognise(
        read((DATA / "draft_programme_harlingen.md").read_bytes(), Kind.MARKDOWN)
    )
    draft = store(
        document=recognised,
        branch=stage.crew.branch,
        kind=ProgrammeKind.DRAFT,
        title=recognised.title,
        year=2022,
        by=stage.writer,
        today=date(2021, 8, 27),
    )
    measures = list(Measure.objects.filter(programme=draft))

    def measure(words: str) -> Measure:
        (found,) = (row for row in measures if words in row.text)
        return found

    for begin, (words, answer) in data.HARLINGEN_ADOPTED.items():
        listening.settle(
            begin, status=Status.ADOPTED, measure=measure(words), answer=answer, day=SETTLED
        )
    for begin, (words, reason, answer) in data.HARLINGEN_PARTLY.items():
        listening.settle(
            begin,
            status=Status.PARTLY,
            measure=measure(words),
            reason=reason,
            answer=answer,
            day=SETTLED,
        )
    for begin, (reason, answer) in data.HARLINGEN_NOT.items():
        listening.settle(
            begin, status=Status.NOT_ADOPTED, reason=reason, answer=answer, day=SETTLED
        )
    listening.consider_the_rest(day=SETTLED)
    listening.post_left(day=SETTLED)
    listening.consultation.refresh_from_db()
    outcome.publish(
        consultation=listening.consultation,
        text="Tussen mei en augustus vroegen we heel Harlingen wat er anders moet. Dit kwam "
        "eruit, en dit is wat we ermee doen.",
        by=stage.secretary,
        today=date(2021, 9, 1),
        revision=listening.consultation.revision,
    )


def go_live(listening: Listening) -> None:
    """Begin the evening that goes on while a visitor looks."""
    gathering = gathered.plan(
        listening,
        title="Inloopavond in Midlum",
        place="Dorpshuis Midlum",
        tables=["Wat de dorpen nog missen"],
        day=LIVE,
        planned_on=date(2021, 9, 20),
        question="Wat missen we nog in het concept?",
    )
    session = gathering.sessions.get()
    gathered.write(listening, session, data.LIVE_NOTES, day=LIVE)
