"""One measure changes: its text, its place, whether it is there; numbers follow the reading."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from branches.models import AuditEntry
from core.concurrency import Stale
from core.refusal import Refused
from programmes.models import Measure, Programme, Section
from programmes.queries.trees import tree_of
from programmes.services import editing
from tests.clock import FIRST_DAY
from tests.followers import Counting
from tests.programme_factories import programme_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_follows(settings: Any) -> None:
    settings.PROGRAMME_FOLLOWERS = []


@pytest.fixture
def programme() -> Programme:
    return programme_with({"Wonen": ["Een.", "Twee."], "Leeg": [], "Zorg": ["Drie.", "Vier."]})


def measure(programme: Programme, number: int) -> Measure:
    return programme.measures.current().get(number=number)


def edit(row: Measure, **fields: Any) -> Measure:
    values: dict[str, Any] = {"by": None, "today": FIRST_DAY}
    values["revision"] = Programme.objects.get(pk=row.programme_id).revision
    return editing.edit(measure=row, **{**values, **fields})


def move(programme: Programme, number: int, *, up: bool) -> Measure:
    programme.refresh_from_db()
    return editing.move(
        measure=measure(programme, number),
        revision=programme.revision,
        up=up,
        by=None,
        today=FIRST_DAY,
    )


def shape(programme: Programme) -> list[list[tuple[int, str]]]:
    return [
        [(one.number, one.text) for one in chapter.measures]
        for chapter in tree_of(programme).chapters
    ]


def test_only_what_is_given_changes(programme: Programme) -> None:
    row = edit(
        measure(programme, 1),
        text=" We bouwen [aantal] huizen in [wijk]. ",
        author_note="Vraag na.",
    )
    row.refresh_from_db()
    assert (row.text, row.group) == ("We bouwen [aantal] huizen in [wijk].", "")
    assert row.placeholders == ["[aantal]", "[wijk]"]
    assert row.author_note == "Vraag na."
    row = edit(row, group="Samen", derived_change="korter")
    row.refresh_from_db()
    assert (row.group, row.derived_change, row.placeholders) == (
        "Samen",
        "korter",
        ["[aantal]", "[wijk]"],
    )
    assert AuditEntry.objects.filter(verb="programme.measure_edited").count() == 2


def test_the_same_text_again_is_no_change(programme: Programme) -> None:
    edit(measure(programme, 1), text="Een.")
    assert AuditEntry.objects.count() == 0


def test_the_second_of_two_is_told(programme: Programme) -> None:
    row = measure(programme, 1)
    edit(row, text="Anders.")
    with pytest.raises(Stale):
        edit(measure(programme, 2), text="Te laat.", revision=0)
    assert shape(programme)[0] == [(1, "Anders."), (2, "Twee.")]


def test_a_measure_without_text_is_refused(programme: Programme) -> None:
    with pytest.raises(Refused):
        edit(measure(programme, 1), text="  ")
    with pytest.raises(Refused):
        editing.add(
            section=Section.objects.earliest("pk"), revision=0, text=" ", by=None, today=FIRST_DAY
        )
    assert Measure.objects.count() == 4


def test_measures_change_places_within_a_section(programme: Programme) -> None:
    assert move(programme, 2, up=True).number == 1
    assert shape(programme)[0] == [(1, "Twee."), (2, "Een.")]
    assert move(programme, 1, up=False).number == 2
    assert shape(programme)[0] == [(1, "Een."), (2, "Twee.")]


def test_at_the_edge_a_measure_goes_over_into_the_next_section(programme: Programme) -> None:
    move(programme, 2, up=False)
    assert shape(programme) == [[(1, "Een.")], [(2, "Twee.")], [(3, "Drie."), (4, "Vier.")]]
    move(programme, 2, up=False)
    assert shape(programme) == [[(1, "Een.")], [], [(2, "Twee."), (3, "Drie."), (4, "Vier.")]]
    move(programme, 2, up=True)
    assert shape(programme)[1] == [(2, "Twee.")]


def test_the_ends_are_the_ends(programme: Programme) -> None:
    for number, up in ((1, True), (4, False)):
        with pytest.raises(Refused):
            move(programme, number, up=up)
    assert shape(programme)[0][0] == (1, "Een.")


def test_a_measure_is_added_at_the_end_of_its_section(programme: Programme, settings: Any) -> None:
    settings.PROGRAMME_FOLLOWERS = ["tests.followers.Counting"]
    Counting.seen.clear()
    sections = list(Section.objects.order_by("pk"))
    for revision, (section, text) in enumerate(zip(sections[:2], ["Erbij.", "Ook."], strict=True)):
        made = editing.add(
            section=section, revision=revision, text=text, group="G", by=None, today=FIRST_DAY
        )
        assert made.group == "G"
    assert shape(programme) == [
        [(1, "Een."), (2, "Twee."), (3, "Erbij.")],
        [(4, "Ook.")],
        [(5, "Drie."), (6, "Vier.")],
    ]
    assert Counting.seen == [("written", 5, FIRST_DAY), ("written", 6, FIRST_DAY)]


def test_a_measure_that_is_taken_out_stays_as_a_row(programme: Programme) -> None:
    row = measure(programme, 2)
    editing.retire(measure=row, revision=0, by=None, today=FIRST_DAY)
    assert shape(programme) == [[(1, "Een.")], [], [(2, "Drie."), (3, "Vier.")]]
    row.refresh_from_db()
    assert (row.retired_on, row.section, row.number) == (FIRST_DAY, None, 2)
    acts: list[Callable[[], Any]] = [
        lambda: edit(row, text="Toch."),
        lambda: editing.retire(measure=row, revision=1, by=None, today=FIRST_DAY),
    ]
    for act in acts:
        with pytest.raises(Refused):
            act()
    assert AuditEntry.objects.filter(verb="programme.measure_retired").count() == 1


def test_nothing_is_taken_out_when_a_room_above_refuses(
    programme: Programme, settings: Any
) -> None:
    settings.PROGRAMME_FOLLOWERS = ["tests.followers.Refusing"]
    with pytest.raises(Refused, match="nee"):
        editing.retire(measure=measure(programme, 2), revision=0, by=None, today=FIRST_DAY)
    assert programme.measures.current().count() == 4
