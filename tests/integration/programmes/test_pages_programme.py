"""Reading a programme, changing a measure in it, fixing it and writing on."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.enums import Role
from branches.models import Branch, User
from programmes.enums import ProgrammeKind
from programmes.models import CrossReference, Example, Footnote, Measure, Programme
from programmes.templatetags.programma import address, filled
from tests.clock import FIRST_DAY
from tests.factories import MembershipFactory
from tests.programme_factories import ProgrammeFactory, programme_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(client: Client, branch: Branch, sign_in: Callable[..., Client]) -> Client:
    person: User = MembershipFactory(branch=branch, role=Role.COMMITTEE).user
    return sign_in(client, person)


@pytest.fixture
def draft(branch: Branch) -> Programme:
    return programme_with(
        {"Wonen": ["We bouwen [aantal] woningen.", "We planten bomen."], "Zorg": ["Een huisarts."]},
        branch=branch,
        kind=ProgrammeKind.DRAFT,
        title="Concept",
    )


def url(name: str, pk: int) -> str:
    return reverse(f"programmes:{name}", args=["harlingen", pk])


def page(client: Client, row: Programme, query: str = "") -> str:
    response = client.get(url("programme", row.pk) + query)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def measure(row: Programme, number: int) -> Measure:
    found: Measure = row.measures.get(number=number)
    return found


def test_everything_that_hangs_on_a_measure_is_shown(
    visitor: Client, branch: Branch, draft: Programme
) -> None:
    older = programme_with({"Wonen": ["We bouwen."]}, branch=branch, title="Vorig programma")
    first = measure(draft, 1)
    chapter, other = draft.chapters.order_by("position")
    Footnote.objects.create(chapter=chapter, position=0, number=1, text="De noot eronder")
    Measure.objects.filter(pk=first.pk).update(
        placeholders=["[aantal]"],
        footnotes=[1, 7],
        group="Binnen de stad",
        author_note="Vraag het de wethouder",
        derived_from=measure(older, 1),
        derived_change="het aantal",
        variant_set=1,
    )
    CrossReference.objects.create(measure=first, chapter_title="Zorg", target=other)
    CrossReference.objects.create(measure=first, chapter_title="Verdwenen hoofdstuk")
    found = page(visitor, draft)
    assert '<mark class="to-fill">[aantal]' in found
    assert re.search(r'href="#noot-\d+"', found)
    for words in ("De noot eronder", "Binnen de stad", "Vraag het de wethouder", "het aantal"):
        assert words in found
    assert f'href="#hoofdstuk-{other.pk}"' in found
    assert re.search(r'class="dead">[^<]*Verdwenen hoofdstuk', found)
    assert f'{url("programme", older.pk)}#voorstel-{measure(older, 1).pk}"' in found


def test_notes_for_the_writers_are_theirs_alone(
    client: Client, branch: Branch, draft: Programme, sign_in: Callable[..., Client]
) -> None:
    Measure.objects.filter(pk=measure(draft, 1).pk).update(author_note="Vraag het de wethouder")
    member: User = MembershipFactory(branch=branch, role=Role.MEMBER).user
    found = page(sign_in(client, member), draft)
    assert "Vraag het de wethouder" not in found
    assert url("measure", measure(draft, 1).pk) not in found


def test_only_addresses_of_the_web_become_links(visitor: Client, draft: Programme) -> None:
    Example.objects.create(
        chapter=draft.chapters.get(position=0),
        position=0,
        title="Elders",
        text=["Zo <b>dus</b>."],
        links=[
            "https://voorbeeld.nl/a?b=c&d",
            "www.voorbeeld.nl/pad",
            "javascript:alert(1)",
            "data:text/html,x",
            "//voorbeeld.nl",
            "https://[kapot",
        ],
    )
    found = page(visitor, draft)
    main = found[found.index('<main id="main"') :]
    links = re.findall(r'href="([^"#?][^"]*)" rel="noopener', main)
    assert links == ["https://voorbeeld.nl/a?b=c&amp;d", "https://www.voorbeeld.nl/pad"]
    assert "javascript:alert(1)</p>" in re.sub(r"\s+<", "<", main)
    assert "Zo &lt;b&gt;dus&lt;/b&gt;." in main


@pytest.mark.parametrize(
    ("link", "leads_to"),
    [
        ("http://a.nl", "http://a.nl"),
        ("HTTPS://a.nl", "HTTPS://a.nl"),
        ("gemeente.nl", "https://gemeente.nl"),
        ("javascript:alert(1)", ""),
        ("javascript.nl:alert(1)", ""),
        ("mailto:a@b.nl", ""),
        ("zie het rapport", ""),
        ("http://", ""),
        ("", ""),
    ],
)
def test_where_a_link_leads(link: str, leads_to: str) -> None:
    assert address(link) == leads_to


def test_places_to_fill_in_are_marked_in_order_and_escaped() -> None:
    html = filled("a < [x] & [x] en [y]", ["[x]", "[x]", "[z]", "[y]"])
    assert html.count("<mark") == 3
    assert html.startswith("a &lt; <mark")
    assert " &amp; <mark" in html
    assert filled("<i>", []) == "&lt;i&gt;"


def test_the_page_asks_as_much_for_three_measures_as_for_one(
    visitor: Client, branch: Branch
) -> None:
    older = programme_with({"Wonen": ["Een.", "Twee.", "Drie."]}, branch=branch)

    def questions(count: int) -> int:
        row = programme_with(
            {f"Hoofdstuk {number}": ["Voorstel."] for number in range(count)}, branch=branch
        )
        for number in range(1, count + 1):
            one = measure(row, number)
            Measure.objects.filter(pk=one.pk).update(derived_from=measure(older, number))
            CrossReference.objects.create(measure=one, chapter_title="Zorg")
        with CaptureQueriesContext(connection) as queries:
            page(visitor, row)
        return len(queries)

    assert questions(1) == questions(3)


def test_a_large_programme_is_shown_chapter_by_chapter(visitor: Client, branch: Branch) -> None:
    row = programme_with(
        {f"Hoofdstuk {at}": [f"Voorstel {at}.{n}." for n in range(450)] for at in range(2)},
        branch=branch,
    )
    first = page(visitor, row)
    assert "Voorstel 0.7." in first
    assert "Voorstel 1.7." not in first
    assert "Voorstel 1.7." in page(visitor, row, "?hoofdstuk=2")
    assert "Voorstel 1.7." in page(visitor, row, "?hoofdstuk=99")
    both = page(visitor, row, "?alles=1")
    assert "Voorstel 0.7." in both
    assert "Voorstel 1.7." in both


def test_the_base_programme_is_read_by_everybody_and_changed_by_nobody_here(
    visitor: Client,
) -> None:
    base = programme_with({"Wonen": ["We bouwen."]}, branch=None, kind=ProgrammeKind.BASE)
    Programme.objects.filter(pk=base.pk).update(branch=None)
    assert visitor.get(url("programme", base.pk)).status_code == 404
    Programme.objects.filter(pk=base.pk).update(frozen_on=FIRST_DAY)
    found = page(visitor, base)
    assert "We bouwen." in found
    assert url("measure", measure(base, 1).pk) not in found
    assert "?programme=" not in found
    for name, pk in (
        ("programme_freeze", base.pk),
        ("programme_version", base.pk),
        ("measure", measure(base, 1).pk),
        ("measure_move", measure(base, 1).pk),
        ("measure_retire", measure(base, 1).pk),
        ("measure_add", base.chapters.get().sections.get().pk),
    ):
        assert visitor.post(url(name, pk), {"revision": 0}).status_code == 404, name


def test_a_measure_is_changed(visitor: Client, draft: Programme) -> None:
    row = measure(draft, 2)
    assert "derived_change" not in visitor.get(url("measure", row.pk)).context["form"].fields
    sent = {
        "text": "We planten [aantal] bomen.",
        "group": "Groen",
        "author_note": "",
        "revision": 0,
    }
    response = visitor.post(url("measure", row.pk), sent)
    assert response["Location"] == f"{url('programme', draft.pk)}?hoofdstuk=1#voorstel-{row.pk}"
    row.refresh_from_db()
    assert (row.text, row.group, row.placeholders) == (
        "We planten [aantal] bomen.",
        "Groen",
        ["[aantal]"],
    )


def test_what_was_changed_on_the_way_is_asked_of_a_measure_that_was_taken_over(
    visitor: Client, branch: Branch, draft: Programme
) -> None:
    older = programme_with({"Wonen": ["We bouwen."]}, branch=branch)
    row = measure(draft, 1)
    Measure.objects.filter(pk=row.pk).update(derived_from=measure(older, 1))
    sent = {"text": row.text, "derived_change": "nu met een aantal", "revision": 0}
    assert visitor.post(url("measure", row.pk), sent).status_code == 302
    row.refresh_from_db()
    assert row.derived_change == "nu met een aantal"


@pytest.mark.parametrize("text", ["", "  ", "x" * 20_001, "a\x00b"])
def test_a_text_that_cannot_be_is_refused(visitor: Client, draft: Programme, text: str) -> None:
    row = measure(draft, 2)
    assert visitor.post(url("measure", row.pk), {"text": text, "revision": 0}).status_code == 422
    row.refresh_from_db()
    assert row.text == "We planten bomen."


def test_the_second_writer_sees_both_texts(visitor: Client, draft: Programme) -> None:
    row = measure(draft, 2)
    visitor.post(url("measure", row.pk), {"text": "Van de eerste.", "revision": 0})
    late = {"text": "Van de tweede.", "revision": 0}
    response = visitor.post(url("measure", row.pk), late)
    assert response.status_code == 409
    found = response.content.decode()
    assert "Van de eerste." in found
    assert "Van de tweede." in found
    again = re.search(r'name="revision" value="(\d+)"', found)
    assert again is not None
    assert visitor.post(url("measure", row.pk), late | {"revision": again[1]}).status_code == 302
    row.refresh_from_db()
    assert row.text == "Van de tweede."


def test_a_measure_goes_a_place_up_or_down(visitor: Client, draft: Programme) -> None:
    row = measure(draft, 2)
    assert visitor.post(url("measure_move", row.pk), {"up": "1", "revision": 0}).status_code == 302
    row.refresh_from_db()
    assert row.number == 1
    top = visitor.post(url("measure_move", row.pk), {"up": "1", "revision": 1})
    assert top.status_code == 409
    for data, status in (
        ({"up": "2", "revision": 1}, 422),
        ({"revision": 1}, 422),
        ({"up": "0", "revision": 0}, 409),
    ):
        assert visitor.post(url("measure_move", row.pk), data).status_code == status
    row.refresh_from_db()
    assert row.number == 1


def test_a_measure_is_taken_out_and_its_row_stays(visitor: Client, draft: Programme) -> None:
    row = measure(draft, 1)
    assert visitor.post(url("measure_retire", row.pk), {"revision": "x"}).status_code == 422
    assert visitor.post(url("measure_retire", row.pk), {"revision": 5}).status_code == 409
    response = visitor.post(url("measure_retire", row.pk), {"revision": 0})
    assert response["Location"] == url("programme", draft.pk)
    row.refresh_from_db()
    assert row.retired_on == FIRST_DAY
    assert "We bouwen" not in page(visitor, draft)
    assert visitor.get(url("measure", row.pk)).status_code == 404


def test_a_measure_is_added_at_the_end_of_a_section(visitor: Client, draft: Programme) -> None:
    section = draft.chapters.get(position=0).sections.get()
    add = url("measure_add", section.pk)
    assert visitor.get(add).status_code == 200
    assert visitor.post(add, {"text": "", "revision": 0}).status_code == 422
    assert visitor.post(add, {"text": "Er komt een park.", "revision": 7}).status_code == 409
    assert visitor.post(add, {"text": "Er komt een park.", "revision": 0}).status_code == 302
    assert measure(draft, 3).text == "Er komt een park."
    assert measure(draft, 4).text == "Een huisarts."


def test_a_draft_is_frozen_after_a_question_and_does_not_change_any_more(
    visitor: Client, draft: Programme
) -> None:
    freeze = url("programme_freeze", draft.pk)
    assert freeze in page(visitor, draft)
    assert visitor.get(freeze).status_code == 200
    assert not Programme.objects.get(pk=draft.pk).is_frozen
    assert visitor.post(freeze)["Location"] == url("programme", draft.pk)
    assert Programme.objects.get(pk=draft.pk).is_frozen
    row = measure(draft, 1)
    found = page(visitor, draft)
    assert freeze not in found
    assert url("measure", row.pk) not in found
    assert visitor.post(freeze).status_code == 409
    assert "<textarea" not in visitor.get(url("measure", row.pk)).content.decode()
    revision = Programme.objects.get(pk=draft.pk).revision
    for name, pk, more in (
        ("measure", row.pk, {"text": "Anders."}),
        ("measure_move", row.pk, {"up": "0"}),
        ("measure_retire", row.pk, {}),
        ("measure_add", row.section_id, {"text": "Anders."}),
    ):
        data: dict[str, Any] = {"revision": revision} | more
        assert visitor.post(url(name, pk or 0), data).status_code == 409, name


def test_writing_goes_on_in_a_next_version(visitor: Client, draft: Programme) -> None:
    version = url("programme_version", draft.pk)
    assert visitor.get(version).status_code == 200
    response = visitor.post(version)
    made = Programme.objects.get(version=2)
    assert response["Location"] == url("programme", made.pk)
    assert url("programme", draft.pk) in page(visitor, made)
    assert url("programme", made.pk) in page(visitor, draft)
    assert version not in page(visitor, draft)
    assert visitor.post(version).status_code == 409
    assert Programme.objects.count() == 2


def test_a_previous_programme_is_not_frozen_by_hand(visitor: Client, branch: Branch) -> None:
    row = programme_with({"Wonen": ["We bouwen."]}, branch=branch)
    assert url("programme_freeze", row.pk) not in page(visitor, row)


def test_programmes_of_another_branch_are_not_there(visitor: Client) -> None:
    other = programme_with({"Wonen": ["We bouwen."]})
    one = measure(other, 1)
    for name, pk in (
        ("programme", other.pk),
        ("programme_freeze", other.pk),
        ("measure", one.pk),
        ("measure_add", one.section_id or 0),
    ):
        assert visitor.get(url(name, pk)).status_code == 404, name


def test_the_navigation_leads_to_the_programmes(visitor: Client) -> None:
    today = visitor.get(reverse("process:today", args=["harlingen"])).content.decode()
    assert reverse("programmes:programmes", args=["harlingen"]) in today


def test_an_origin_that_may_not_be_opened_here_is_named_without_a_link(
    visitor: Client, branch: Branch, draft: Programme
) -> None:
    del branch
    hidden = ProgrammeFactory(title="Van de buren")
    older = Measure.objects.create(
        programme=hidden, number=1, text="Hun voorstel", retired_on=FIRST_DAY
    )
    Measure.objects.filter(pk=measure(draft, 1).pk).update(derived_from=older)
    found = page(visitor, draft)
    assert "Van de buren" not in found
    assert url("programme", hidden.pk) not in found
