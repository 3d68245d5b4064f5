"""Measures taken over into another programme remember where they came from (R41, R42)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from branches.models import AuditEntry
from core.refusal import Refused
from programmes.enums import ProgrammeKind
from programmes.models import Chapter, Measure, Programme, Section
from programmes.queries.trees import tree_of
from programmes.services.deriving import derive
from tests.clock import FIRST_DAY
from tests.followers import Counting
from tests.programme_factories import ProgrammeFactory, programme_with

pytestmark = pytest.mark.django_db

TEXTS = {"Wonen": ["Een huis.", "Nog een [aantal]."], "Zorg": ["Een huisarts."]}


@pytest.fixture(autouse=True)
def nobody_follows(settings: Any) -> None:
    settings.PROGRAMME_FOLLOWERS = []


@pytest.fixture
def source() -> Programme:
    made = programme_with(TEXTS)
    made.measures.filter(number=2).update(
        group="Samen", placeholders=["[aantal]"], author_note="Vul in.", footnotes=[1]
    )
    return made


@pytest.fixture
def draft(source: Programme) -> Programme:
    made: Programme = ProgrammeFactory(branch=source.branch, kind=ProgrammeKind.DRAFT)
    return made


def take(source: Programme, draft: Programme, *numbers: int) -> list[Measure]:
    rows = {row.number: row for row in source.measures.all()}
    return derive(
        measures=[rows[number] for number in numbers], into=draft, by=None, today=FIRST_DAY
    )


def shape(programme: Programme) -> list[tuple[str, str, list[str]]]:
    return [
        (chapter.title, section.title, [measure.text for measure in section.measures])
        for chapter in tree_of(programme).chapters
        for section in chapter.sections
    ]


def test_copies_stand_in_chapters_and_sections_of_the_same_titles(
    source: Programme, draft: Programme
) -> None:
    copies = take(source, draft, 1, 2, 3)
    assert shape(draft) == [
        ("Wonen", "Over Wonen", ["Een huis.", "Nog een [aantal]."]),
        ("Zorg", "Over Zorg", ["Een huisarts."]),
    ]
    assert [copy.number for copy in copies] == [1, 2, 3]
    assert [copy.derived_from for copy in copies] == list(source.measures.order_by("number"))
    second = copies[1]
    assert (second.group, second.placeholders, second.author_note) == (
        "Samen",
        ["[aantal]"],
        "Vul in.",
    )
    assert second.footnotes == []
    assert second.identity != source.measures.get(number=2).identity


def test_taking_over_goes_on_where_it_was(source: Programme, draft: Programme) -> None:
    first = take(source, draft, 3)
    again = take(source, draft, 1, 3)
    assert again[1] == first[0]
    assert [copy.number for copy in again] == [2, 1]
    assert Measure.objects.filter(programme=draft).count() == 2
    assert Chapter.objects.filter(programme=draft).count() == 2
    more = take(source, draft, 2)
    assert more[0].section == again[0].section
    assert Section.objects.filter(chapter__programme=draft).count() == 2
    assert list(AuditEntry.objects.order_by("pk").values_list("params__count", flat=True)) == [
        1,
        1,
        1,
    ]


def test_what_was_there_already_changes_nothing(source: Programme, draft: Programme) -> None:
    take(source, draft, 1)
    revision = draft.revision
    take(source, draft, 1)
    draft.refresh_from_db()
    assert draft.revision == revision == 1
    assert AuditEntry.objects.count() == 1


def test_a_retired_measure_comes_under_the_programmes_own_title(
    source: Programme, draft: Programme
) -> None:
    source.measures.filter(number=1).update(retired_on=FIRST_DAY, section=None)
    take(source, draft, 1)
    assert shape(draft) == [(draft.title, "", ["Een huis."])]


def test_rooms_above_are_told_and_may_refuse(
    source: Programme, draft: Programme, settings: Any
) -> None:
    settings.PROGRAMME_FOLLOWERS = ["tests.followers.Counting"]
    Counting.seen.clear()
    take(source, draft, 1, 2)
    assert Counting.seen == [("written", 2, FIRST_DAY)]
    settings.PROGRAMME_FOLLOWERS = ["tests.followers.Refusing"]
    with pytest.raises(Refused, match="nee"):
        take(source, draft, 3)
    assert draft.measures.count() == 2


def test_the_number_of_questions_does_not_grow_with_the_measures() -> None:
    counts = []
    for count in (1, 30):
        source = programme_with({"Wonen": [f"Voorstel {number}." for number in range(count)]})
        draft = ProgrammeFactory(branch=source.branch, kind=ProgrammeKind.DRAFT)
        with CaptureQueriesContext(connection) as queries:
            derive(measures=source.measures.all(), into=draft, by=None, today=FIRST_DAY)
        counts.append(len(queries))
    assert counts[0] == counts[1]
