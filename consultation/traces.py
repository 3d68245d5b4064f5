"""The input's words about people: who brought something in, contacts, and mentions in texts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from branches.models import Branch, User
from branches.personal_data import (
    MOST,
    OwnTexts,
    Record,
    Sought,
    Trace,
    ids,
    key_of,
    mentions,
    words_of,
)
from consultation.models import (
    Attachment,
    Channel,
    Cluster,
    Consultation,
    Contribution,
    Contributor,
    Gathering,
    IncomingMail,
    ListImport,
    MailUpload,
    Point,
    Session,
    Stakeholder,
    Theme,
)
from consultation.services.erasing_traces import erase_traces
from core.dates import day_words

ROOM = "consultation"


class InputTraces:
    """People of the input."""

    room = ROOM

    def find(self, *, branch: Branch, sought: Sought) -> list[Trace]:
        """Return people and contacts, texts that mention them, and the branch's own words."""
        people = list(
            _people(branch).filter(_is(sought)).prefetch_related("contributions__channel")[:MOST]
        )
        return [
            *_of_people(people),
            *_of_texts(branch, sought, besides=[person.pk for person in people]),
            *_of_files(branch, sought, besides=[person.pk for person in people]),
            *_of_places(branch, sought),
            *_of_contacts(branch, sought),
            *_of_lists(branch, sought),
            *_by_hand(branch, sought),
        ]

    def export(self, *, branch: Branch, keys: Collection[str]) -> list[Record]:
        """Return what is known, with the files that came along."""
        people = _people(branch).filter(pk__in=ids(keys, ROOM, "contributor"))
        people = people.prefetch_related(
            "contributions__attachments",
            "contributions__channel",
            "contributions__theme",
            "contributions__mail",
            "participants__gathering__meeting",
        )
        contacts = Stakeholder.objects.filter(
            consultation__branch=branch, pk__in=ids(keys, ROOM, "stakeholder")
        )
        texts = Contribution.objects.filter(
            consultation__branch=branch, pk__in=ids(keys, ROOM, "text")
        ).select_related("channel", "theme")
        return [
            *(record for person in people for record in _records(person)),
            *(_contact_record(contact) for contact in contacts),
            *(_contribution_record(row) for row in texts),
        ]

    def erase(self, *, branch: Branch, keys: Collection[str], by: User, today: date) -> int:
        """Take people, contacts, texts and lists out; see ``services.erasing_traces``."""
        return erase_traces(
            branch=branch,
            contributors=ids(keys, ROOM, "contributor"),
            texts=ids(keys, ROOM, "text"),
            places=ids(keys, ROOM, "place"),
            mails=ids(keys, ROOM, "mail"),
            stakeholders=ids(keys, ROOM, "stakeholder"),
            lists=ids(keys, ROOM, "list"),
            uploads=ids(keys, ROOM, "upload"),
            by=by,
            today=today,
        )


def _people(branch: Branch) -> QuerySet[Contributor]:
    return Contributor.objects.filter(consultation__branch=branch)


def _is(sought: Sought) -> Q:
    return sought.named("name", "organisation", address="email")


def _of_people(people: Iterable[Contributor]) -> list[Trace]:
    return [
        Trace(
            key=key_of(ROOM, "contributor", person.pk),
            what=_("somebody who brought something in"),
            words=" · ".join(
                filter(None, (person.name, person.email, person.organisation, *_came_by(person)))
            ),
        )
        for person in people
    ]


def _came_by(person: Contributor) -> Iterable[str]:
    """Say how and when, so that two sendings of one person can be told apart."""
    for row in person.contributions.all():
        yield f"{row.channel}, {day_words(row.received_on)}"


def _of_texts(branch: Branch, sought: Sought, *, besides: list[int]) -> list[Trace]:
    columns = ("text", "note", "answer", "reason")
    rows = (
        Contribution.objects.filter(sought.mentioned(*columns), consultation__branch=branch)
        .exclude(contributor__in=besides)
        .only("id", *columns)[:MOST]
    )
    found = [
        Trace(
            key=key_of(ROOM, "text", row.pk),
            what=_("contribution that mentions it"),
            words=words_of(row, columns, sought),
            url=reverse("consultation:contribution", args=[branch.slug, row.pk]),
        )
        for row in rows
    ]
    mails = (
        IncomingMail.objects.filter(
            sought.mentioned("subject", "quoted"), consultation__branch=branch
        )
        .exclude(contribution__contributor__in=besides)
        .only("id", "subject", "quoted")[:MOST]
    )
    return [
        *found,
        *(
            Trace(
                key=key_of(ROOM, "mail", mail.pk),
                what=_("mail that mentions it"),
                words=words_of(mail, ("subject", "quoted"), sought),
            )
            for mail in mails
        ),
    ]


def _of_files(branch: Branch, sought: Sought, *, besides: list[int]) -> Iterable[Trace]:
    """Look in the names of files; what is inside them is not searched."""
    columns = ("file_name", "remark")
    rows = Attachment.objects.filter(
        sought.mentioned(*columns), contribution__consultation__branch=branch
    ).exclude(contribution__contributor__in=besides)
    for row in rows[:MOST]:
        yield Trace(
            key=key_of(ROOM, "text", row.contribution_id),
            what=_("contribution with a file of that name"),
            words=words_of(row, columns, sought),
            url=reverse("consultation:contribution", args=[branch.slug, row.contribution_id]),
        )


def _of_places(branch: Branch, sought: Sought) -> Iterable[Trace]:
    """Look in neighbourhoods: these stay when words go, so they are asked about by themselves."""
    rows = Contribution.objects.filter(
        sought.mentioned("neighbourhood"), consultation__branch=branch
    ).only("id", "neighbourhood")
    for row in rows[:MOST]:
        yield Trace(
            key=key_of(ROOM, "place", row.pk),
            what=_("neighbourhood of a contribution"),
            words=row.neighbourhood,
            url=reverse("consultation:contribution", args=[branch.slug, row.pk]),
        )


def _of_contacts(branch: Branch, sought: Sought) -> list[Trace]:
    rows = Stakeholder.objects.filter(
        sought.named("name", "contact_name", address="contact_email")
        | sought.mentioned("contact_name", "contact_email", "contact_phone", "reason", "note"),
        consultation__branch=branch,
    )[:MOST]
    return [
        Trace(
            key=key_of(ROOM, "stakeholder", row.pk),
            what=_("contact of an organisation"),
            words=" · ".join(filter(None, (row.name, row.contact_name, row.contact_email))),
            url=reverse("consultation:stakeholder", args=[branch.slug, row.pk]),
        )
        for row in rows
    ]


def _of_lists(branch: Branch, sought: Sought) -> list[Trace]:
    """Look into lists and files of mail: what a database keeps as a list, it cannot search."""
    text = sought.text.casefold()
    lists = ListImport.objects.filter(consultation__branch=branch)
    uploads = MailUpload.objects.filter(consultation__branch=branch).exclude(refused=[])
    return [
        *(
            Trace(
                key=key_of(ROOM, "list", row.pk),
                what=_("list of people"),
                words=row.file_name,
                url=reverse("consultation:list", args=[branch.slug, row.pk]),
            )
            for row in lists
            if text in str([row.file_name, row.rows, row.remarks]).casefold()
        ),
        *(
            Trace(
                key=key_of(ROOM, "upload", row.pk),
                what=_("files of mail"),
                words=day_words(row.uploaded_on),
                url=reverse("consultation:mail_uploaded", args=[branch.slug, row.pk]),
            )
            for row in uploads
            if text in str(row.refused).casefold()
        ),
    ]


def _by_hand(branch: Branch, sought: Sought) -> list[Trace]:
    return mentions(
        _own_texts(branch),
        room=ROOM,
        sought=sought,
        by_hand=_(
            "A text of the branch itself: look whether the name has to stand there, and change it "
            "on its own page."
        ),
    )


def _own_texts(branch: Branch) -> list[OwnTexts]:
    def gathering(row: Gathering) -> str:
        return reverse("consultation:gathering", args=[branch.slug, row.pk])

    def session(row: Session) -> str:
        return reverse("consultation:session", args=[branch.slug, row.pk])

    def cluster(row: Cluster) -> str:
        return reverse("consultation:session", args=[branch.slug, row.session_id])

    def theme(row: Theme) -> str:
        return reverse("consultation:theme", args=[branch.slug, row.pk])

    def form(_row: Consultation) -> str:
        return reverse("consultation:form_settings", args=[branch.slug])

    def channel(row: Channel) -> str:
        return reverse("consultation:channel", args=[branch.slug, row.pk])

    def point(row: Point) -> str:
        return reverse("consultation:point", args=[branch.slug, row.pk])

    return [
        OwnTexts(
            kind="consultation",
            what=_("introduction for the public"),
            rows=Consultation.objects.filter(branch=branch),
            columns=("introduction", "outcome_text"),
            url=form,
        ),
        OwnTexts(
            kind="channel",
            what=_("channel"),
            rows=Channel.objects.filter(consultation__branch=branch),
            columns=("name", "address", "partner"),
            url=channel,
        ),
        OwnTexts(
            kind="point",
            what=_("doubts or remarks"),
            rows=Point.objects.filter(session__gathering__consultation__branch=branch),
            columns=("support_note",),
            url=point,
        ),
        OwnTexts(
            kind="gathering",
            what=_("gathering"),
            rows=Gathering.objects.filter(consultation__branch=branch),
            columns=("introduction", "contact_name", "contact_email"),
            url=gathering,
        ),
        OwnTexts(
            kind="session",
            what=_("session"),
            rows=Session.objects.filter(gathering__consultation__branch=branch),
            columns=("title", "question", "summary"),
            url=session,
        ),
        OwnTexts(
            kind="cluster",
            what=_("sub-theme"),
            rows=Cluster.objects.filter(session__gathering__consultation__branch=branch),
            columns=("title", "question", "answer"),
            url=cluster,
        ),
        OwnTexts(
            kind="theme",
            what=_("theme"),
            rows=Theme.objects.filter(consultation__branch=branch),
            columns=("name", "topical", "difference", "warms"),
            url=theme,
        ),
    ]


def _records(person: Contributor) -> Iterable[Record]:
    gatherings = [str(one.gathering.meeting) for one in person.participants.all()]
    yield Record(
        title=_("somebody who brought something in"),
        facts={
            _("name"): person.name,
            _("e-mail address"): person.email,
            _("organisation"): person.organisation,
            _("wants to hear what becomes of it"): _("yes") if person.wants_answer else _("no"),
            _("agreed with"): person.consent,
            _("agreed on"): person.consented_on.isoformat() if person.consented_on else "",
            _("name and address are removed on"): person.delete_on.isoformat(),
            _("took part in"): ", ".join(gatherings),
        },
    )
    yield from (_contribution_record(row) for row in person.contributions.all())


def _contribution_record(row: Contribution) -> Record:
    mail = getattr(row, "mail", None)
    return Record(
        title=_("contribution"),
        facts={
            _("text"): row.text,
            _("came in on"): row.received_on.isoformat(),
            _("channel"): str(row.channel),
            _("theme"): str(row.theme or ""),
            _("speaks as"): str(row.get_role_display()) if row.role else "",
            _("neighbourhood"): row.neighbourhood,
            _("status"): str(row.get_status_display()),
            _("why"): row.reason,
            _("answer"): row.answer,
            _("note for each other"): row.note,
            _("subject of the mail"): mail.subject if mail else "",
            _("what the mail answered"): mail.quoted if mail else "",
        },
        files=[(one.file_name, one.file) for one in row.attachments.all() if one.file],
    )


def _contact_record(row: Stakeholder) -> Record:
    return Record(
        title=_("contact of an organisation"),
        facts={
            _("organisation"): row.name,
            _("name"): row.contact_name,
            _("e-mail address"): row.contact_email,
            _("phone number"): row.contact_phone,
            _("why we ask them"): row.reason,
            _("note"): row.note,
        },
    )
