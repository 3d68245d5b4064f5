"""A document becomes rows: everything, in order, in few statements, or nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from branches.models import AuditEntry, Branch, User
from core.refusal import Refused
from programmes.enums import ProgrammeKind
from programmes.models import Chapter, CrossReference, Example, Footnote, Measure, Programme
from programmes.queries.trees import tree_of
from programmes.rules.document import Document
from programmes.services import storing
from tests.clock import FIRST_DAY
from tests.documents import TITLE, document_with, many, rich_document
from tests.factories import BranchFactory, UserFactory
from tests.followers import Counting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_follows(settings: Any) -> None:
    settings.PROGRAMME_FOLLOWERS = []


@pytest.fixture
def branch() -> Branch:
    made: Branch = BranchFactory()
    return made


@pytest.fixture
def person() -> User:
    made: User = UserFactory()
    return made


def store(document: Document, branch: Branch | None, **fields: Any) -> Programme:
    values: dict[str, Any] = {
        "kind": ProgrammeKind.PREVIOUS,
        "title": "",
        "by": None,
        "today": FIRST_DAY,
    }
    return storing.store(document=document, branch=branch, **{**values, **fields})


def test_everything_of_a_document_becomes_a_row_in_its_order(branch: Branch, person: User) -> None:
    programme = store(
        rich_document(), branch, origin="coalitie", year=2018, by=person, title=" Ons  plan "
    )
    assert (programme.title, programme.origin, programme.year) == ("Ons plan", "coalitie", 2018)
    assert (programme.created_by, programme.created_on) == (person, FIRST_DAY)
    tree = tree_of(programme)
    assert [chapter.title for chapter in tree.chapters] == ["Voorwoord", "1. Wonen", "2. Zorg"]
    assert [chapter.measure_count for chapter in tree.chapters] == [0, 4, 1]
    assert tree.measure_count == 5
    assert tree.chapters[1].chapter.introduction == ["Iedereen een huis.", "Ook jij."]
    assert [section.title for section in tree.chapters[1].sections] == ["", "Huren"]
    assert tree.chapters[1].sections[1].section.introduction == ["De huur is te hoog."]
    assert [measure.number for measure in tree.measures] == [1, 2, 3, 4, 5]
    first, second = tree.measures[:2]
    assert first.text == "We bouwen [aantal] woningen per jaar."
    assert (first.placeholders, first.footnotes, first.group) == (["[aantal]"], [1, 2], "")
    assert second.group == "Binnen de kom"
    assert [(note.number, note.text) for note in tree.chapters[1].footnotes] == [
        (1, "Zie de woonvisie."),
        (2, "Benoem hier een haalbaar aantal."),
    ]
    example = tree.chapters[1].examples[0]
    assert example.text == ["Daar mag niet iedereen verhuren."]
    assert example.links == ["https://voorbeeld.nl/vergunning"]


def test_what_the_structure_says_more_is_kept_too(branch: Branch) -> None:
    tree = tree_of(store(rich_document(), branch))
    first = tree.measures[0]
    assert first.author_note == "Benoem hier een haalbaar aantal."
    assert [measure.variant_set for measure in tree.measures] == [0, 0, 1, 1, 0]
    assert tree.chapters[1].examples[0].municipality == "Groningen"
    references = list(first.cross_references.all())
    assert [(one.chapter_title, one.page) for one in references] == [
        ("Zorg", 12),
        ("Onderwijs", None),
    ]
    assert [one.target for one in references] == [tree.chapters[2].chapter, None]


def test_each_measure_has_an_identity_of_its_own(branch: Branch) -> None:
    store(document_with({"Wonen": ["Een huis.", "Een huis."]}), branch)
    assert len(set(Measure.objects.values_list("identity", flat=True))) == 2


def test_storing_is_written_into_the_history(branch: Branch, person: User) -> None:
    programme = store(rich_document(), branch, by=person)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.branch) == ("programme.stored", person, branch)
    assert entry.params == {"title": TITLE, "count": 5}
    assert entry.subject_id == str(programme.pk)


def test_the_base_programme_belongs_to_nobody(person: User) -> None:
    programme = store(rich_document(), None, kind=ProgrammeKind.BASE, by=person)
    assert programme.branch is None


def test_a_very_long_heading_loses_nothing_and_a_long_title_is_shortened(branch: Branch) -> None:
    long = "Een titel die maar niet ophoudt " * 40
    programme = store(document_with({long: ["Een huis."]}, title=long), branch)
    assert Chapter.objects.get().title == long
    assert len(programme.title) == 300
    assert programme.title.endswith("…")


def test_a_programme_needs_a_title(branch: Branch) -> None:
    with pytest.raises(Refused, match=r"titel|title"):
        store(document_with({"Wonen": []}, title=" "), branch)
    assert Programme.objects.count() == 0


def test_the_number_of_questions_does_not_grow_with_the_measures(branch: Branch) -> None:
    # Up to what one statement takes on SQLite: about seventy measures.
    counts = []
    for count in (1, 60):
        with CaptureQueriesContext(connection) as queries:
            store(many(count, chapters=1), branch)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_five_thousand_measures_are_stored_in_few_statements(branch: Branch) -> None:
    document = many(5000)
    with CaptureQueriesContext(connection) as queries:
        programme = store(document, branch)
    assert len(queries) < 200
    assert programme.measures.count() == document.measure_count == 5000
    assert CrossReference.objects.filter(target__isnull=False).count() == 5000
    assert Footnote.objects.count() == 5000
    assert Example.objects.count() == 5
    with CaptureQueriesContext(connection) as queries:
        assert tree_of(programme).measure_count == 5000
    assert len(queries) == 6


def test_nothing_is_stored_when_a_room_above_refuses(branch: Branch, settings: Any) -> None:
    settings.PROGRAMME_FOLLOWERS = ["tests.followers.Refusing"]
    with pytest.raises(Refused, match="nee"):
        store(rich_document(), branch)
    assert Programme.objects.count() == 0
    assert Measure.objects.count() == 0
    assert AuditEntry.objects.count() == 0


def test_nothing_is_stored_when_a_measure_would_get_lost(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Document, "measure_count", property(lambda _self: 6))
    with pytest.raises(storing.LostMeasures, match="5 of 6"):
        store(rich_document(), branch)
    assert Programme.objects.count() == 0


def test_rooms_above_are_told_with_the_measures_there(branch: Branch, settings: Any) -> None:
    settings.PROGRAMME_FOLLOWERS = ["tests.followers.Counting"]
    Counting.seen.clear()
    store(rich_document(), branch)
    assert Counting.seen == [("written", 5, FIRST_DAY)]
