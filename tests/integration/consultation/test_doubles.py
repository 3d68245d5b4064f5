"""Duplicates are suggested: beside a contribution, and in the whole list."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from consultation.models import NotAlike
from consultation.queries.doubles import alike, doubles
from tests.clock import FIRST_DAY
from tests.consultation_factories import consultation_of, contribution_of

pytestmark = pytest.mark.django_db

SAID = "De fietspaden rond de Zonneschool zijn gevaarlijk."
AGAIN = "Maak de fietspaden bij de Zonneschool minder gevaarlijk!"
OTHER = "Meer betaalbare woningen voor starters."


def test_beside_a_contribution_stands_what_may_say_the_same_with_the_words_they_share(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    consultation = consultation_of()
    first, again = (contribution_of(consultation, text) for text in (SAID, AGAIN))
    contribution_of(consultation, OTHER)
    contribution_of(consultation_of(), AGAIN)
    with django_assert_num_queries(3):
        found = alike(contribution=first)
    assert [one.contribution for one in found] == [again]
    assert found[0].words == ("fietspaden", "zonneschool", "gevaarlijk")
    assert [one.contribution for one in alike(contribution=again)] == [first]
    assert alike(contribution=again)[0].score == found[0].score


def test_no_more_are_named_than_were_asked_for() -> None:
    consultation = consultation_of()
    first, *_others = (contribution_of(consultation, SAID) for _round in range(4))
    assert len(alike(contribution=first, limit=2)) == 2


def test_what_does_not_stand_in_the_list_is_not_suggested() -> None:
    consultation = consultation_of()
    first = contribution_of(consultation, SAID)
    contribution_of(consultation, SAID, held="flood")
    merged = contribution_of(consultation, SAID)
    merged.merged_into = first
    merged.save()
    assert alike(contribution=first) == []
    assert doubles(consultation=consultation) == []


def test_what_somebody_said_is_not_the_same_is_not_suggested_again() -> None:
    consultation = consultation_of()
    first, again = (contribution_of(consultation, text) for text in (SAID, AGAIN))
    contribution_of(consultation, OTHER)
    assert doubles(consultation=consultation) == [[first.pk, again.pk]]
    NotAlike.objects.create(first=first, second=again, said_on=FIRST_DAY)
    assert doubles(consultation=consultation) == []
    assert alike(contribution=first) == []
    assert alike(contribution=again) == []


def test_a_text_without_words_has_no_doubles() -> None:
    consultation = consultation_of()
    rows = [contribution_of(consultation, "!!!") for _round in range(2)]
    assert alike(contribution=rows[0]) == []
    assert doubles(consultation=consultation) == []
