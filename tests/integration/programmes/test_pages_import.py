"""Bringing a file: choosing it, waiting for it, being refused, correcting an earlier one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.enums import Role
from branches.models import Branch, User
from programmes.enums import ImportState, ProgrammeKind
from programmes.models import Measure, Programme, ProgrammeImport
from programmes.reading import read
from programmes.reading.errors import Code
from programmes.services import importing as services
from programmes.wording import refusal_words
from tests.clock import FIRST_DAY
from tests.factories import MembershipFactory
from tests.programme_factories import ProgrammeFactory, programme_with

pytestmark = pytest.mark.django_db

TEXT = """# Wonen

Onze keuzes:

- We bouwen honderd woningen.
- We planten bomen.

# Zorg

Onze keuzes:

- Elke wijk krijgt een huisarts.
"""


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def new_page(query: str = "") -> str:
    return reverse("programmes:import_new", args=["harlingen"]) + query


def list_page() -> str:
    return reverse("programmes:programmes", args=["harlingen"])


def a_file(text: str = TEXT, name: str = "programma.md") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def read_now(row: ProgrammeImport) -> ProgrammeImport:
    """Do what the worker does, in this process."""

    services.read(import_id=row.pk, reader=lambda path, kind: read(path.read_bytes(), kind))
    row.refresh_from_db()
    return row


def test_an_empty_list_says_what_to_do_next(visitor: Client) -> None:
    page = visitor.get(list_page()).content.decode()
    assert new_page() in page
    assert page.count("empty-title") == 1


def test_who_may_not_bring_a_file_is_offered_nothing(
    client: Client, branch: Branch, sign_in: Callable[..., Client]
) -> None:
    member: User = MembershipFactory(branch=branch, role=Role.MEMBER).user
    sign_in(client, member)
    assert new_page() not in client.get(list_page()).content.decode()
    assert client.get(new_page()).status_code == 403


def test_the_list_shows_the_newest_version_of_each_document_with_its_counts(
    visitor: Client, branch: Branch
) -> None:
    old = programme_with({"Wonen": ["Een.", "Twee."]}, branch=branch, title="Eerste versie")
    programme_with(
        {"Wonen": ["Een.", "Twee.", "Drie."], "Zorg": ["Vier."]},
        branch=branch,
        title="Tweede versie",
        version=2,
        previous_version=old,
    )
    Measure.objects.filter(programme__title="Tweede versie", number=4).update(retired_on=FIRST_DAY)
    everybodys = {"branch": None, "kind": ProgrammeKind.BASE}
    base = ProgrammeFactory(title="Van iedereen", frozen_on=FIRST_DAY, **everybodys)
    ProgrammeFactory(title="Nog niet uit", version=2, previous_version=base, **everybodys)
    ProgrammeFactory(title="Van een ander")
    response = visitor.get(list_page())
    page = response.content.decode()
    shelves = response.context["shelves"]
    assert [shelf.kind for shelf in shelves] == [ProgrammeKind.PREVIOUS, ProgrammeKind.BASE]
    (newest,) = shelves[0].programmes
    assert (newest.title, newest.chapter_count, newest.measure_count) == ("Tweede versie", 2, 3)
    assert "Eerste versie" not in page
    assert "Van iedereen" in page
    assert "Nog niet uit" not in page
    assert "Van een ander" not in page


def test_the_list_asks_as_much_for_three_programmes_as_for_one(
    visitor: Client, branch: Branch
) -> None:
    counts = []
    for times in (1, 2):
        for number in range(times):
            programme_with({"Wonen": ["Een.", "Twee."]}, branch=branch)
            ProgrammeImport.objects.create(
                branch=branch,
                kind=ProgrammeKind.DRAFT,
                file_name=f"bestand {times}.{number}.docx",
                uploaded_by=MembershipFactory(branch=branch).user,
                uploaded_on=FIRST_DAY,
            )
        with CaptureQueriesContext(connection) as queries:
            visitor.get(list_page())
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_file_on_its_way_is_listed_until_it_is_saved(visitor: Client, branch: Branch) -> None:
    row = ProgrammeImport.objects.create(
        branch=branch, kind=ProgrammeKind.DRAFT, file_name="concept.docx", uploaded_on=FIRST_DAY
    )
    address = reverse("programmes:import", args=["harlingen", row.pk])
    for state, listed in (
        (ImportState.READING, True),
        (ImportState.PREVIEW, True),
        (ImportState.REFUSED, True),
        (ImportState.SAVED, False),
        (ImportState.DISCARDED, False),
    ):
        ProgrammeImport.objects.filter(pk=row.pk).update(state=state)
        assert (address in visitor.get(list_page()).content.decode()) is listed


def test_a_file_is_kept_read_looked_at_and_saved(visitor: Client) -> None:
    sent = {"file": a_file(), "kind": "previous", "year": "2018", "origin": "niet gevraagd"}
    response = visitor.post(new_page(), sent)
    row = ProgrammeImport.objects.get()
    page = reverse("programmes:import", args=["harlingen", row.pk])
    assert response["Location"] == page
    assert (row.state, row.kind, row.year, row.origin) == ("reading", "previous", 2018, "")
    waiting = visitor.get(page).content.decode()
    assert 'http-equiv="refresh"' in waiting
    assert 'hx-select="#import"' in waiting
    read_now(row)
    looked_at = visitor.get(page).content.decode()
    assert 'http-equiv="refresh"' not in looked_at
    assert "We bouwen honderd woningen." in looked_at
    save = reverse("programmes:import_save", args=["harlingen", row.pk])
    visitor.post(save, {"title": "Samen", "revision": row.revision})
    assert Programme.objects.get().measures.count() == 3
    assert (
        reverse("programmes:import_undo", args=["harlingen", row.pk])
        in visitor.get(page).content.decode()
    )


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"kind": "previous"}, "file"),
        ({"file": "", "kind": "previous"}, "file"),
        ({"file": ("", "leeg.txt"), "kind": "previous"}, "file"),
        ({"file": ("\x89PNG\r\n\x1a\n0000", "foto.docx"), "kind": "previous"}, "file"),
        ({"file": ("tekst", "programma.exe"), "kind": "previous"}, "file"),
        ({"file": (TEXT, "a.md")}, "kind"),
        ({"file": (TEXT, "a.md"), "kind": "keizer"}, "kind"),
        ({"file": (TEXT, "a.md"), "kind": "neighbour"}, "origin"),
        ({"file": (TEXT, "a.md"), "kind": "previous", "year": "1234"}, "year"),
        ({"file": (TEXT, "a.md"), "kind": "previous", "year": "2099"}, "year"),
        ({"file": (TEXT, "a.md"), "kind": "previous", "year": "9" * 5000}, "year"),
    ],
)
def test_what_is_not_right_is_said_beside_its_field(
    visitor: Client, data: dict[str, Any], field: str
) -> None:
    sent = {
        key: SimpleUploadedFile(value[1], value[0].encode("latin-1"))
        if isinstance(value, tuple)
        else value
        for key, value in data.items()
    }
    response = visitor.post(new_page(), sent)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert not ProgrammeImport.objects.exists()


def test_a_file_that_cannot_be_read_says_why_and_what_is_kept(
    visitor: Client, branch: Branch
) -> None:
    row = ProgrammeImport.objects.create(
        branch=branch,
        kind=ProgrammeKind.PREVIOUS,
        state=ImportState.REFUSED,
        refusal=Code.NO_TEXT,
        file_name="scan.pdf",
        uploaded_on=FIRST_DAY,
    )
    response = visitor.get(reverse("programmes:import", args=["harlingen", row.pk]))
    assert response.context["reason"] == refusal_words("no_text")
    assert new_page("?kind=previous") in response.content.decode()


def test_the_kind_in_the_address_is_chosen_already(visitor: Client) -> None:
    def chosen(query: str) -> str:
        return str(visitor.get(new_page(query)).context["form"]["kind"].value())

    assert chosen("") == "previous"
    assert chosen("?kind=draft") == "draft"
    assert chosen("?kind=keizer") == "previous"


def test_a_corrected_file_keeps_the_rows_of_what_stays(visitor: Client, branch: Branch) -> None:
    programme = programme_with(
        {"Wonen": ["We bouwen honderd woningen.", "De brug gaat elke nacht dicht."]},
        branch=branch,
        title="Samen",
    )
    kept = programme.measures.get(number=1).pk
    form = visitor.get(new_page(f"?programme={programme.pk}"))
    assert "kind" not in form.context["form"].fields
    visitor.post(new_page(f"?programme={programme.pk}"), {"file": a_file(), "kind": "draft"})
    row = read_now(ProgrammeImport.objects.get())
    assert (row.programme_id, row.kind) == (programme.pk, "previous")
    page = visitor.get(reverse("programmes:import", args=["harlingen", row.pk]))
    found = page.context["comparison"]
    assert (found.same_count, found.changed_count, found.new_count, found.gone_count) == (
        1,
        0,
        2,
        1,
    )
    visitor.post(
        reverse("programmes:import_save", args=["harlingen", row.pk]),
        {"title": "Samen", "revision": row.revision},
    )
    assert programme.measures.current().get(text="We bouwen honderd woningen.").pk == kept
    assert programme.measures.current().count() == 3


def test_no_corrected_file_for_the_programme_of_another_or_of_everybody(
    visitor: Client,
) -> None:
    others = ProgrammeFactory()
    base = ProgrammeFactory(branch=None, kind=ProgrammeKind.BASE)
    for pk in (others.pk, base.pk, 0, 999_999, "x", "9" * 5000, "-1", "٣", ""):
        address = new_page(f"?programme={pk}")
        assert visitor.get(address).status_code == 404, pk
        assert visitor.post(address, {"file": a_file()}).status_code == 404, pk
    assert not ProgrammeImport.objects.exists()


def test_a_frozen_programme_takes_no_corrected_file(visitor: Client, branch: Branch) -> None:
    programme = ProgrammeFactory(branch=branch, frozen_on=FIRST_DAY)
    address = new_page(f"?programme={programme.pk}")
    assert visitor.post(address, {"file": a_file()}).status_code == 409
    assert not ProgrammeImport.objects.exists()
