"""The report of a gathering: the same in every format, sent once, without names (R84 … R99)."""

from __future__ import annotations

import io
import re
from typing import Any

import pdfplumber
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from branches.enums import Role
from branches.models import AuditEntry, User
from consultation.enums import LetterKind, LetterState, PersonRole, Status
from consultation.links import report_address
from consultation.models import Cluster, Contributor, Gathering, Letter, Participant, Session
from consultation.queries.gathering_report import report_of
from consultation.services import participants, points, reports
from consultation.services.points import PointPlan
from consultation.services.statuses import set_status
from core.concurrency import Stale
from core.refusal import Refused
from tests.clock import FIRST_DAY
from tests.consultation_factories import consultation_of, gathering_of, session_of
from tests.factories import MembershipFactory, UserFactory
from tests.integration.consultation.test_points import add, cluster_of, note

pytestmark = pytest.mark.django_db

STATEMENT = {"nl": "geen standpunten", "en": "no positions"}


@pytest.fixture
def by() -> User:
    user: User = UserFactory.create(name="Vera Verslag")
    return user


@pytest.fixture
def told(by: User) -> Gathering:
    """A gathering with two tables, and something of everything."""
    gathering = gathering_of(consultation_of())
    gathering.introduction = "Waarom we spraken."
    gathering.contact_name, gathering.contact_email = "Jo", "jo@voorbeeld.nl"
    gathering.closes_on = FIRST_DAY
    gathering.save()
    green = session_of(gathering, title="Groen", question="Wat eerst?", summary="Het kan groener.")
    trees = cluster_of(
        green, "Bomen", "boomnote een", question="Waar dan?", answer="Bij het plein."
    )
    points.make_of_cluster(cluster=trees, by=by, today=FIRST_DAY)
    cluster_of(green, "Waterberging", "waternote", discussed=False)
    note(green, "losse note")
    note(green, "onder bomen", trees)
    add(green, "Los punt.", by, support="divided", support_note="hoogte telt")
    work = session_of(gathering, title="Werk", position=1)
    add(work, "Leerplekken.", by, addressee="national", kind="question", discussed=False)
    return gathering


ONCE = (
    "Bij het plein.",
    "Waterberging",
    "waternote",
    "losse note",
    "onder bomen",
    "Los punt.",
    "hoogte telt",
    "Leerplekken.",
    "Het kan groener.",
    "Waarom we spraken.",
    "jo@voorbeeld.nl",
)


def person(gathering: Gathering, email: str, number: int, **fields: Any) -> Participant:
    contributor = Contributor.objects.create(
        consultation=gathering.consultation,
        name="Nadia Naam",
        email=email,
        delete_on=FIRST_DAY,
        **fields,
    )
    return Participant.objects.create(
        gathering=gathering,
        number=number,
        role=PersonRole.RESIDENT,
        contributor=contributor,
        joined_on=FIRST_DAY,
    )


@pytest.fixture
def as_committee(told: Gathering, client: Client, by: User) -> Client:
    MembershipFactory.create(user=by, branch=told.consultation.branch, role=Role.COMMITTEE)
    client.force_login(by)
    return client


def address(name: str, gathering: Gathering) -> str:
    return reverse(f"consultation:{name}", args=[gathering.consultation.branch.slug, gathering.pk])


def shared(gathering: Gathering) -> str:
    return "/" + report_address(gathering).split("/", 3)[3]


def text_of(form: str, client: Client, gathering: Gathering, language: str = "nl") -> str:
    """Return what somebody reads in a format."""
    headers = {"accept-language": language}
    if form == "shared":
        content = client.get(f"{shared(gathering)}?taal={language}").content.decode()
    else:
        answer = client.get(address(form, gathering), headers=headers)
        assert answer.status_code == 200, form
        content = answer.content  # type: ignore[assignment]
    if form == "report_docx":
        document = Document(io.BytesIO(content))  # type: ignore[arg-type]
        return "\n".join(paragraph.text for paragraph in document.paragraphs)
    if form == "report_pdf":
        with pdfplumber.open(io.BytesIO(content)) as pdf:  # type: ignore[arg-type]
            pages = [page.extract_text() for page in pdf.pages]
        return " ".join("\n".join(pages).split())
    page = content if isinstance(content, str) else content.decode()
    article = page.partition("<article")[2].partition("</article>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", article).split())


@pytest.mark.parametrize("form", ["report", "report_docx", "report_pdf", "shared"])
def test_everything_is_in_every_format_exactly_once(
    form: str, told: Gathering, as_committee: Client
) -> None:
    told.report_public_since = FIRST_DAY
    told.save()
    text = text_of(form, as_committee, told)
    assert {one: text.count(one) for one in ONCE} == dict.fromkeys(ONCE, 1)
    # The note behind the point is counted, not told again.
    assert "boomnote een" not in text
    assert "uit 1 post-it" in text or "from 1 post-it" in text
    # Once as its sub-theme and once as its point.
    assert text.count("Bomen") == 2


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("form", ["report_docx", "report_pdf", "shared"])
def test_that_points_are_no_positions_is_always_said(
    form: str, language: str, told: Gathering, as_committee: Client
) -> None:
    told.report_public_since = FIRST_DAY
    told.save()
    text = text_of(form, as_committee, told, language)
    assert STATEMENT["en"] in text or STATEMENT[language] in text


def test_no_name_of_a_participant_stands_in_a_report(told: Gathering, as_committee: Client) -> None:
    person(told, "nadia@voorbeeld.nl", 1)
    told.report_public_since = FIRST_DAY
    told.save()
    for form in ("report", "report_docx", "report_pdf", "shared"):
        text = text_of(form, as_committee, told)
        assert "Nadia" not in text
        assert "nadia@" not in text
        assert "Vera" not in text


def test_a_report_takes_as_many_questions_of_the_database_whatever_its_size(
    told: Gathering, by: User
) -> None:
    with CaptureQueriesContext(connection) as few:
        report_of(told)
    session = Session.objects.filter(gathering=told).first()
    assert session is not None
    for number in range(5):
        cluster = cluster_of(session, f"Nog {number}", "a", "b")
        points.make_of_cluster(cluster=cluster, by=by, today=FIRST_DAY)
        session_of(told, title=f"Tafel {number}")
    with CaptureQueriesContext(connection) as many:
        report_of(told)
    assert len(many) == len(few)


def test_what_became_of_a_point_stands_in_the_second_view_and_not_as_a_position(
    told: Gathering, as_committee: Client, by: User
) -> None:
    point = report_of(told).all_points[0].point
    set_status(
        contribution=point.contribution,
        status=Status.NOT_ADOPTED,
        reason="Er is geen plek.",
        by=by,
        today=FIRST_DAY,
    )
    assert "Er is geen plek." not in text_of("report", as_committee, told)
    follow = as_committee.get(f"{address('report', told)}?vervolg").content.decode()
    assert "Er is geen plek." in follow
    told.report_sent_on = FIRST_DAY
    told.save()
    assert "Er is geen plek." in Client().get(shared(told)).content.decode()


def test_a_point_that_was_merged_follows_its_lead_and_keeps_its_own_words(
    told: Gathering, by: User
) -> None:
    from consultation.services.merging import merge  # noqa: PLC0415 - beside its test

    first, second = (line.point for line in report_of(told).all_points[:2])
    merge(into=first.contribution, others=[second.contribution], by=by, today=FIRST_DAY)
    first.contribution.refresh_from_db()
    set_status(contribution=first.contribution, status=Status.ADOPTED, by=by, today=FIRST_DAY)
    lines = report_of(told).all_points
    assert [line.status for line in lines[:2]] == [Status.ADOPTED, Status.ADOPTED]
    assert {line.text for line in lines} >= {"Los punt.", "Bomen", "Leerplekken."}


def test_a_report_that_is_being_written_is_for_who_may_read_what_came_in(
    told: Gathering, client: Client
) -> None:
    member = UserFactory.create()
    MembershipFactory.create(user=member, branch=told.consultation.branch, role=Role.MEMBER)
    client.force_login(member)
    forms = ("report", "report_docx", "report_pdf")
    assert {client.get(address(form, told)).status_code for form in forms} == {403}
    told.report_sent_on = FIRST_DAY
    told.save()
    assert {client.get(address(form, told)).status_code for form in forms} == {200}


# Sending ----------------------------------------------------------------------------------------


def test_everybody_who_left_an_address_gets_it_once(told: Gathering, by: User) -> None:
    person(told, "a@voorbeeld.nl", 1)
    person(told, "A@voorbeeld.nl ", 2)
    person(told, "b@voorbeeld.nl", 3, address_refused_on=FIRST_DAY)
    Participant.objects.create(
        gathering=told, number=4, role=PersonRole.MEMBER, joined_on=FIRST_DAY
    )
    found = reports.addressees(told)
    assert [one.email for one in found.to_send] == ["a@voorbeeld.nl"]
    assert (found.had, found.refused, found.without) == (0, 1, 1)
    revision = told.revision
    assert reports.send(gathering=told, revision=revision, by=by, today=FIRST_DAY) == 1
    with pytest.raises(Stale):
        reports.send(gathering=told, revision=revision, by=by, today=FIRST_DAY)
    told.refresh_from_db()
    assert reports.send(gathering=told, revision=told.revision, by=by, today=FIRST_DAY) == 0
    assert Letter.objects.filter(kind=LetterKind.REPORT).count() == 1
    assert reports.addressees(told).had == 1
    row = AuditEntry.objects.filter(verb="gathering.report_sent").order_by("pk").first()
    assert row is not None
    assert row.params["count"] == 1
    assert "voorbeeld.nl" not in str(row.params)


def test_who_leaves_an_address_later_gets_it_at_once(told: Gathering, by: User) -> None:
    late = Participant.objects.create(
        gathering=told, number=9, role=PersonRole.RESIDENT, joined_on=FIRST_DAY
    )

    def leave(email: str) -> None:
        participants.leave_address(
            participant=late,
            name="",
            email=email,
            consent="Ja.",
            language="nl",
            today=FIRST_DAY,
        )

    leave("laat@voorbeeld.nl")
    assert not Letter.objects.exists()
    reports.send(gathering=told, revision=told.revision, by=by, today=FIRST_DAY)
    assert Letter.objects.count() == 1
    leave("laat@voorbeeld.nl")
    assert Letter.objects.count() == 1
    # It did not work; another address is another try.
    Letter.objects.update(state=LetterState.REFUSED)
    leave("later@voorbeeld.nl")
    assert Letter.objects.get().state == LetterState.WAITING


def test_a_gathering_without_sessions_has_nothing_to_send(by: User) -> None:
    gathering = gathering_of(consultation_of())
    with pytest.raises(Refused):
        reports.send(gathering=gathering, revision=0, by=by, today=FIRST_DAY)


def test_the_page_shows_to_whom_before_it_sends(told: Gathering, as_committee: Client) -> None:
    person(told, "a@voorbeeld.nl", 1)
    where = address("report_send", told)
    page = as_committee.get(where).content.decode()
    assert "a@voorbeeld.nl" in page
    assert not Letter.objects.exists()
    assert as_committee.post(where, {"revision": told.revision}).status_code == 302
    assert Letter.objects.count() == 1
    # The same form again: somebody else was first.
    assert as_committee.post(where, {"revision": told.revision}).status_code == 302
    assert Letter.objects.count() == 1


# For everybody ----------------------------------------------------------------------------------


def test_the_shared_page_is_there_once_sent_or_public_without_cookie_or_index(
    told: Gathering, as_committee: Client
) -> None:
    visitor = Client()
    assert visitor.get(shared(told)).status_code == 404
    publish = address("report_publish", told)
    as_committee.post(publish, {"revision": told.revision, "public": "yes"})
    answer = visitor.get(shared(told))
    assert answer.status_code == 200
    assert not answer.cookies
    assert answer["X-Robots-Tag"] == "noindex"
    assert "Groen" in answer.content.decode()
    told.refresh_from_db()
    as_committee.post(publish, {"revision": told.revision, "public": "no"})
    assert visitor.get(shared(told)).status_code == 404


def test_a_made_up_address_gives_nothing(told: Gathering) -> None:
    told.report_public_since = FIRST_DAY
    told.save()
    token = shared(told).rstrip("/").rpartition("/")[2]
    for wrong in (f"{told.pk}", f"{told.pk}:xyz", token[:-1] + ("a" if token[-1] != "a" else "b")):
        answer = Client().get(reverse("consultation:shared_report", args=[wrong]))
        assert answer.status_code == 404


def test_texts_cannot_break_out_of_any_format(told: Gathering, as_committee: Client) -> None:
    cluster = Cluster.objects.filter(session__gathering=told).first()
    assert cluster is not None
    cluster.title = '<script>alert(1)</script> & "x" \x0b'
    cluster.save()
    page = as_committee.get(address("report", told)).content.decode()
    assert "<script>alert(1)" not in page
    assert as_committee.get(address("report_docx", told)).status_code == 200
    assert as_committee.get(address("report_pdf", told)).content.startswith(b"%PDF")


def test_without_pango_the_page_says_how_to_print(
    told: Gathering, as_committee: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consultation.views.gathering_report.can_draw", lambda: False)
    answer = as_committee.get(address("report_pdf", told), follow=True)
    assert answer.redirect_chain
    assert "Word" in answer.content.decode()


def test_an_empty_plan_is_refused(told: Gathering, by: User) -> None:
    session = Session.objects.filter(gathering=told).first()
    assert session is not None
    with pytest.raises(Refused):
        points.add(session=session, plan=PointPlan(text="  "), by=by, today=FIRST_DAY)
