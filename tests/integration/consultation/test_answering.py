"""Telling people what became of what they brought in: once, and only who asked for it."""

from __future__ import annotations

import pytest

from branches.models import AuditEntry, User
from consultation.enums import LetterKind, LetterState, Status
from consultation.models import Consultation, Contribution, Contributor, Letter
from consultation.queries.sources import audience_of
from consultation.services.answering import Answered, answer
from consultation.services.cutting import cut
from consultation.services.merging import merge, take_apart
from consultation.services.receiving import Person
from consultation.services.statuses import set_status
from core.concurrency import Stale
from core.refusal import Refused
from tests.clock import FIRST_DAY
from tests.consultation_factories import consultation_of, contribution_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    person: User = UserFactory.create()
    return person


@pytest.fixture
def consultation() -> Consultation:
    return consultation_of()


def said_by(
    consultation: Consultation, name: str, *, wants: bool = True, email: str | None = None
) -> Contribution:
    address = f"{name}@voorbeeld.nl" if email is None else email
    return contribution_of(
        consultation,
        f"Een bankje, zegt {name}.",
        person=Person(name=name, email=address, wants_answer=wants),
    )


def looked_at(row: Contribution, by: User, status: str = Status.ADOPTED) -> Contribution:
    return set_status(contribution=row, status=status, by=by, today=FIRST_DAY)


def say(row: Contribution, by: User, text: str = "Het komt er.", **more: int) -> Answered:
    return answer(contribution=row, text=text, by=by, today=FIRST_DAY, **more)


def addresses() -> list[str]:
    letters = Letter.objects.filter(kind=LetterKind.ANSWER)
    return sorted(letters.values_list("contributor__email", flat=True))


def test_everybody_behind_it_who_asked_gets_one_letter(
    consultation: Consultation, by: User
) -> None:
    lead = said_by(consultation, "an")
    others = [
        said_by(consultation, "bas"),
        said_by(consultation, "cor", wants=False),
        contribution_of(consultation, "Naamloos."),
    ]
    merge(into=lead, others=others, by=by, today=FIRST_DAY)
    looked_at(lead, by)
    audience = audience_of(lead)
    assert (audience.asked, len(audience.waiting), audience.people) == (2, 2, 3)
    done = say(lead, by)
    assert done.letters == 2
    assert addresses() == ["an@voorbeeld.nl", "bas@voorbeeld.nl"]
    assert (done.contribution.answer, done.contribution.answered_by) == ("Het komt er.", by)
    assert done.contribution.answered_on == FIRST_DAY


def test_the_person_of_what_was_cut_hears_of_each_part(
    consultation: Consultation, by: User
) -> None:
    whole = said_by(consultation, "an")
    first, second = cut(contribution=whole, texts=["Een.", "Twee."], by=by, today=FIRST_DAY)
    for part in (first, second):
        looked_at(part, by)
        assert say(part, by).letters == 1
    assert Letter.objects.filter(kind=LetterKind.ANSWER).count() == 2


def test_one_address_gets_one_letter_however_often_it_asked(
    consultation: Consultation, by: User
) -> None:
    lead = said_by(consultation, "an")
    again = said_by(consultation, "Anna", email="AN@voorbeeld.nl")
    merge(into=lead, others=[again], by=by, today=FIRST_DAY)
    looked_at(lead, by)
    assert audience_of(lead).asked == 1
    assert say(lead, by).letters == 1


def test_a_second_answer_mails_nobody_twice_and_keeps_the_first_day(
    consultation: Consultation, by: User
) -> None:
    lead = looked_at(said_by(consultation, "an"), by)
    say(lead, by)
    later = answer(
        contribution=lead,
        text="Toch iets anders.",
        by=UserFactory.create(),
        today=FIRST_DAY.replace(day=28),
    )
    assert (later.letters, later.told) == (0, 1)
    assert later.contribution.answer == "Toch iets anders."
    assert later.contribution.answered_on == FIRST_DAY
    assert later.contribution.answered_by == by
    assert len(addresses()) == 1
    assert AuditEntry.objects.filter(verb="contribution.answered_again").count() == 1


def test_who_was_merged_later_still_gets_the_answer(consultation: Consultation, by: User) -> None:
    lead = looked_at(said_by(consultation, "an"), by)
    say(lead, by)
    merge(into=lead, others=[said_by(consultation, "bas")], by=by, today=FIRST_DAY)
    audience = audience_of(lead)
    assert (audience.told, [one.email for one in audience.waiting]) == (1, ["bas@voorbeeld.nl"])
    assert say(lead, by).letters == 1
    assert addresses() == ["an@voorbeeld.nl", "bas@voorbeeld.nl"]


def test_who_was_answered_before_it_was_merged_is_not_told_again(
    consultation: Consultation, by: User
) -> None:
    other = looked_at(said_by(consultation, "bas"), by)
    say(other, by)
    lead = looked_at(said_by(consultation, "an"), by)
    merge(into=lead, others=[other], by=by, today=FIRST_DAY)
    assert say(lead, by).letters == 1
    assert addresses() == ["an@voorbeeld.nl", "bas@voorbeeld.nl"]


def test_the_same_answer_twice_is_said_once(consultation: Consultation, by: User) -> None:
    lead = looked_at(said_by(consultation, "an"), by)
    say(lead, by)
    assert say(lead, by).letters == 0
    assert AuditEntry.objects.filter(verb__startswith="contribution.answered").count() == 1


def test_an_address_that_does_not_work_is_left_alone(consultation: Consultation, by: User) -> None:
    lead = looked_at(said_by(consultation, "an"), by)
    Contributor.objects.update(address_refused_on=FIRST_DAY)
    assert audience_of(lead).unreachable == 1
    assert say(lead, by).letters == 0
    assert addresses() == []


def test_a_letter_that_came_back_is_no_answer_that_was_had(
    consultation: Consultation, by: User
) -> None:
    lead = looked_at(said_by(consultation, "an"), by)
    say(lead, by)
    Letter.objects.update(state=LetterState.REFUSED)
    Contributor.objects.update(address_refused_on=FIRST_DAY)
    audience = audience_of(lead)
    assert (audience.told, audience.unreachable) == (0, 1)


def test_first_a_status_then_an_answer(consultation: Consultation, by: User) -> None:
    row = said_by(consultation, "an")
    with pytest.raises(Refused):
        say(row, by)
    with pytest.raises(Refused):
        say(looked_at(row, by), by, "  ")
    assert addresses() == []


def test_a_source_is_not_answered_apart_from_its_lead(consultation: Consultation, by: User) -> None:
    lead, source = said_by(consultation, "an"), said_by(consultation, "bas")
    looked_at(source, by)
    merge(into=lead, others=[source], by=by, today=FIRST_DAY)
    with pytest.raises(Refused):
        say(source, by)
    take_apart(contribution=source, by=by, today=FIRST_DAY)
    assert say(source, by).letters == 1


def test_the_second_saver_sees_both_answers(consultation: Consultation, by: User) -> None:
    row = looked_at(said_by(consultation, "an"), by)
    say(row, by, revision=row.revision)
    with pytest.raises(Stale) as raised:
        say(row, by, "Het komt er niet.", revision=row.revision)
    assert "Het komt er." in raised.value.current.values()
    assert "Het komt er niet." in raised.value.yours.values()


def test_no_name_stands_in_the_history(consultation: Consultation, by: User) -> None:
    row = looked_at(said_by(consultation, "hildegard"), by)
    say(row, by, "Beste Hildegard, het komt er.")
    for entry in AuditEntry.objects.all():
        assert "ildegard" not in str(entry.params)
