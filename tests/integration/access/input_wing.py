"""What a house of the matrix has of collected input: each text of it to be recognised later."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile

from branches.models import User
from consultation.enums import (
    Held,
    LetterKind,
    ListState,
    PersonRole,
    PointKind,
    SessionPhase,
    StakeholderAnswer,
    StakeholderKind,
    Status,
)
from consultation.models import (
    Attachment,
    Channel,
    Cluster,
    Consultation,
    Contribution,
    Gathering,
    IncomingMail,
    Letter,
    ListImport,
    Mailbox,
    MailUpload,
    MeasureLink,
    Participant,
    Point,
    PostIt,
    Session,
    Stakeholder,
    Theme,
)
from consultation.services.receiving import Incoming, Person, receive
from consultation.services.starting import nature_of, start
from process.enums import MeetingKind, MeetingStatus
from process.models import Meeting, Timeline
from programmes.models import Measure
from tests.clock import FIRST_DAY

if TYPE_CHECKING:
    from tests.integration.access.house import Words

STARTED = date(2021, 9, 6)
GATHERED = date(2021, 9, 20)


@dataclass(kw_only=True)
class InputWing:
    """Objects that rows take.

    Attributes:
        consultation: under way; the form is open and the result is public.
        theme: a local one, which everything here is about.
        channel: the survey, open, with a partner; nothing came through it yet.
        form: the channel of the form, open.
        stakeholder: an organisation that takes part and brought something in.
        to_ask: an organisation that nobody asked yet.
        contribution: from the form, not looked at yet, by somebody who wants to hear of it.
        merged: merged into ``contribution``.
        settled: typed in, partly adopted, assigned, answered, taken up by a measure.
        mailed: from ``mail``, with an attachment.
        held: set aside by the form.
        gathering: held, with ``session``.
        session: people post on it; its code is ``code``.
        cluster: a sub-theme of it.
        post_it: under the cluster, by ``participant``.
        point: of the session, in the cluster.
        participant: left a name and an address.
        list_import: being looked at.
        mailbox: of the branch.
        mail: that was read.
        aside: a mail that nobody seems to have written.
        mail_upload: files of mail, read.
        attachment: a file that came with it.
        letter: to the contributor of ``contribution``.
    """

    consultation: Consultation
    theme: Theme
    channel: Channel
    form: Channel
    stakeholder: Stakeholder
    to_ask: Stakeholder
    contribution: Contribution
    merged: Contribution
    settled: Contribution
    mailed: Contribution
    held: Contribution
    gathering: Gathering
    session: Session
    cluster: Cluster
    post_it: PostIt
    point: Point
    participant: Participant
    list_import: ListImport
    mailbox: Mailbox
    mail: IncomingMail
    aside: IncomingMail
    mail_upload: MailUpload
    attachment: Attachment
    letter: Letter


def build_input(
    *, timeline: Timeline, measure: Measure, words: Words, people: dict[str, User]
) -> InputWing:
    """Build a collecting of input with something through every channel."""
    consultation = start(timeline=timeline, by=people["board"], today=STARTED)
    consultation.form_open_since = STARTED
    consultation.introduction = words.say("inleiding boven het formulier")
    consultation.outcome_public_since = FIRST_DAY
    consultation.outcome_text = words.say("inleiding van de uitkomst")
    consultation.save()
    theme = Theme.objects.create(
        consultation=consultation,
        name=words.say("Stationsgebied"),
        position=6,
        topical=words.say("wat speelt er"),
        difference=words.say("waar het verschil"),
        warms=words.say("waar mensen warm van worden"),
    )
    form = _channel(consultation, "form")
    stakeholder = Stakeholder.objects.create(
        consultation=consultation,
        kind=StakeholderKind.ORGANISATION,
        name=words.say("Huurdersvereniging"),
        contact_name=words.say("contactpersoon"),
        contact_email=words.mail("contact van de vereniging"),
        contact_phone=words.say("06")[:40],
        reason=words.say("waarom zij"),
        theme=theme,
        asked_by=people["committee"],
        asked_on=STARTED,
        answer=StakeholderAnswer.YES,
        note=words.say("notitie bij de vereniging"),
    )
    first = _bring(
        form, words.say("inbreng van het formulier"), theme, person=_person(words, "bewoner")
    )
    merged = _bring(form, words.say("zelfde punt"), theme, person=_person(words, "buur"))
    merged.merged_into = first
    merged.save()
    first.sources = 2
    first.note = words.say("notitie voor elkaar")
    first.save()
    assert first.contributor is not None
    mail, attachment = _mail(consultation, theme, words)
    assert mail.contribution is not None
    gathering = _gathering(consultation, words)
    session, cluster = _session(gathering, theme, words, people)
    participant = _participant(session, first, words)
    return InputWing(
        consultation=consultation,
        theme=theme,
        channel=_channel(
            consultation,
            "survey",
            name=words.say("Enquête"),
            partner=words.say("Rode Nest"),
            address=f"https://voorbeeld.nl/{words.say('enquete').replace(' ', '-')}",
        ),
        form=form,
        stakeholder=stakeholder,
        to_ask=Stakeholder.objects.create(
            consultation=consultation,
            kind=StakeholderKind.COMPANY,
            name=words.say("Bakker op de hoek"),
        ),
        contribution=first,
        merged=merged,
        settled=_settled(stakeholder, measure, words, people),
        mailed=mail.contribution,
        held=_bring(form, words.say("rommel van een robot"), theme, held=Held.LINKS),
        gathering=gathering,
        session=session,
        cluster=cluster,
        post_it=PostIt.objects.create(
            session=session,
            participant=participant,
            cluster=cluster,
            contribution=_bring(gathering.channel, words.say("post-it"), theme),
        ),
        point=_point(cluster, words),
        participant=participant,
        list_import=_list(consultation, words, people),
        mailbox=Mailbox.objects.create(
            consultation=consultation,
            address=words.mail("postbus"),
            host=words.mail("imap").replace("@", "."),
            username=words.mail("gebruiker"),
            last_uid=4,
            error=words.say("waarom het niet lukte"),
        ),
        mail=mail,
        aside=IncomingMail.objects.create(
            consultation=consultation,
            digest=uuid.uuid4().hex,
            subject=words.say("onderwerp terzijde"),
            quoted=words.say("tekst terzijde"),
            remark=words.say("waarom terzijde"),
            read_on=STARTED,
        ),
        mail_upload=MailUpload.objects.create(
            consultation=consultation,
            state="done",
            total=2,
            done=2,
            new=1,
            refused=[{"name": words.say("geen mail"), "number": 1, "why": words.say("waarom")}],
            uploaded_by=people["committee"],
            uploaded_on=STARTED,
        ),
        attachment=attachment,
        letter=Letter.objects.create(
            contributor=first.contributor,
            kind=LetterKind.RECEIVED,
            key=f"received:{first.contributor_id}:c{first.pk}",
            contribution=first,
            written_on=STARTED,
        ),
    )


def _channel(consultation: Consultation, kind: str, **fields: str) -> Channel:
    row, _created = Channel.objects.update_or_create(
        consultation=consultation,
        kind=kind,
        defaults={"nature": nature_of(kind), "opened_on": STARTED, **fields},
    )
    return row


def _person(words: Words, who: str) -> Person:
    return Person(
        name=words.say(f"naam van {who}"),
        email=words.mail(who),
        organisation=words.say(f"club van {who}"),
        wants_answer=True,
        consent="Ja, bewaar mijn gegevens.",
    )


def _bring(channel: Channel, text: str, theme: Theme, **fields: object) -> Contribution:
    incoming = Incoming(text=text, theme=theme, role=PersonRole.RESIDENT, **fields)  # type: ignore[arg-type]
    return receive(
        consultation=channel.consultation, channel=channel, incoming=incoming, today=STARTED
    )


def _settled(
    stakeholder: Stakeholder, measure: Measure, words: Words, people: dict[str, User]
) -> Contribution:
    row = receive(
        consultation=stakeholder.consultation,
        channel=_channel(stakeholder.consultation, "organisation"),
        incoming=Incoming(
            text=words.say("wat de vereniging wil"),
            theme=stakeholder.theme,
            stakeholder=stakeholder,
            role=PersonRole.ORGANISATION,
            neighbourhood=words.say("buurt"),
            person=_person(words, "voorzitter"),
        ),
        by=people["committee"],
        today=STARTED,
    )
    row.status = Status.PARTLY
    row.reason = words.say("waarom deels")
    row.status_by, row.status_on = people["committee"], FIRST_DAY
    row.answer = words.say("antwoord")
    row.answered_by, row.answered_on = people["committee"], FIRST_DAY
    row.assigned_to, row.assigned_by = people["committee"], people["board"]
    row.assigned_on = FIRST_DAY
    row.save()
    MeasureLink.objects.create(
        contribution=row, measure=measure, linked_by=people["committee"], linked_on=FIRST_DAY
    )
    return row


def _mail(
    consultation: Consultation, theme: Theme, words: Words
) -> tuple[IncomingMail, Attachment]:
    row = _bring(
        _channel(consultation, "mail", address=words.mail("inbreng")),
        words.say("inbreng per mail"),
        theme,
        person=_person(words, "schrijver"),
    )
    mail = IncomingMail.objects.create(
        consultation=consultation,
        digest=uuid.uuid4().hex,
        contribution=row,
        subject=words.say("onderwerp van de mail"),
        quoted=words.say("aangehaalde mail"),
        read_on=STARTED,
    )
    content = words.say("inhoud van de bijlage").encode()
    attachment = Attachment.objects.create(
        contribution=row,
        file=ContentFile(content, name=f"{uuid.uuid4().hex}.txt"),
        file_name=f"{words.say('bijlage').replace(' ', '-')}.txt",
        size=len(content),
    )
    return mail, attachment


def _gathering(consultation: Consultation, words: Words) -> Gathering:
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
        channel=_channel(consultation, "meeting"),
        introduction=words.say("inleiding van het verslag"),
        contact_name=words.say("wie nog meer wil"),
        contact_email=words.mail("nasturen"),
        report_sent_on=FIRST_DAY,
        report_public_since=FIRST_DAY,
    )


def _session(
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


def _participant(session: Session, contribution: Contribution, words: Words) -> Participant:
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


def _point(cluster: Cluster, words: Words) -> Point:
    session = cluster.session
    assert session.theme is not None
    return Point.objects.create(
        session=session,
        cluster=cluster,
        contribution=_bring(
            session.gathering.channel, words.say("punt"), session.theme, counts=False
        ),
        kind=PointKind.PROPOSAL,
        support_note=words.say("twijfel"),
    )


def _list(consultation: Consultation, words: Words, people: dict[str, User]) -> ListImport:
    header = [words.say("kolom wat"), words.say("kolom wie")]
    return ListImport.objects.create(
        consultation=consultation,
        channel=_channel(consultation, "survey"),
        state=ListState.PREVIEW,
        file_name=f"{words.say('lijst').replace(' ', '-')}.csv",
        header=header,
        rows=[[2, words.say("wens in de lijst"), words.say("naam in de lijst")]],
        mapping={"0": "text", "1": "name"},
        remarks={},
        uploaded_by=people["committee"],
        uploaded_on=FIRST_DAY,
    )
