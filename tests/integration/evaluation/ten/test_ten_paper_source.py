"""A pledge whose measure says something else in a newer version is out of date (R46)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluation.queries.ten.source import changed_sources, newest_texts
from programmes.services import versions
from tests.factories import UserFactory
from tests.ten_factories import BEGUN, pledge_of, top_ten_of

pytestmark = pytest.mark.django_db
LATER = date(2022, 6, 1)


def test_a_measure_that_changed_or_went_in_the_newest_version_is_seen() -> None:
    top_ten = top_ten_of()
    by = UserFactory()
    assert changed_sources(top_ten) == set()
    versions.freeze(programme=top_ten.programme, by=by, today=BEGUN)
    newer = versions.new_version(programme=top_ten.programme, by=by, today=LATER)
    assert changed_sources(top_ten) == set()
    changed, gone = pledge_of(top_ten, rank=2), pledge_of(top_ten, rank=5)
    newer.measures.filter(identity=changed.measure.identity).update(text="We bouwen er meer.")
    newer.measures.filter(identity=gone.measure.identity).update(retired_on=LATER)
    assert changed_sources(top_ten) == {changed.pk, gone.pk}
    assert newest_texts(top_ten)[changed.pk] == "We bouwen er meer."
    assert newest_texts(top_ten)[gone.pk] is None


def test_more_versions_ask_as_much_as_one() -> None:
    top_ten = top_ten_of()
    newer = versions.new_version(programme=top_ten.programme, by=UserFactory(), today=LATER)
    versions.new_version(programme=newer, by=UserFactory(), today=LATER)
    with CaptureQueriesContext(connection) as queries:
        assert changed_sources(top_ten) == set()
    assert len(queries) == 3
