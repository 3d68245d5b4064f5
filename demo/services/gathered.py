"""Gatherings of a branch that listens: tables, notes, what was said, and the report."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, time

from consultation import consent
from consultation.enums import PointKind, SessionPhase, Support
from consultation.models import Gathering, PostIt, Session
from consultation.services import (
    clusters,
    gatherings,
    participants,
    points,
    post_its,
    reports,
    sessions,
)
from consultation.services.points import PointPlan
from demo.services.listening import Line, Listening

Tables = Mapping[str, Mapping[str, tuple[str, ...]]]
_NAMESPACE = uuid.UUID("6f0d1c1e-2021-4010-8022-061920211004")


def plan(
    listening: Listening,
    *,
    title: str,
    place: str,
    tables: Collection[str],
    day: date,
    planned_on: date,
    starts_at: time = time(20, 0),
    question: str = "",
) -> Gathering:
    """Plan a gathering with its tables."""
    gathering = gatherings.plan_gathering(
        consultation=listening.consultation,
        plan=gatherings.GatheringPlan(
            title=title,
            day=day,
            starts_at=starts_at,
            place=place,
            introduction="Dank voor jullie komst, jullie briefjes en jullie verhalen.",
            contact_name=str(listening.lead),
            contact_email=f"inbreng@{listening.stage.crew.branch.slug}.example",
        ),
        by=listening.lead,
        today=planned_on,
    )
    sessions.add(
        gathering=gathering,
        plans=[
            sessions.SessionPlan(title=table, question=question, reporter=listening.lead)
            for table in tables
        ],
        by=listening.lead,
        today=planned_on,
    )
    return gathering


def write(
    listening: Listening, session: Session, notes: Collection[tuple[str, str]], *, day: date
) -> None:
    """Open a table; everybody who joins writes a note, and one in three leaves an address."""
    sessions.move(
        session=session,
        to=SessionPhase.COLLECT,
        seen=session.phase,
        by=listening.lead,
        today=day,
    )
    session.refresh_from_db()
    for place, (role, text) in enumerate(notes):
        token = f"{session.pk}:{place}:{listening.stage.crew.branch.slug}"
        somebody = participants.join(
            session=session,
            token=token,
            role=role or "resident",
            is_member=role == "member" or None,
            today=day,
        )
        post_its.post(
            participant=somebody,
            text=text,
            submission=uuid.uuid5(_NAMESPACE, token),
            today=day,
        )
        if place % 3 == 0:
            name = next(listening.people)
            participants.leave_address(
                participant=somebody,
                name=name,
                email=f"{name.lower().replace(' ', '.')}@post.example",
                consent=consent.sentence(listening.consultation, today=day),
                language="nl",
                today=day,
            )


def sort(
    listening: Listening, session: Session, under: Mapping[str, tuple[str, ...]], *, day: date
) -> None:
    """Put the notes of a table under sub-themes."""
    _move(listening, session, SessionPhase.CLUSTER, day=day)
    for title, begins in under.items():
        clusters.add(
            session=session,
            title=title,
            post_its=[_note(session, begin) for begin in begins],
            by=listening.lead,
            today=day,
        )


def talk(
    listening: Listening,
    session: Session,
    *,
    asked: Mapping[str, tuple[str, str]],
    silent: Collection[str],
    summary: str,
    day: date,
) -> None:
    """Talk it through, make points of it, and close the table."""
    _move(listening, session, SessionPhase.DISCUSS, day=day)
    supports = (Support.UNANIMOUS, Support.MOST, Support.SOME, Support.DIVIDED)
    for place, cluster in enumerate(session.clusters.order_by("position", "id")):
        question, answer = asked.get(cluster.title, ("", ""))
        clusters.change(
            cluster=cluster,
            title=cluster.title,
            question=question,
            answer=answer,
            discussed=cluster.title not in silent,
            revision=cluster.revision,
            by=listening.lead,
            today=day,
        )
        cluster.refresh_from_db()
        point = points.make_of_cluster(cluster=cluster, by=listening.lead, today=day)
        point.contribution.refresh_from_db()
        notes = list(cluster.post_its.all())
        made = PointPlan(text=cluster.title, cluster=cluster, discussed=cluster.discussed)
        points.change(
            point=point,
            plan=replace(
                made,
                kind=PointKind.PROPOSAL if place % 2 == 0 else PointKind.INSIGHT,
                support=supports[place % len(supports)] if cluster.discussed else "",
            ),
            post_its=notes,
            revision=point.contribution.revision,
            by=listening.lead,
            today=day,
        )
    _move(listening, session, SessionPhase.REPORT, day=day)
    session.refresh_from_db()
    points.summarise(
        session=session, summary=summary, revision=session.revision, by=listening.lead, today=day
    )
    _move(listening, session, SessionPhase.CLOSED, day=day)


def tell(listening: Listening, gathering: Gathering, *, day: date) -> None:
    """Send the report to whoever left an address, and show it to everybody."""
    gathering.refresh_from_db()
    reports.send(gathering=gathering, revision=gathering.revision, by=listening.lead, today=day)
    gathering.refresh_from_db()
    reports.set_public(
        gathering=gathering,
        public=True,
        revision=gathering.revision,
        by=listening.lead,
        today=day,
    )


def notes_of(lines: Collection[Line]) -> list[tuple[str, str]]:
    """Return who wrote which note, of the lines that are notes."""
    return [(line.role, line.text) for line in lines if line.channel == "postit"]


def at_table(
    notes: Collection[tuple[str, str]], tables: Tables, table: str
) -> list[tuple[str, str]]:
    """Return the notes of one table; what is under no sub-theme of any is of the last table."""
    begins = {title: [b for under in tables[title].values() for b in under] for title in tables}
    placed = [b for own in begins.values() for b in own]
    own = [(role, text) for role, text in notes if text.startswith(tuple(begins[table]))]
    if table == list(tables)[-1]:
        own += [(role, text) for role, text in notes if not text.startswith(tuple(placed))]
    return own


def _move(listening: Listening, session: Session, to: SessionPhase, *, day: date) -> None:
    session.refresh_from_db()
    sessions.move(session=session, to=to, seen=session.phase, by=listening.lead, today=day)
    session.refresh_from_db()


def _note(session: Session, begin: str) -> PostIt:
    return PostIt.objects.get(session=session, contribution__text__startswith=begin)
