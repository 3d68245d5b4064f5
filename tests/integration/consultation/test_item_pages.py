"""The pages about one contribution."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.enums import Role
from branches.models import User
from consultation.enums import LetterKind, Status
from consultation.models import (
    Attachment,
    Consultation,
    Contribution,
    IncomingMail,
    Letter,
    MeasureLink,
)
from consultation.services.cutting import cut
from consultation.services.linking import link
from consultation.services.merging import merge
from consultation.services.receiving import Person
from consultation.services.statuses import set_status
from programmes.enums import ProgrammeKind
from tests.clock import FIRST_DAY
from tests.conftest import SIGN_IN_BACKEND
from tests.consultation_factories import consultation_of, contribution_of
from tests.factories import MembershipFactory
from tests.programme_factories import programme_with

pytestmark = pytest.mark.django_db

SANNE = Person(name="Sanne", email="sanne@voorbeeld.nl", wants_answer=True, consent="Ja.")


@pytest.fixture
def consultation() -> Consultation:
    return consultation_of()


@pytest.fixture
def row(consultation: Consultation) -> Contribution:
    return contribution_of(consultation, person=SANNE)


def somebody(consultation: Consultation, role: str = Role.COMMITTEE) -> User:
    person: User = MembershipFactory.create(branch=consultation.branch, role=role).user
    return person


@pytest.fixture
def client(consultation: Consultation) -> Client:
    client = Client()
    client.force_login(somebody(consultation), backend=SIGN_IN_BACKEND)
    return client


def url(name: str, row: Contribution) -> str:
    return reverse(f"consultation:{name}", args=[row.consultation.branch.slug, row.pk])


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def sort(client: Client, row: Contribution, query: str = "", **data: Any) -> Any:
    now = Contribution.objects.get(pk=row.pk)
    sent = {"status": "considered", "revision": now.revision} | data
    return client.post(url("status", row) + query, sent)


def test_each_source_has_its_own_words_files_and_folded_mail(
    client: Client, row: Contribution
) -> None:
    other = contribution_of(row.consultation, "Drempels, en wel nu.")
    IncomingMail.objects.create(
        consultation=row.consultation,
        digest="x",
        contribution=other,
        subject="Over de school",
        quoted="> wat eerder werd geschreven",
        read_on=FIRST_DAY,
    )
    Attachment.objects.create(contribution=other, file_name="foto.jpg", remark="te groot")
    merge(into=row, others=[other], by=somebody(row.consultation), today=FIRST_DAY)
    page = text_of(client, url("contribution", row))
    for words in (
        row.text,
        "Drempels, en wel nu.",
        "Over de school",
        "wat eerder werd geschreven",
        "foto.jpg",
        "te groot",
        "sanne@voorbeeld.nl",
    ):
        assert words in page


def test_names_and_quoted_mail_are_for_who_works_on_it(row: Contribution) -> None:
    client = Client()
    reader = somebody(row.consultation, Role.COUNCIL_GROUP)
    client.force_login(reader, backend=SIGN_IN_BACKEND)
    page = text_of(client, url("contribution", row))
    assert row.text in page
    assert "anne@" not in page
    assert "Sanne" not in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]


def test_saved_and_on_with_the_next_one_in_the_same_list(
    client: Client, consultation: Consultation
) -> None:
    theme = consultation.themes.all()[0]
    first, _elsewhere, third = (
        contribution_of(consultation, f"Punt {n}", theme=theme if n != 1 else None)
        for n in range(3)
    )
    query = f"?thema={theme.pk}&status=new"
    answer = sort(client, third, query, next="1", theme=theme.pk)
    assert answer["Location"] == f"{url('contribution', first)}{query}#item"
    answer = sort(client, first, query, next="1", theme=theme.pk)
    assert answer["Location"] == f"{url('contribution', first)}{query}"
    assert set(Contribution.objects.filter(theme=theme).values_list("status", flat=True)) == {
        Status.CONSIDERED
    }


def test_next_and_previous_are_those_of_the_list(
    client: Client, consultation: Consultation
) -> None:
    low, middle, high = (contribution_of(consultation, f"Punt {n}") for n in range(3))
    page = text_of(client, url("contribution", middle))
    assert f'rel="prev"\n           href="{url("contribution", high)}"' in page
    assert f'rel="next"\n           href="{url("contribution", low)}"' in page
    oldest = text_of(client, f"{url('contribution', middle)}?volgorde=oudste")
    assert f'rel="prev"\n           href="{url("contribution", low)}?volgorde=oudste"' in oldest


def test_a_no_without_a_because_comes_back_as_it_was_filled_in(
    client: Client, row: Contribution
) -> None:
    theme = row.consultation.themes.all()[1]
    answer = sort(client, row, status="not_adopted", theme=theme.pk)
    assert answer.status_code == 422
    assert f'value="{theme.pk}" selected' in answer.content.decode()
    row.refresh_from_db()
    assert (row.status, row.theme) == (Status.NEW, None)


def test_the_second_saver_sees_both(client: Client, row: Contribution) -> None:
    sort(client, row, status="partly", reason="Het geld is op.")
    answer = sort(client, row, status="partly", reason="Het mag niet.", revision=0)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Het geld is op." in page
    assert "Het mag niet." in page
    row.refresh_from_db()
    assert row.reason == "Het geld is op."


def test_merged_from_the_page_what_says_most_leads(client: Client, row: Contribution) -> None:
    by = somebody(row.consultation)
    old = contribution_of(row.consultation, "Oud.")
    set_status(contribution=old, status=Status.CONSIDERED, by=by, today=FIRST_DAY)
    answer = client.post(url("merge", row), {"other": old.pk})
    assert answer["Location"] == url("contribution", old)
    row.refresh_from_db()
    assert row.merged_into == old
    page = text_of(client, url("contribution", row))
    assert url("contribution", old) in page
    assert client.post(url("take_apart", row))["Location"] == url("contribution", row)
    row.refresh_from_db()
    assert row.merged_into is None


@pytest.mark.parametrize("search", ["fietsen", "{number}", "FIETSPADEN", "#{number}"])
def test_another_one_is_found_by_words_and_number(
    client: Client, row: Contribution, search: str
) -> None:
    other = contribution_of(row.consultation, "Meer fietspaden in de wijk.")
    query = search.format(number=other.pk).replace("#", "%23")
    page = text_of(client, f"{url('merge', row)}?vind={query}")
    assert "Meer fietspaden in de wijk." in page


def test_another_branchs_contribution_is_not_there(client: Client, row: Contribution) -> None:
    theirs = contribution_of(consultation_of(), "Van een ander.")
    assert client.post(url("merge", row), {"other": theirs.pk}).status_code == 404
    assert "Van een ander." not in text_of(client, f"{url('merge', row)}?vind=ander")
    theirs.refresh_from_db()
    assert theirs.merged_into is None


def test_another_branchs_measure_person_and_theme_are_not_there(
    client: Client, row: Contribution
) -> None:
    other = consultation_of()
    programme = programme_with({"A": ["B."]}, branch=other.branch, kind=ProgrammeKind.DRAFT)
    measure = programme.measures.get()
    assert client.post(url("link_measure", row), {"measure": measure.pk}).status_code == 404
    assert client.post(url("unlink_measure", row), {"measure": measure.pk}).status_code == 404
    address = f"{url('link_measure', row)}?programma={programme.pk}"
    assert client.get(address).status_code == 404
    to = somebody(other).pk
    assert client.post(url("assign", row), {"to": to, "revision": 0}).status_code == 422
    assert sort(client, row, theme=other.themes.all()[0].pk).status_code == 422
    row.refresh_from_db()
    assert (row.status, row.assigned_to, row.revision) == (Status.NEW, None, 0)
    assert not MeasureLink.objects.exists()


def test_a_measure_is_suggested_found_and_linked(client: Client, row: Contribution) -> None:
    programme = programme_with(
        {"Verkeer": ["Een veilig fietspad bij elke school."], "Zorg": ["Een huisarts per wijk."]},
        branch=row.consultation.branch,
        kind=ProgrammeKind.DRAFT,
    )
    page = text_of(client, url("link_measure", row))
    assert "Een veilig fietspad bij elke school." in page
    assert "Een huisarts per wijk." not in page
    for words in ("huisartsen", "2"):
        assert "Een huisarts per wijk." in text_of(
            client, f"{url('link_measure', row)}?vind={words}"
        )
    measure = programme.measures.get(number=1)
    client.post(url("link_measure", row), {"measure": measure.pk})
    page = text_of(client, url("contribution", row))
    assert f"#voorstel-{measure.pk}" in page
    address = reverse("programmes:programme", args=[row.consultation.branch.slug, programme.pk])
    assert "voorstel-" in text_of(client, address)
    assert text_of(client, address).count('<span class="measure-input">') == 1
    client.post(url("unlink_measure", row), {"measure": measure.pk})
    assert not MeasureLink.objects.exists()


def test_without_a_programme_the_page_says_what_to_do(client: Client, row: Contribution) -> None:
    address = reverse("programmes:programmes", args=[row.consultation.branch.slug])
    assert f'href="{address}"' in text_of(client, url("link_measure", row))


def test_where_to_cut_is_ticked_then_the_parts_are_kept(
    client: Client, consultation: Consultation
) -> None:
    whole = contribution_of(consultation, "Een bankje. Een prullenbak. En die graag groen.")
    assert 'name="part_0"' not in text_of(client, url("cut", whole))
    page = text_of(client, f"{url('cut', whole)}?hier=&hier=1&hier=x&hier=99")
    assert ">\nEen bankje.</textarea>" in page
    assert ">\nEen prullenbak. En die graag groen.</textarea>" in page
    sent = {"revision": 0, "part_0": "Een bankje.", "part_1": "Een groene prullenbak."}
    client.post(url("cut", whole), sent)
    assert [part.text for part in whole.parts.order_by("pk")] == list(sent.values())[1:]
    client.post(url("uncut", whole.parts.all()[0]))
    assert not whole.parts.exists()


def test_what_cannot_be_cut_keeps_what_was_typed(client: Client, row: Contribution) -> None:
    answer = client.post(url("cut", row), {"revision": 0, "part_0": "Alleen dit."})
    assert answer.status_code == 422
    assert "Alleen dit." in answer.content.decode()


def test_a_part_that_was_worked_on_stays(client: Client, row: Contribution) -> None:
    by = somebody(row.consultation)
    part, _other = cut(contribution=row, texts=["Een.", "Twee."], by=by, today=FIRST_DAY)
    set_status(contribution=part, status=Status.ADOPTED, by=by, today=FIRST_DAY)
    assert client.post(url("uncut", part)).status_code == 409
    assert row.parts.count() == 2


def test_the_answer_is_looked_at_before_it_is_sent(client: Client, row: Contribution) -> None:
    by = somebody(row.consultation)
    row = set_status(contribution=row, status=Status.ADOPTED, by=by, today=FIRST_DAY)
    said = {"text": "Het fietspad komt er.", "revision": row.revision}
    looked = client.post(url("answer", row), said | {"look": "1"})
    assert looked.content.decode().count("Het fietspad komt er.") == 2
    assert not Letter.objects.filter(kind=LetterKind.ANSWER).exists()
    sent = client.post(url("answer", row), said)
    assert sent["Location"] == f"{url('contribution', row)}#answer"
    assert Letter.objects.filter(kind=LetterKind.ANSWER).count() == 1
    assert "Het fietspad komt er." in text_of(client, url("contribution", row))


def test_before_a_status_there_is_nothing_to_answer(client: Client, row: Contribution) -> None:
    assert "<textarea" not in text_of(client, url("answer", row))
    answer = client.post(url("answer", row), {"text": "Ja.", "revision": 0})
    assert answer.status_code == 422
    assert not Letter.objects.filter(kind=LetterKind.ANSWER).exists()


def test_a_page_asks_as_much_for_many_sources_as_for_one(client: Client, row: Contribution) -> None:
    by = somebody(row.consultation)
    programme = programme_with(
        {"A": [f"Punt {n}" for n in range(4)]},
        branch=row.consultation.branch,
        kind=ProgrammeKind.DRAFT,
    )
    asked = []
    for measure in programme.measures.all():
        other = contribution_of(row.consultation, f"Zegt {measure.number}", person=SANNE)
        Attachment.objects.create(contribution=other, file_name="foto.jpg")
        merge(into=row, others=[other], by=by, today=FIRST_DAY)
        link(contribution=row, measure=measure, by=by, today=FIRST_DAY)
        with CaptureQueriesContext(connection) as queries:
            text_of(client, url("contribution", row))
        asked.append(len(queries))
    assert len(set(asked)) == 1


@pytest.mark.parametrize("hostile", ["%00", "%ED%A0%80", "9" * 5000, "'; drop table", "%25%28"])
def test_no_search_breaks_a_page(client: Client, row: Contribution, hostile: str) -> None:
    programme_with({"A": ["B."]}, branch=row.consultation.branch, kind=ProgrammeKind.DRAFT)
    for name in ("merge", "link_measure", "cut", "contribution"):
        query = f"?vind={hostile}&hier={hostile}&zoek={hostile}&thema={hostile}"
        assert client.get(url(name, row) + query).status_code in (200, 400)
    address = f"{url('link_measure', row)}?programma={hostile}"
    assert client.get(address).status_code in (200, 400, 404)
