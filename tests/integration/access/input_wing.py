"""What a house of the matrix has of collected input: each text of it to be recognised later."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile

from branches.models import User
from consultation.enums import (
    Held,
    LetterKind,
    ListState,
    PersonRole,
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
from consultation.services.receiving import Incoming, receive
from consultation.services.starting import start
from process.models import Timeline
from programmes.models import Measure
from tests.clock import FIRST_DAY
from tests.integration.access.input_bringing import STARTED, bring, channel_of, person_of
from tests.integration.access.input_tables import (
    gathering_of,
    participant_of,
    point_of,
    session_of,
)

if TYPE_CHECKING:
    from tests.integration.access.house import Words


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
    form = channel_of(consultation, "form")
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
    first = bring(
        form, words.say("inbreng van het formulier"), theme, person=person_of(words, "bewoner")
    )
    merged = bring(form, words.say("zelfde punt"), theme, person=person_of(words, "buur"))
    merged.merged_into = first
    merged.save()
    first.sources = 2
    first.note = words.say("notitie voor elkaar")
    first.save()
    assert first.contributor is not None
    mail, attachment = _mail(consultation, theme, words)
    assert mail.contribution is not None
    gathering = gathering_of(consultation, words)
    session, cluster = session_of(gathering, theme, words, people)
    participant = participant_of(session, first, words)
    return InputWing(
        consultation=consultation,
        theme=theme,
        channel=channel_of(
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
        held=bring(form, words.say("rommel van een robot"), theme, held=Held.LINKS),
        gathering=gathering,
        session=session,
        cluster=cluster,
        post_it=PostIt.objects.create(
            session=session,
            participant=participant,
            cluster=cluster,
            contribution=bring(gathering.channel, words.say("post-it"), theme),
        ),
        point=point_of(cluster, words),
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


def _settled(
    stakeholder: Stakeholder, measure: Measure, words: Words, people: dict[str, User]
) -> Contribution:
    row = receive(
        consultation=stakeholder.consultation,
        channel=channel_of(stakeholder.consultation, "organisation"),
        incoming=Incoming(
            text=words.say("wat de vereniging wil"),
            theme=stakeholder.theme,
            stakeholder=stakeholder,
            role=PersonRole.ORGANISATION,
            neighbourhood=words.say("buurt"),
            person=person_of(words, "voorzitter"),
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
    row = bring(
        channel_of(consultation, "mail", address=words.mail("inbreng")),
        words.say("inbreng per mail"),
        theme,
        person=person_of(words, "schrijver"),
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


def _list(consultation: Consultation, words: Words, people: dict[str, User]) -> ListImport:
    header = [words.say("kolom wat"), words.say("kolom wie")]
    return ListImport.objects.create(
        consultation=consultation,
        channel=channel_of(consultation, "survey"),
        state=ListState.PREVIEW,
        file_name=f"{words.say('lijst').replace(' ', '-')}.csv",
        header=header,
        rows=[[2, words.say("wens in de lijst"), words.say("naam in de lijst")]],
        mapping={"0": "text", "1": "name"},
        remarks={},
        uploaded_by=people["committee"],
        uploaded_on=FIRST_DAY,
    )
