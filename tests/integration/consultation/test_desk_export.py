"""The list as a file: what is filtered, safe to open, and names only for who may see them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from branches.enums import Role
from branches.models import AuditEntry, User
from consultation.models import Consultation, Contribution
from consultation.services.receiving import Person
from tests.consultation_factories import contribution_of

pytestmark = pytest.mark.django_db

PIET = Person(name="Piet Geheim", email="piet@voorbeeld.nl", organisation="=1+1")


def _csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def _address(consultation: Consultation, ending: str, name: str = "desk_export") -> str:
    return reverse(f"consultation:{name}", args=[consultation.branch.slug, ending])


def test_the_file_holds_what_the_filter_lets_through_without_names(
    as_ans: Client, ans: User, consultation: Consultation
) -> None:
    row = contribution_of(
        consultation,
        "=HYPERLINK(1)",
        person=PIET,
        theme=consultation.themes.earliest("pk"),
        role="member",
        is_member=True,
        neighbourhood="Oost",
    )
    contribution_of(consultation, "Iets anders.")
    Contribution.objects.filter(pk=row.pk).update(assigned_to=ans, late=True, sources=5)
    answer = as_ans.get(f"{_address(consultation, 'csv')}?zoek=hyperlink")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert "no-store" in answer.headers["Cache-Control"]
    header, *lines = _csv(answer.content)
    assert len(lines) == 1
    told = dict(zip(header, lines[0], strict=True))
    assert told["Number"] == str(row.pk)
    assert told["What was said"] == "'=HYPERLINK(1)"
    assert told["Said how often"] == "5"
    assert (told["Theme"], told["Status"]) == ("Housing", "not looked at yet")
    assert (told["Speaks as"], told["Member of the party"]) == ("member of the party", "yes")
    assert (told["Late"], told["Who takes care of it"]) == ("yes", "Ans")
    assert b"Geheim" not in answer.content
    assert b"piet@" not in answer.content
    assert not AuditEntry.objects.filter(verb="contributions.names_taken_out").exists()


def test_excel_keeps_text_as_text(as_ans: Client, consultation: Consultation) -> None:
    contribution_of(consultation, "=1+1")
    answer = as_ans.get(_address(consultation, "xlsx"))
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    cell = sheet["C2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_board_takes_names_out_and_that_stands_in_the_history(
    client: Client,
    consultation: Consultation,
    person: Callable[..., User],
    sign_in: Callable[..., Client],
) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    contribution_of(consultation, person=PIET)
    board = sign_in(client, person(Role.BOARD, "Bo"))
    answer = board.post(_address(consultation, "csv", "desk_export_names"))
    header, line = _csv(answer.content)
    assert line[header.index("Name")] == "Piet Geheim"
    assert line[header.index("Organisation")] == "'=1+1"
    entry = AuditEntry.objects.get(verb="contributions.names_taken_out")
    assert entry.params == {"count": 1}


def test_the_committee_gets_no_names(as_ans: Client, consultation: Consultation) -> None:
    contribution_of(consultation, person=PIET)
    answer = as_ans.post(_address(consultation, "csv", "desk_export_names"))
    assert answer.status_code == 403


@pytest.mark.parametrize("ending", ["pdf", "docx", "exe"])
def test_other_files_are_not_there(as_ans: Client, consultation: Consultation, ending: str) -> None:
    assert as_ans.get(_address(consultation, ending)).status_code == 404


def test_a_filter_that_cannot_be_gives_an_empty_list(
    as_ans: Client, consultation: Consultation
) -> None:
    contribution_of(consultation)
    answer = as_ans.get(f"{_address(consultation, 'csv')}?thema=x")
    assert len(_csv(answer.content)) == 1


def test_three_ask_the_database_no_more_than_one(
    as_ans: Client, consultation: Consultation
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            as_ans.get(_address(consultation, "csv"))
        return len(queries)

    contribution_of(consultation)
    one = count()
    contribution_of(consultation)
    contribution_of(consultation)
    assert count() == one
