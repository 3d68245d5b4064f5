"""A corrected file: rows are found again and keep what hangs on them; undoing puts all back."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from branches.models import AuditEntry
from core.refusal import Refused
from evaluation.models import Promise
from programmes.enums import ProgrammeKind
from programmes.models import Chapter, Measure, Programme, Section
from programmes.models import Footnote as StoredFootnote
from programmes.queries.trees import tree_of
from programmes.rules.document import Document, Footnote
from programmes.rules.document import Measure as Wanted
from programmes.services import deriving, editing, snapshots, storing, undoing
from programmes.services.opening import Frozen
from programmes.services.versions import freeze, new_version
from tests.clock import FIRST_DAY
from tests.documents import document_with, many, rich_document
from tests.evaluation_factories import evaluation_of
from tests.factories import BranchFactory
from tests.followers import Counting
from tests.programme_factories import ProgrammeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_follows(settings: Any) -> None:
    settings.PROGRAMME_FOLLOWERS = []


NEXT_DAY = FIRST_DAY.replace(day=5)
HOUSES = "We bouwen elk jaar tweehonderd woningen in de Oostwijk."
TREES = "We planten bomen langs de kade."
DOCTOR = "Elke wijk krijgt een huisarts op loopafstand."
FIRST = {"Wonen": [HOUSES, TREES], "Zorg": [DOCTOR]}


def store(document: Document) -> Programme:
    return storing.store(
        document=document,
        branch=BranchFactory(),
        kind=ProgrammeKind.PREVIOUS,
        title="Plan",
        year=2018,
        by=None,
        today=FIRST_DAY,
    )


def replace(programme: Programme, document: Document, **fields: Any) -> dict[str, Any]:
    values: dict[str, Any] = {"year": 2018, "by": None, "today": NEXT_DAY}
    return storing.replace(programme=programme, document=document, **{**values, **fields})


def put_back(programme: Programme, before: dict[str, Any]) -> None:
    undoing.put_back(
        programme=programme, before=before, revision=programme.revision, by=None, today=NEXT_DAY
    )


def keys(programme: Programme) -> dict[str, tuple[int, Any]]:
    rows = programme.measures.current().order_by("number")
    return {row.text: (row.pk, row.identity) for row in rows}


def everything(programme: Programme) -> dict[str, Any]:
    return snapshots.take(Programme.objects.get(pk=programme.pk))


@pytest.fixture
def programme() -> Programme:
    return store(document_with(FIRST))


def test_the_same_file_again_changes_nothing_but_the_revision() -> None:
    programme = store(rich_document())
    before = everything(programme)
    assert replace(programme, rich_document()) == before
    assert everything(programme) == before
    assert programme.revision == 1


def test_mended_and_moved_measures_keep_their_rows(programme: Programme) -> None:
    before = keys(programme)
    mended = HOUSES.replace("tweehonderd", "driehonderd")
    replace(programme, document_with({"Zorg": [DOCTOR, TREES], "Wonen": [mended]}))
    after = keys(programme)
    assert list(after) == [DOCTOR, TREES, mended]
    assert after[DOCTOR] == before[DOCTOR]
    assert after[TREES] == before[TREES]
    assert after[mended] == before[HOUSES]
    assert Measure.objects.count() == 3
    moved = Measure.objects.select_related("section__chapter").get(text=TREES)
    assert moved.section is not None
    assert (moved.number, moved.section.chapter.title) == (2, "Zorg")


def test_chapters_and_sections_keep_their_rows_also_under_another_title(
    programme: Programme,
) -> None:
    before = dict(Chapter.objects.values_list("title", "pk"))
    sections = set(Section.objects.values_list("pk", flat=True))
    replace(programme, document_with({"Bouwen": [HOUSES, TREES], "zorg": [DOCTOR]}))
    assert dict(Chapter.objects.values_list("title", "pk")) == {
        "Bouwen": before["Wonen"],
        "zorg": before["Zorg"],
    }
    assert set(Section.objects.values_list("pk", flat=True)) == sections


def test_what_is_gone_is_retired_and_its_chapter_goes(programme: Programme) -> None:
    replace(programme, document_with({"Wonen": [HOUSES, TREES]}))
    gone = Measure.objects.get(text=DOCTOR)
    assert (gone.retired_on, gone.section, gone.number) == (NEXT_DAY, None, 3)
    assert list(keys(programme)) == [HOUSES, TREES]
    assert list(Chapter.objects.values_list("title", flat=True)) == ["Wonen"]


def test_what_comes_back_is_the_row_that_was_retired(programme: Programme) -> None:
    before = keys(programme)
    replace(programme, document_with({"Wonen": [HOUSES, TREES]}))
    replace(programme, document_with(FIRST))
    assert keys(programme) == before
    assert Measure.objects.filter(retired_on=None).count() == 3


def test_what_is_new_gets_a_row_of_its_own(programme: Programme) -> None:
    new = "De buurtbus rijdt ook in het weekend."
    replace(programme, document_with({"Wonen": [new, HOUSES, TREES], "Zorg": [DOCTOR]}))
    assert list(keys(programme)) == [new, HOUSES, TREES, DOCTOR]
    assert Measure.objects.count() == 4


def test_of_a_measure_cut_in_two_one_part_keeps_what_hung_on_it() -> None:
    programme = store(document_with({"Wonen": [f"{HOUSES} {TREES}"]}))
    promise = evaluation_of(programme).promises.get()
    replace(programme, document_with({"Wonen": [HOUSES, TREES]}))
    assert Measure.objects.get(promise=promise).text == HOUSES
    assert Measure.objects.current().count() == 2


def test_verdicts_hang_on_the_same_promises(programme: Programme) -> None:
    evaluation_of(programme)
    before = dict(Promise.objects.values_list("pk", "measure_id"))
    replace(programme, document_with({"Wonen": [TREES, HOUSES + " Echt waar."]}))
    assert dict(Promise.objects.values_list("pk", "measure_id")) == before
    assert Promise.objects.current().count() == 2


def test_what_people_noted_stays_where_the_file_says_nothing(programme: Programme) -> None:
    programme.measures.filter(text=HOUSES).update(author_note="Vraag Jan.", variant_set=4)
    replace(programme, document_with(FIRST))
    row = programme.measures.get(text=HOUSES)
    assert (row.author_note, row.variant_set) == ("Vraag Jan.", 4)


def test_where_the_file_names_variants_it_decides(programme: Programme) -> None:
    programme.measures.filter(text=HOUSES).update(variant_set=1)
    variants = [Wanted(text="Streng.", group="Varianten"), Wanted(text="Mild.", group="Varianten")]
    replace(programme, document_with({"Wonen": [HOUSES, *variants]}))
    rows = programme.measures.current().order_by("number")
    assert [row.variant_set for row in rows] == [0, 1, 1]


def test_title_origin_and_year_follow_the_corrected_file(programme: Programme) -> None:
    replace(programme, document_with(FIRST), title="Ander plan", origin="coalitie", year=2014)
    assert (programme.title, programme.origin, programme.year) == ("Ander plan", "coalitie", 2014)


def test_it_is_told_in_numbers_and_to_the_rooms_above(programme: Programme, settings: Any) -> None:
    settings.PROGRAMME_FOLLOWERS = ["tests.followers.Counting"]
    Counting.seen.clear()
    replace(programme, document_with({"Wonen": [HOUSES, "Een heel ander voorstel over sport."]}))
    entry = AuditEntry.objects.get(verb="programme.replaced")
    assert entry.params == {"title": "Plan", "kept": 1, "added": 1, "gone": 2}
    assert Counting.seen == [("written", 2, NEXT_DAY)]


def test_nothing_changes_when_a_room_above_refuses(programme: Programme, settings: Any) -> None:
    before = everything(programme)
    settings.PROGRAMME_FOLLOWERS = ["tests.followers.Refusing"]
    with pytest.raises(Refused, match="nee"):
        replace(programme, rich_document())
    assert everything(programme) == before


# Undoing


@pytest.mark.parametrize("document", [document_with({"Sport": ["Een zwembad."]}), rich_document()])
def test_undoing_puts_everything_back_exactly(document: Document) -> None:
    programme = store(rich_document())
    before = everything(programme)
    taken = replace(programme, document, title="Iets anders", year=2014)
    assert everything(programme) != before
    put_back(programme, taken)
    assert everything(programme) == before
    assert AuditEntry.objects.filter(verb="programme.put_back").count() == 1


def test_undoing_keeps_retired_what_others_hang_on(programme: Programme) -> None:
    new = "De buurtbus rijdt ook in het weekend."
    taken = replace(programme, document_with({**FIRST, "Vervoer": [new, "Een fietspad erbij."]}))
    evaluation_of(programme)
    Promise.objects.filter(measure__text__startswith="Een fietspad").delete()
    put_back(programme, taken)
    assert list(keys(programme)) == [HOUSES, TREES, DOCTOR]
    row = Measure.objects.get(text=new)
    assert (row.retired_on, row.section) == (NEXT_DAY, None)
    assert not Measure.objects.filter(text__startswith="Een fietspad").exists()


def test_undoing_is_refused_when_people_went_on_working(programme: Programme) -> None:
    taken = replace(programme, document_with({"Wonen": [HOUSES]}))
    saved = programme.revision
    editing.edit(
        measure=programme.measures.get(text=HOUSES),
        revision=saved,
        text="Iets anders.",
        by=None,
        today=NEXT_DAY,
    )
    with pytest.raises(Refused, match="Plan"):
        undoing.put_back(programme=programme, before=taken, revision=saved, by=None, today=NEXT_DAY)
    assert list(keys(programme)) == ["Iets anders."]


def test_undoing_forgets_where_a_measure_came_from_if_that_is_gone() -> None:
    source = store(document_with({"Wonen": [HOUSES]}))
    programme: Programme = ProgrammeFactory(kind=ProgrammeKind.DRAFT)
    deriving.derive(measures=source.measures.all(), into=programme, by=None, today=FIRST_DAY)
    programme.refresh_from_db()
    taken = replace(programme, document_with({"Sport": ["Een zwembad voor iedereen."]}))
    source.delete()
    put_back(programme, taken)
    assert programme.measures.get().derived_from is None


# Taking a new programme away


def test_a_new_programme_is_taken_away_as_a_whole(programme: Programme, settings: Any) -> None:
    settings.PROGRAMME_FOLLOWERS = ["tests.followers.Counting"]
    Counting.seen.clear()
    undoing.take_away(programme=programme, by=None, today=NEXT_DAY)
    assert Programme.objects.count() == Measure.objects.count() == Chapter.objects.count() == 0
    assert Counting.seen == [("withdrawn", 3, NEXT_DAY)]
    assert AuditEntry.objects.filter(verb="programme.taken_away").count() == 1


def test_it_stays_when_others_recorded_something_about_it(programme: Programme) -> None:
    evaluation_of(programme)
    with pytest.raises(Refused):
        undoing.take_away(programme=programme, by=None, today=NEXT_DAY)
    assert programme.measures.count() == 3
    assert not AuditEntry.objects.filter(verb="programme.taken_away").exists()


def test_it_stays_when_its_measures_were_taken_over(programme: Programme) -> None:
    draft: Programme = ProgrammeFactory(kind=ProgrammeKind.DRAFT, title="Concept")
    deriving.derive(measures=programme.measures.all(), into=draft, by=None, today=FIRST_DAY)
    with pytest.raises(Refused, match="Concept"):
        undoing.take_away(programme=programme, by=None, today=NEXT_DAY)


def test_it_stays_when_there_is_a_later_version_and_is_gone_once(programme: Programme) -> None:
    later = new_version(programme=programme, by=None, today=FIRST_DAY)
    with pytest.raises(Refused):
        undoing.take_away(programme=programme, by=None, today=NEXT_DAY)
    undoing.take_away(programme=later, by=None, today=NEXT_DAY)
    undoing.take_away(programme=programme, by=None, today=NEXT_DAY)
    with pytest.raises(Refused):
        undoing.take_away(programme=programme, by=None, today=NEXT_DAY)


def test_a_note_that_is_gone_goes_and_the_others_stay(programme: Programme) -> None:
    def with_notes(*texts: str) -> Document:
        made = document_with(FIRST)
        notes = tuple(Footnote(number=at, text=text) for at, text in enumerate(texts, start=1))
        return dataclasses.replace(
            made,
            chapters=(dataclasses.replace(made.chapters[0], footnotes=notes), made.chapters[1]),
        )

    replace(programme, with_notes("Een.", "Twee.", "Drie."))
    before = list(StoredFootnote.objects.order_by("pk").values_list("pk", flat=True))
    replace(programme, with_notes("Een.", "Drie."))
    rows = StoredFootnote.objects.order_by("pk")
    assert list(rows.values_list("pk", "text")) == [(before[0], "Een."), (before[1], "Drie.")]


def test_a_frozen_programme_takes_no_corrected_file_and_is_not_undone(
    programme: Programme,
) -> None:
    taken = replace(programme, document_with(FIRST))
    freeze(programme=programme, by=None, today=NEXT_DAY)
    acts: list[Callable[[], Any]] = [
        lambda: replace(programme, rich_document()),
        lambda: put_back(programme, taken),
        lambda: undoing.take_away(programme=programme, by=None, today=NEXT_DAY),
    ]
    for act in acts:
        with pytest.raises(Frozen, match="Plan"):
            act()
    assert list(keys(programme)) == [HOUSES, TREES, DOCTOR]


# Speed


def test_the_number_of_questions_does_not_grow_with_the_measures() -> None:
    counts = []
    for count in (2, 60):
        programme = store(many(count, chapters=1))
        with CaptureQueriesContext(connection) as queries:
            replace(programme, many(count, chapters=1, word="huis"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 40


def test_five_thousand_measures_are_replaced_and_put_back_in_few_statements() -> None:
    programme = store(many(5000))
    if connection.vendor == "postgresql":
        # In use, its own upkeep counts the rows soon after they were committed.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as queries:
        taken = replace(programme, many(5000, word="huis"))
    assert len(queries) < 160
    assert programme.measures.count() == 5000
    with CaptureQueriesContext(connection) as queries:
        put_back(programme, taken)
    assert len(queries) < 400
    tree = tree_of(programme)
    assert tree.measure_count == 5000
    assert "woning" in tree.measures[0].text
