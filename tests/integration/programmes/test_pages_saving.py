"""Saving what was looked at, undoing it, throwing it away; a corrected file compared."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from branches.models import Branch
from programmes.enums import ImportState
from programmes.models import Programme
from programmes.rules.blocks import Role
from tests.integration.programmes.looking import (
    act,
    correct,
    looked_at,
    page_of,
    text_of,
)
from tests.programme_factories import programme_with

pytestmark = pytest.mark.django_db


def test_saving_makes_a_programme_that_can_be_undone(visitor: Client, branch: Branch) -> None:
    row = looked_at(branch)
    response = visitor.post(act("save", row), {"title": "Ons programma", "revision": row.revision})
    programme = Programme.objects.get()
    assert response["Location"] == reverse("programmes:programme", args=["harlingen", programme.pk])
    assert (programme.title, programme.measures.count()) == ("Ons programma", 3)
    assert "Ons programma" in text_of(visitor.get(act("undo", row)))
    assert Programme.objects.count() == 1
    undone = visitor.post(act("undo", row))
    assert undone["Location"] == page_of(row)
    assert not Programme.objects.exists()
    assert visitor.get(page_of(row)).status_code == 200


def test_saving_without_a_title_says_so_and_keeps_the_page(visitor: Client, branch: Branch) -> None:
    row = looked_at(branch)
    response = visitor.post(act("save", row), {"title": " ", "revision": row.revision})
    assert response.status_code == 422
    assert "We bouwen woningen." in text_of(response)
    assert not Programme.objects.exists()


def test_a_file_in_which_nothing_is_a_chapter_is_not_saved(visitor: Client, branch: Branch) -> None:
    row = looked_at(branch, (Role.LEFT_OUT, "Losse regel"))
    response = visitor.post(act("save", row), {"title": "Titel", "revision": row.revision})
    assert response.status_code == 409
    assert "Losse regel" in text_of(response)


def test_a_saved_file_is_not_corrected_or_saved_again(visitor: Client, branch: Branch) -> None:
    row = looked_at(branch)
    visitor.post(act("save", row), {"title": "Titel", "revision": row.revision})
    row.refresh_from_db()
    assert correct(visitor, row, "role:5:text").status_code == 409
    again = visitor.post(act("save", row), {"title": "Titel", "revision": row.revision})
    assert again.status_code == 409
    assert Programme.objects.count() == 1


def test_a_file_is_thrown_away_after_a_question(visitor: Client, branch: Branch) -> None:
    row = looked_at(branch)
    assert visitor.get(act("discard", row)).status_code == 200
    row.refresh_from_db()
    assert row.state == ImportState.PREVIEW
    response = visitor.post(act("discard", row))
    assert response["Location"] == reverse("programmes:programmes", args=["harlingen"])
    row.refresh_from_db()
    assert row.state == ImportState.DISCARDED
    assert visitor.get(page_of(row)).status_code == 200


def test_a_corrected_file_tells_what_is_the_same_changed_new_and_gone(
    visitor: Client, branch: Branch
) -> None:
    programme = programme_with(
        {
            "Wonen": ["We bouwen woningen. We slopen niets.", "We planten honderd bomen."],
            "Zorg": ["De bushalte bij het ziekenhuis blijft waar hij nu is."],
        },
        branch=branch,
    )
    row = looked_at(branch, programme=programme, programme_revision=programme.revision)
    page = text_of(visitor.get(page_of(row)))
    assert "We planten honderd bomen." in page  # changed: the old text
    assert "De bushalte bij het ziekenhuis blijft waar hij nu is." in page  # gone
    assert "Elke wijk krijgt een huisarts." in page  # new, though its chapter is another page
    kept = set(programme.measures.values_list("pk", flat=True))
    visitor.post(act("save", row), {"title": "Titel", "revision": row.revision})
    assert set(programme.measures.values_list("pk", flat=True)) > kept
