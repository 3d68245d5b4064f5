"""Many phones at the same moment, on a database that they share: none lost, none twice (R81)."""

from __future__ import annotations

import uuid

import pytest

from bench import board
from consultation.models import Contribution, Participant, PostIt, Session
from consultation.services import participants, post_its, sessions
from core.refusal import Refused
from tests.at_once import AT_ONCE, at_once
from tests.clock import FIRST_DAY
from tests.consultation_factories import consultation_of, gathering_of, session_of
from tests.factories import UserFactory


@pytest.fixture
def session(on_file: None) -> Session:  # noqa: ARG001 - the database that threads share
    row = session_of(gathering_of(consultation_of()))
    return sessions.move(
        session=row, to="collect", seen="planned", by=UserFactory.create(), today=FIRST_DAY
    )


def joined(session: Session, token: str) -> Participant:
    return participants.join(
        session=session, token=token, role="resident", is_member=None, today=FIRST_DAY
    )


def test_everybody_who_joins_at_once_gets_a_number_of_their_own(session: Session) -> None:
    at_once(lambda number: joined(session, f"telefoon {number}"))
    numbers = list(Participant.objects.values_list("number", flat=True))
    assert numbers == list(range(1, AT_ONCE + 1))


def test_one_phone_that_joins_twenty_times_is_one(session: Session) -> None:
    found = at_once(lambda _number: joined(session, "een telefoon").pk)
    assert len(set(found)) == 1


def test_notes_from_twenty_phones_at_once_all_hang_there(session: Session) -> None:
    people = [joined(session, f"telefoon {number}") for number in range(AT_ONCE)]

    def write(number: int) -> None:
        post_its.post(
            participant=people[number],
            text=f"Punt {number}",
            submission=uuid.uuid4(),
            today=FIRST_DAY,
        )

    before = Session.objects.get().changes
    assert at_once(write) == [None] * AT_ONCE
    assert PostIt.objects.count() == AT_ONCE
    assert Session.objects.get().changes == before + AT_ONCE


def test_pressed_twenty_times_at_once_nobody_gets_more_than_three(session: Session) -> None:
    person = joined(session, "een telefoon")

    def write(number: int) -> int:
        return post_its.post(
            participant=person, text=f"Punt {number}", submission=uuid.uuid4(), today=FIRST_DAY
        ).pk

    answers = at_once(write)
    assert PostIt.objects.count() == Contribution.objects.count() == 3
    assert sum(isinstance(answer, Refused) for answer in answers) == AT_ONCE - 3


def test_one_note_sent_twenty_times_at_once_hangs_there_once(session: Session) -> None:
    person = joined(session, "een telefoon")
    number = uuid.uuid4()

    def write(_number: int) -> int:
        return post_its.post(
            participant=person, text="Meer bomen", submission=number, today=FIRST_DAY
        ).pk

    assert len(set(at_once(write))) == 1
    assert PostIt.objects.count() == 1


def test_over_real_http_none_is_lost_none_is_twice_and_all_are_on_the_board() -> None:
    """A small one of what ``python -m bench.board`` measures; how long it takes is for there."""
    outcome = board.run(phones=12, seconds=1.0, each=3)
    assert outcome.failed == []
    assert len(outcome.taken) == 36
    assert sorted(outcome.stored) == sorted(outcome.taken)
    assert outcome.seen.keys() >= outcome.taken.keys()
