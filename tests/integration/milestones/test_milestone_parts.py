"""Recording the parts that must be there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from branches.models import User
from process.enums import DecisionKind, MilestoneStatus
from process.models import PartRecord, Timeline
from process.queries.pages import part_mark
from process.services import milestones as services
from tests.integration.milestones.asking import (
    CONFLICT,
    ENGLISH,
    UNPROCESSABLE,
    address,
    get,
    of,
    post,
    there,
)
from tests.process_factories import BOTH, decide

pytestmark = pytest.mark.django_db

SignIn = Callable[..., Client]


def test_a_part_is_recorded_in_one_tap_and_praised(board: Client, timeline: Timeline) -> None:
    milestone = of(timeline, "people_approached")
    parts = list(milestone.definition.parts.all())
    answer = board.post(
        address(milestone, f"onderdeel/{parts[0].key}/"), {"seen": ""}, follow=True, headers=ENGLISH
    )
    text = answer.content.decode()
    assert "Well done, 1 to go." in text
    assert "1 of 2 there" in text
    assert of(timeline, "people_approached").status == MilestoneStatus.STARTED
    answer = board.post(
        address(milestone, f"onderdeel/{parts[1].key}/"),
        {"note": "Op de lijst staan 14 mensen.", "link": "voorbeeld.nl/lijst"},
        follow=True,
        headers=ENGLISH,
    )
    text = answer.content.decode()
    assert "Everything is there now!" in text
    assert "Op de lijst staan 14 mensen." in text
    assert "https://voorbeeld.nl/lijst" in text
    assert "Yes, this is done" in text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"note": "x" * 100_000}, "This is too long: 100000 characters"),
        ({"note": "nul\x00nul"}, "holds a character that cannot be kept"),
        ({"link": "javascript:alert(1)"}, "It begins with https://"),
        ({"link": "https://voorbeeld.nl/" + "x" * 100_000}, "at most 200"),
    ],
)
def test_bad_input_at_a_part_keeps_what_was_typed_and_changes_nothing(
    board: Client, timeline: Timeline, data: dict[str, str], sentence: str
) -> None:
    milestone = of(timeline, "people_approached")
    part = milestone.definition.parts.all()[0]
    answer = post(board, milestone, f"onderdeel/{part.key}/", **{"note": "Mijn tekst", **data})
    assert answer.status_code == UNPROCESSABLE
    text = answer.content.decode()
    assert sentence in text
    if "link" in data:
        assert "Mijn tekst" in text
    assert not PartRecord.objects.exists()


def test_html_in_a_note_is_shown_as_text(board: Client, timeline: Timeline) -> None:
    milestone = of(timeline, "people_approached")
    part = milestone.definition.parts.all()[0]
    post(board, milestone, f"onderdeel/{part.key}/", note="<img src=x onerror=alert(1)>")
    text = get(board, milestone)
    assert "<img src=x" not in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text


def test_two_people_changing_one_part_see_both_texts(
    board: Client, timeline: Timeline, anna: User
) -> None:
    milestone = of(timeline, "people_approached")
    part = milestone.definition.parts.all()[0]
    services.record_part(
        milestone=milestone,
        part_key=part.key,
        by=anna,
        today=date(2021, 9, 1),
        note="Tekst van Anna",
    )
    answer = post(board, milestone, f"onderdeel/{part.key}/", note="Tekst van Piet", seen="")
    assert answer.status_code == CONFLICT
    text = answer.content.decode()
    assert "Tekst van Anna" in text
    assert "Tekst van Piet" in text
    record = PartRecord.objects.get()
    assert record.note == "Tekst van Anna"
    assert part_mark(record) in text
    answer = post(
        board,
        milestone,
        f"onderdeel/{part.key}/",
        note="Tekst van Piet",
        seen=part_mark(record),
    )
    assert answer.status_code == 302
    assert PartRecord.objects.get().note == "Tekst van Piet"


def test_a_part_can_be_taken_back(board: Client, timeline: Timeline, anna: User) -> None:
    milestone = of(timeline, "people_approached")
    there(milestone, anna)
    part = milestone.definition.parts.all()[0]
    assert post(board, milestone, f"onderdeel/{part.key}/weg/").status_code == 302
    assert not PartRecord.objects.filter(part_key=part.key).exists()
    assert "0 of 2 there" not in get(board, milestone)


def test_a_part_of_a_decision_is_not_recorded_by_hand_and_not_taken_back(
    board: Client, timeline: Timeline
) -> None:
    milestone = of(timeline, "programme_adopted")
    answer = post(board, milestone, "onderdeel/adoption_decided/", note="toch")
    assert answer.status_code == UNPROCESSABLE
    assert "met by recording the decision" in answer.content.decode()
    assert not PartRecord.objects.exists()
    decide(timeline, *BOTH, day=date(2021, 3, 20))
    committee = of(timeline, "committee_and_commission")
    key = committee.definition.parts.get(decision_kind=DecisionKind.SET_COMMISSION).key
    answer = post(board, committee, f"onderdeel/{key}/weg/")
    assert answer.status_code == UNPROCESSABLE
    assert "A decision stays" in answer.content.decode()
    assert PartRecord.objects.filter(part_key=key).exists()


@pytest.mark.parametrize("tail", ["onderdeel/no-such-part/", "onderdeel/no-such-part/weg/"])
def test_an_unknown_part_is_404(board: Client, timeline: Timeline, tail: str) -> None:
    assert post(board, of(timeline, "people_approached"), tail).status_code == 404
