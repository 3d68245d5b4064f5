"""What may say the same, over the whole list: merged, or told apart for good."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.models import AuditEntry, User
from consultation.models import Consultation, Contribution, NotAlike
from consultation.services.telling_apart import tell_apart
from core.refusal import Refused
from tests.clock import FIRST_DAY
from tests.consultation_factories import consultation_of, contribution_of

pytestmark = pytest.mark.django_db

SAID = "De fietspaden rond de Zonneschool zijn gevaarlijk."
AGAIN = "Maak de fietspaden bij de Zonneschool minder gevaarlijk!"
OTHER = "Meer betaalbare woningen voor starters."


def _address(consultation: Consultation) -> str:
    return reverse("consultation:doubles", args=[consultation.branch.slug])


def _post(client: Client, consultation: Consultation, **data: Any) -> Any:
    return client.post(_address(consultation), data)


@pytest.fixture
def pair(consultation: Consultation) -> tuple[Contribution, Contribution]:
    first, again = (contribution_of(consultation, text) for text in (SAID, AGAIN))
    contribution_of(consultation, OTHER)
    return first, again


def test_a_group_is_shown_and_merged(
    as_ans: Client, consultation: Consultation, pair: tuple[Contribution, Contribution]
) -> None:
    page = as_ans.get(_address(consultation)).content.decode()
    assert "1 group looks alike" in page
    assert page.count("<mark>Zonneschool</mark>") == 2
    assert "<mark>rond</mark>" not in page
    assert "woningen" not in page
    lead, other = pair
    answer = _post(as_ans, consultation, action="merge", lead=lead.pk, other=other.pk)
    assert answer.status_code == 302
    other.refresh_from_db()
    lead.refresh_from_db()
    assert (other.merged_into, lead.sources) == (lead, 2)
    assert "Nothing looks alike" in as_ans.get(_address(consultation)).content.decode()


def test_what_the_committee_said_most_of_leads(
    as_ans: Client, consultation: Consultation, pair: tuple[Contribution, Contribution]
) -> None:
    first, again = pair
    Contribution.objects.filter(pk=again.pk).update(status="adopted")
    _post(as_ans, consultation, action="merge", lead=first.pk, other=again.pk)
    first.refresh_from_db()
    assert first.merged_into == again


def test_not_the_same_is_remembered_once(
    as_ans: Client, consultation: Consultation, pair: tuple[Contribution, Contribution]
) -> None:
    lead, other = pair
    for one, two in ((lead, other), (other, lead)):
        _post(as_ans, consultation, action="apart", lead=one.pk, other=two.pk)
    kept = NotAlike.objects.get()
    assert (kept.first, kept.second, kept.said_on) == (lead, other, FIRST_DAY)
    assert AuditEntry.objects.filter(verb="contributions.told_apart").exists()
    assert "Nothing looks alike" in as_ans.get(_address(consultation)).content.decode()


def test_what_was_merged_meanwhile_is_told(
    as_ans: Client, consultation: Consultation, pair: tuple[Contribution, Contribution]
) -> None:
    lead, other = pair
    third = contribution_of(consultation, "Iets anders.")
    Contribution.objects.filter(pk=other.pk).update(merged_into=third)
    answer = _post(as_ans, consultation, action="merge", lead=lead.pk, other=other.pk)
    assert answer.status_code == 302
    other.refresh_from_db()
    assert other.merged_into == third


@pytest.mark.parametrize(
    "data", [{}, {"action": "merge"}, {"action": "merge", "other": "x"}, {"action": "eat"}]
)
def test_what_is_asked_wrongly_changes_nothing(
    as_ans: Client,
    consultation: Consultation,
    pair: tuple[Contribution, Contribution],
    data: dict[str, str],
) -> None:
    answer = _post(as_ans, consultation, lead=pair[0].pk, **data)
    assert answer.status_code == 302
    assert not Contribution.objects.filter(merged_into__isnull=False).exists()


def test_another_branchs_contribution_is_not_there(
    as_ans: Client, consultation: Consultation, pair: tuple[Contribution, Contribution], ans: User
) -> None:
    theirs = contribution_of(consultation_of(), SAID)
    for one, two in ((pair[0], theirs), (theirs, pair[0])):
        for action in ("merge", "apart"):
            answer = _post(as_ans, consultation, action=action, lead=one.pk, other=two.pk)
            assert answer.status_code == 404
    for others in ([theirs], [pair[0]]):
        with pytest.raises(Refused):
            tell_apart(
                consultation=consultation, lead=pair[0], others=others, by=ans, today=FIRST_DAY
            )
    assert not NotAlike.objects.exists()


def test_three_groups_ask_the_database_no_more_than_one(
    as_ans: Client, consultation: Consultation
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            as_ans.get(_address(consultation))
        return len(queries)

    for word in ("zwembad", "bibliotheek", "molen"):
        contribution_of(consultation, f"Houd de {word} open op {word}dag.")
        contribution_of(consultation, f"De {word} moet open op {word}dag!")
        if word == "zwembad":
            one = count()
    assert count() == one
