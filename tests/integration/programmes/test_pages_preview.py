"""Looking at what was recognised in a file, and correcting it, with and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.enums import Role as BranchRole
from branches.models import Branch, User
from programmes.enums import ImportState
from programmes.rules.blocks import Role
from tests.factories import BranchFactory, MembershipFactory
from tests.integration.programmes.looking import (
    SMALL,
    act,
    correct,
    element,
    looked_at,
    page_of,
    text_of,
)

pytestmark = pytest.mark.django_db


def test_the_first_chapter_stands_beside_what_was_left_out(visitor: Client, branch: Branch) -> None:
    page = text_of(visitor.get(page_of(looked_at(branch))))
    for words in ("We bouwen woningen.", "Een huis is een recht.", "Foto: de haven", "Zorg"):
        assert words in page
    assert "Elke wijk krijgt een huisarts." not in page
    assert 'value="Samen vooruit"' in page


def test_another_chapter_is_another_page(visitor: Client, branch: Branch) -> None:
    row = looked_at(branch)
    page = text_of(visitor.get(page_of(row, "?deel=2")))
    assert "Elke wijk krijgt een huisarts." in page
    assert "We bouwen woningen." not in page
    assert visitor.get(page_of(row, "?deel=99")).status_code == 200


def test_controls_are_there_for_the_open_item_alone(visitor: Client, branch: Branch) -> None:
    row = looked_at(branch)
    assert act("correct", row) not in text_of(visitor.get(page_of(row)))
    page = text_of(visitor.get(page_of(row, "?item=4")))
    assert page.count('name="what" value="role:4:') == 7
    assert 'value="join:4"' in page
    assert 'value="split:4:20"' in page
    assert 'value="role:5:' not in page


def test_the_open_item_is_found_in_its_own_chapter(visitor: Client, branch: Branch) -> None:
    page = text_of(visitor.get(page_of(looked_at(branch), "?item=8")))
    assert 'value="role:8:text"' in page
    assert "Elke wijk krijgt een huisarts." in page


@pytest.mark.parametrize("role", ["chapter", "section", "text", "footnote", "left_out"])
def test_a_measure_becomes_something_else(visitor: Client, branch: Branch, role: str) -> None:
    row = looked_at(branch)
    response = correct(visitor, row, f"role:5:{role}")
    assert response.status_code == 302
    row.refresh_from_db()
    assert row.corrections == [{"op": "role", "block": "5", "role": role}]
    assert response["Location"].startswith(page_of(row, "?deel="))
    after = visitor.get(response["Location"])
    assert after.status_code == 200
    assert "We planten bomen." in text_of(after)


def test_without_javascript_a_correction_leads_back_to_its_own_place(
    visitor: Client, branch: Branch
) -> None:
    row = looked_at(branch)
    response = correct(visitor, row, "role:8:text")
    assert response["Location"] == page_of(row, "?deel=2&bij=8#b8")
    assert 'id="b8"' in text_of(visitor.get(response["Location"]))


def test_a_measure_is_cut_where_a_sentence_begins(visitor: Client, branch: Branch) -> None:
    row = looked_at(branch)
    correct(visitor, row, "split:4:20")
    page = text_of(visitor.get(page_of(row)))
    assert 'id="b4-1"' in page
    assert 'id="b4-2"' in page


def test_a_measure_goes_on_with_the_one_above_and_stands_apart_again(
    visitor: Client, branch: Branch
) -> None:
    row = looked_at(branch)
    correct(visitor, row, "join:5")
    page = text_of(visitor.get(page_of(row, "?item=5")))
    assert 'id="b5"' not in page
    assert 'value="apart:5"' in page
    correct(visitor, row, "apart:5")
    assert 'id="b5"' in text_of(visitor.get(page_of(row)))


def test_what_is_said_of_an_item_counts_for_all_its_blocks(visitor: Client, branch: Branch) -> None:
    row = looked_at(branch)
    correct(visitor, row, "join:5")
    correct(visitor, row, "role:4:left_out")
    row.refresh_from_db()
    assert row.corrections[-1] == {
        "op": "role",
        "block": "4",
        "role": "left_out",
        "rest": ["5"],
    }
    found = visitor.get(page_of(row, "?weg=1"))
    assert "We planten bomen." in text_of(found)


def test_a_line_that_was_left_out_becomes_a_measure(visitor: Client, branch: Branch) -> None:
    row = looked_at(branch)
    assert 'value="role:6:measure"' in text_of(visitor.get(page_of(row, "?item=6")))
    correct(visitor, row, "role:6:measure")
    assert "item-is-measure" in element(visitor.get(page_of(row)).content.decode(), "b6")


def test_all_that_was_left_out_has_pages_of_its_own(visitor: Client, branch: Branch) -> None:
    many = [(Role.LEFT_OUT, f"bladzijde {number}") for number in range(250)]
    row = looked_at(branch, *SMALL, *many)
    first = text_of(visitor.get(page_of(row, "?weg=1")))
    assert first.count("item-left-out") == 100
    opened = text_of(visitor.get(page_of(row, "?weg=3&item=258")))
    assert 'value="role:258:measure"' in opened
    response = visitor.post(
        f"{act('correct', row)}?weg=3", {"what": "role:258:measure", "revision": row.revision}
    )
    assert response["Location"] == page_of(row, "?weg=3")


def test_the_last_correction_is_told_and_taken_back(visitor: Client, branch: Branch) -> None:
    row = looked_at(branch)
    assert act("take_back", row) not in text_of(visitor.get(page_of(row)))
    correct(visitor, row, "role:5:text")
    row.refresh_from_db()
    assert act("take_back", row) in text_of(visitor.get(page_of(row)))
    response = visitor.post(act("take_back", row), {"revision": row.revision})
    assert response["Location"] == page_of(row, "?deel=1&bij=5#b5")
    row.refresh_from_db()
    assert row.corrections == []


def test_a_fragment_that_is_swapped_in_is_what_a_reload_shows(
    visitor: Client, branch: Branch
) -> None:
    row = looked_at(branch)
    query = "?deel=1&item=4"
    whole = visitor.get(page_of(row, query)).content.decode()
    swapped = visitor.get(page_of(row, query), headers={"HX-Request": "true"}).content.decode()
    assert element(swapped, "b4") == element(whole, "b4")
    row.refresh_from_db()
    followed = visitor.post(
        act("correct", row),
        {"what": "role:4:text", "revision": row.revision},
        headers={"HX-Request": "true"},
        follow=True,
    ).content.decode()
    reloaded = visitor.get(page_of(row, "?deel=1&bij=4")).content.decode()
    assert element(followed, "import") == element(reloaded, "import")


def test_the_second_of_two_people_sees_what_the_first_one_did(
    visitor: Client, branch: Branch
) -> None:
    row = looked_at(branch)
    correct(visitor, row, "role:5:text")
    late = {"what": "role:4:text", "revision": 0}
    response = visitor.post(act("correct", row), late)
    assert response.status_code == 409
    page = text_of(response)
    assert "We planten bomen." in page
    assert "We bouwen woningen." in page
    row.refresh_from_db()
    assert len(row.corrections) == 1
    again = re.search(r'name="revision" value="(\d+)"', page)
    assert again is not None
    assert visitor.post(act("correct", row), late | {"revision": again[1]}).status_code == 302
    row.refresh_from_db()
    assert len(row.corrections) == 2


@pytest.mark.parametrize("name", ["correct", "take_back", "save"])
def test_nothing_is_done_from_a_stale_page(visitor: Client, branch: Branch, name: str) -> None:
    row = looked_at(branch, revision=3)
    data = {"what": "role:5:text", "title": "Titel", "revision": 2}
    assert visitor.post(act(name, row), data).status_code == 409
    row.refresh_from_db()
    assert (row.state, row.corrections) == (ImportState.PREVIEW, [])


def test_htmx_is_sent_to_the_page_that_tells_why_nothing_was_done(
    visitor: Client, branch: Branch
) -> None:
    row = looked_at(branch, revision=3)
    for data, status in (
        ({"what": "role:5:text", "revision": 2}, 409),
        ({"what": "role:99:text", "revision": 3}, 409),
        ({"what": "iets", "revision": 3}, 422),
    ):
        response = visitor.post(act("correct", row), data, headers={"HX-Request": "true"})
        assert response.status_code == status
        assert response["HX-Redirect"] == page_of(row)
    assert text_of(visitor.get(page_of(row))).count('role="alert"') == 3


@pytest.mark.parametrize(
    "what",
    [
        "",
        "role:99:text",
        "role:5:keizer",
        "role:5",
        "role:5:4",
        "join:0",
        "join:5:text",
        "apart:99",
        "split:4",
        "split:4:0",
        "split:4:5000",
        "split:4:text",
        "split:5.7:3",
        "weg:5",
        "role:-5:text",
        "role:" + "9" * 5000 + ":text",
        "split:4:" + "9" * 5000,
        "role:٥:text",
        "role:5:te\x00xt",
        "role:5:text\u202e",
    ],
)
def test_a_correction_that_is_none_is_refused(visitor: Client, branch: Branch, what: str) -> None:
    row = looked_at(branch)
    assert correct(visitor, row, what).status_code in (409, 422)
    row.refresh_from_db()
    assert row.corrections in ([], [{"op": "role", "block": "5", "role": "text"}])


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 5000, "1\x00"])
def test_a_revision_that_is_none_is_refused(visitor: Client, branch: Branch, revision: str) -> None:
    row = looked_at(branch)
    for name in ("correct", "take_back", "save"):
        data = {"what": "role:5:text", "title": "Titel", "revision": revision}
        assert visitor.post(act(name, row), data).status_code == 422


def many_chapters(chapters: int, measures: int) -> list[tuple[Role, str]]:
    return [
        line
        for chapter in range(chapters)
        for line in (
            (Role.CHAPTER, f"Hoofdstuk {chapter}"),
            *(
                (Role.MEASURE, f"Voorstel {chapter}.{number} komt er.")
                for number in range(measures)
            ),
        )
    ]


def test_the_page_of_five_thousand_measures_is_as_light_as_that_of_ten(
    visitor: Client, branch: Branch
) -> None:
    small, large = (
        looked_at(branch, *many_chapters(2, 5)),
        looked_at(branch, *many_chapters(2, 2500)),
    )
    counts, sizes = [], []
    for row in (small, large):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = visitor.get(page_of(row, "?item=3"))
        counts.append(len(queries))
        sizes.append(len(response.content))
        assert response.content.count(b"<input") + response.content.count(b"<button") < 60
    assert counts[0] == counts[1]
    assert sizes[1] < 400_000


def test_the_file_of_another_branch_is_not_there(visitor: Client) -> None:
    other = BranchFactory(slug="elders")
    row = looked_at(other)
    for name in ("correct", "take_back", "save", "undo", "discard"):
        assert visitor.post(act(name, row), {"revision": 0}).status_code == 404
    assert visitor.get(page_of(row)).status_code == 404


def test_a_member_does_not_see_files_on_their_way(
    client: Client, branch: Branch, sign_in: Callable[..., Client]
) -> None:
    member: User = MembershipFactory(branch=branch, role=BranchRole.MEMBER).user
    row = looked_at(branch)
    assert sign_in(client, member).get(page_of(row)).status_code == 403
    listing = client.get(reverse("programmes:programmes", args=["harlingen"]))
    assert "programma.docx" not in text_of(listing)
