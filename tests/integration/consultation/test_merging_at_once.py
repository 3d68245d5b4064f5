"""Two people merge, cut and answer at the same moment: nothing is lost, nothing is there twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from branches.models import User
from consultation.enums import LetterKind, Status
from consultation.models import Consultation, Contribution, Letter
from consultation.services.answering import answer
from consultation.services.cutting import cut
from consultation.services.merging import merge
from consultation.services.receiving import Person
from consultation.services.statuses import set_status
from core.refusal import Refused
from tests.at_once import AT_ONCE, at_once
from tests.clock import FIRST_DAY
from tests.consultation_factories import consultation_of, contribution_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def consultation(on_file: None) -> Consultation:  # noqa: ARG001
    return consultation_of()


@pytest.fixture
def by(consultation: Consultation) -> User:  # noqa: ARG001
    person: User = UserFactory.create()
    return person


def unexpected(answers: list[Any]) -> list[str]:
    return [
        repr(answer)
        for answer in answers
        if isinstance(answer, Exception) and not isinstance(answer, Refused)
    ]


def test_merged_in_opposite_directions_at_once_one_leads(
    consultation: Consultation, by: User
) -> None:
    one, other = (contribution_of(consultation) for _ in range(2))

    def act(number: int) -> Callable[[], object]:
        into, source = (one, other) if number % 2 else (other, one)
        return lambda: merge(into=into, others=[source], by=by, today=FIRST_DAY).pk

    answers = at_once(lambda number: act(number)())
    assert unexpected(answers) == []
    lead = Contribution.objects.listed().get()
    assert set(answers) == {lead.pk}
    assert lead.sources == 2


def test_one_source_that_twenty_people_merge_elsewhere_stands_behind_one(
    consultation: Consultation, by: User
) -> None:
    source = contribution_of(consultation)
    leads = [contribution_of(consultation) for _ in range(AT_ONCE)]
    answers = at_once(
        lambda number: merge(into=leads[number], others=[source], by=by, today=FIRST_DAY).pk
    )
    assert unexpected(answers) == []
    assert [isinstance(answer, Refused) for answer in answers].count(False) == 1
    assert sum(Contribution.objects.listed().values_list("sources", flat=True)) == AT_ONCE + 1


def test_cut_twenty_times_at_once_it_is_cut_once(consultation: Consultation, by: User) -> None:
    whole = contribution_of(consultation, "Een. Twee.")
    answers = at_once(
        lambda _number: [
            part.pk
            for part in cut(contribution=whole, texts=["Een.", "Twee."], by=by, today=FIRST_DAY)
        ]
    )
    assert unexpected(answers) == []
    assert len({tuple(answer) for answer in answers}) == 1
    assert whole.parts.count() == 2


def test_answered_twenty_times_at_once_it_is_one_letter(
    consultation: Consultation, by: User
) -> None:
    row = contribution_of(consultation, person=Person(email="an@voorbeeld.nl", wants_answer=True))
    set_status(contribution=row, status=Status.ADOPTED, by=by, today=FIRST_DAY)
    answers = at_once(
        lambda _number: (
            answer(contribution=row, text="Het komt er.", by=by, today=FIRST_DAY).letters
        )
    )
    assert sorted(answers) == [0] * (AT_ONCE - 1) + [1]
    assert Letter.objects.filter(kind=LetterKind.ANSWER).count() == 1
