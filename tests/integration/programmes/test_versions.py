"""The next version is a copy in which each measure is still itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from branches.models import AuditEntry
from core.refusal import Refused
from programmes.enums import ProgrammeKind
from programmes.models import CrossReference, Measure, Programme
from programmes.queries.trees import tree_of
from programmes.services import editing, storing
from programmes.services.versions import freeze, new_version
from tests.clock import FIRST_DAY
from tests.documents import many, rich_document
from tests.factories import BranchFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_follows(settings: Any) -> None:
    settings.PROGRAMME_FOLLOWERS = []


def store(document: Any = None) -> Programme:
    return storing.store(
        document=document or rich_document(),
        branch=BranchFactory(),
        kind=ProgrammeKind.DRAFT,
        title="Concept",
        origin="wij",
        year=2022,
        by=None,
        today=FIRST_DAY,
    )


def test_a_new_version_says_the_same_in_rows_of_its_own() -> None:
    first = store()
    second = new_version(programme=first, by=None, today=FIRST_DAY)
    assert (second.version, second.previous_version, second.is_frozen) == (2, first, False)
    assert (second.title, second.origin, second.year) == ("Concept", "wij", 2022)
    old, new = tree_of(first), tree_of(second)
    assert [chapter.title for chapter in new.chapters] == [
        chapter.title for chapter in old.chapters
    ]
    assert [(one.identity, one.number, one.text) for one in new.measures] == [
        (one.identity, one.number, one.text) for one in old.measures
    ]
    assert not {one.pk for one in new.measures} & {one.pk for one in old.measures}
    assert [[note.text for note in one.footnotes] for one in new.chapters] == [
        [note.text for note in one.footnotes] for one in old.chapters
    ]
    assert [len(one.examples) for one in new.chapters] == [0, 1, 0]
    references = CrossReference.objects.filter(measure__programme=second).order_by("pk")
    assert [one.target for one in references] == [new.chapters[2].chapter, None]
    entry = AuditEntry.objects.get(verb="programme.version_made")
    assert entry.params == {"title": "Concept", "version": 2}


def test_a_fixed_version_can_have_a_next_one_that_changes() -> None:
    first = store()
    freeze(programme=first, by=None, today=FIRST_DAY)
    second = new_version(programme=first, by=None, today=FIRST_DAY)
    measure = second.measures.get(number=1)
    editing.edit(measure=measure, revision=0, text="Nieuw.", by=None, today=FIRST_DAY)
    assert Measure.objects.get(programme=first, identity=measure.identity).text != "Nieuw."
    assert Measure.objects.get(programme=second, identity=measure.identity).text == "Nieuw."


def test_retired_measures_stay_behind() -> None:
    first = store()
    editing.retire(measure=first.measures.get(number=1), revision=0, by=None, today=FIRST_DAY)
    second = new_version(programme=first, by=None, today=FIRST_DAY)
    assert second.measures.count() == 4
    assert CrossReference.objects.filter(measure__programme=second).count() == 0


def test_a_version_has_one_next_version() -> None:
    first = store()
    second = new_version(programme=first, by=None, today=FIRST_DAY)
    with pytest.raises(Refused, match="Concept"):
        new_version(programme=first, by=None, today=FIRST_DAY)
    assert list(Programme.objects.newest()) == [second]
    assert new_version(programme=second, by=None, today=FIRST_DAY).version == 3


def test_what_is_gone_has_no_next_version() -> None:
    first = store()
    Programme.objects.all().delete()
    with pytest.raises(Refused):
        new_version(programme=first, by=None, today=FIRST_DAY)


def test_the_number_of_questions_does_not_grow_with_the_measures() -> None:
    counts = []
    for count in (2, 60):
        programme = store(many(count, chapters=1))
        with CaptureQueriesContext(connection) as queries:
            new_version(programme=programme, by=None, today=FIRST_DAY)
        counts.append(len(queries))
    assert counts[0] == counts[1]
