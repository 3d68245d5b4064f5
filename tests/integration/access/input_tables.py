"""The gathering of a house of the matrix: its table, who sat there, and what came of it."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from branches.models import User
from consultation.enums import (
    PersonRole,
    PointKind,
    SessionPhase,
)
from consultation.models import (
    Cluster,
    Consultation,
    Contribution,
    Gathering,
    Participant,
    Point,
    Session,
    Theme,
)
from process.enums import MeetingKind, MeetingStatus
from process.models import Meeting
from tests.clock import FIRST_DAY
from tests.integration.access.input_bringing import bring, channel_of

if TYPE_CHECKING:
    from tests.integration.access.house import Words

GATHERED = date(2021, 9, 20)


def gathering_of(consultation: Consultation, words: Words) -> Gathering:
    meeting = Meeting.objects.create(
        branch=consultation.branch,
        kind=MeetingKind.GATHERING,
        title=words.say("Inbrengavond"),
        day=GATHERED,
        starts_at=time(20),
        place=words.say("Dorpshuis"),
        status=MeetingStatus.HELD,
    )
    return Gathering.objects.create(
        consultation=consultation,
        meeting=meeting,
        channel=channel_of(consultation, "meeting"),
        introduction=words.say("inleiding van het verslag"),
        contact_name=words.say("wie nog meer wil"),
        contact_email=words.mail("nasturen"),
        report_sent_on=FIRST_DAY,
        report_public_since=FIRST_DAY,
    )


def session_of(
    gathering: Gathering, theme: Theme, words: Words, people: dict[str, User]
) -> tuple[Session, Cluster]:
    session = Session.objects.create(
        gathering=gathering,
        theme=theme,
        title=words.say("Tafel een"),
        question=words.say("hoofdvraag"),
        summary=words.say("samenvatting"),
        reporter=people["committee"],
        phase=SessionPhase.COLLECT,
        # Signs that nobody mistakes for others, and that no other house has.
        code="TTTTTT" if words.marked else "HHHHHH",
    )
    cluster = Cluster.objects.create(
        session=session,
        title=words.say("Deelthema"),
        question=words.say("vraag van de voorzitter"),
        answer=words.say("antwoord van de groep"),
    )
    return session, cluster


def participant_of(session: Session, contribution: Contribution, words: Words) -> Participant:
    contributor = contribution.contributor
    assert contributor is not None
    return Participant.objects.create(
        gathering=session.gathering,
        session=session,
        number=1,
        role=PersonRole.RESIDENT,
        contributor=contributor,
        joined_on=GATHERED,
        token_hash=f"geen echte {'b' if words.marked else 'a'}",
    )


def point_of(cluster: Cluster, words: Words) -> Point:
    session = cluster.session
    assert session.theme is not None
    return Point.objects.create(
        session=session,
        cluster=cluster,
        contribution=bring(
            session.gathering.channel, words.say("punt"), session.theme, counts=False
        ),
        kind=PointKind.PROPOSAL,
        support_note=words.say("twijfel"),
    )
