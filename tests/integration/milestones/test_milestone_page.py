"""What a milestone's page tells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from branches.enums import Role
from branches.models import User
from process.models import Timeline
from process.services import milestones as services
from tests.factories import MembershipFactory, UserFactory
from tests.integration.milestones.asking import (
    address,
    get,
    of,
    there,
)

pytestmark = pytest.mark.django_db

SignIn = Callable[..., Client]


def test_the_page_tells_what_must_be_there_why_and_how(board: Client, timeline: Timeline) -> None:
    milestone = of(timeline, "people_approached")
    text = get(board, milestone)
    definition = milestone.definition
    for words in (definition.title_en, definition.why_en, definition.how_en):
        assert words in text
    for part in definition.parts.all():
        assert part.label_en in text
    assert "0 of 2 there" in text
    assert "This is how you can do it" in text
    assert "Choose another day" in text


def test_a_dutch_reader_gets_the_dutch_title(board: Client, timeline: Timeline) -> None:
    answer = board.get(
        address(of(timeline, "people_approached")), headers={"accept-language": "nl"}
    )
    assert "Mensen gevraagd, binnen en buiten de partij" in answer.content.decode()


def test_a_part_that_needs_a_decision_leads_to_the_decision_form(
    board: Client, timeline: Timeline
) -> None:
    text = get(board, of(timeline, "programme_adopted"))
    assert "besluit/nieuw/?soort=adopt_programme" in text


def test_what_stands_in_the_way_is_said_before_trying(board: Client, timeline: Timeline) -> None:
    text = get(board, of(timeline, "draft_sent"))
    assert "Before this is done" in text
    assert "The committee and its commission comes before the draft to the members" in text
    assert "disabled" in text


def test_a_day_of_the_law_has_no_forms(board: Client, timeline: Timeline) -> None:
    text = get(board, of(timeline, "nomination"))
    assert "The law fixes this day" in text
    for tail in ("klaar/", "vervalt/", "verzetten/"):
        assert address(of(timeline, "nomination"), tail) not in text


def test_history_is_told_in_sentences_to_who_works_on_it(
    board: Client, timeline: Timeline, anna: User, sign_in: SignIn
) -> None:
    milestone = of(timeline, "people_approached")
    there(milestone, anna)
    text = get(board, milestone)
    assert "What happened here" in text
    assert "Anna de Boer recorded" in text
    sign_in(board, MembershipFactory(branch=timeline.branch, role=Role.MEMBER).user)
    assert "What happened here" not in get(board, milestone)


def test_the_number_of_queries_does_not_grow_with_parts_and_history(
    board: Client, timeline: Timeline, anna: User
) -> None:
    milestone = of(timeline, "people_approached")
    first = milestone.definition.parts.first()
    assert first is not None
    services.record_part(milestone=milestone, part_key=first.key, by=anna, today=date(2021, 9, 1))
    get(board, milestone)
    with CaptureQueriesContext(connection) as one:
        get(board, milestone)
    for n in range(3):
        there(milestone, UserFactory(name=f"Helper {n}"))
    with CaptureQueriesContext(connection) as many:
        get(board, milestone)
    assert len(one) == len(many)
