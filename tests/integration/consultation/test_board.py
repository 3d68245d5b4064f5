"""The board of a session: the phases, sorting, and what looking costs (R82 … R84)."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.enums import Role
from consultation.enums import SessionPhase
from consultation.models import Contribution, PostIt, Session
from consultation.queries.board import board_of
from consultation.services import clusters, participants, post_its, sessions
from consultation.services.post_its import PhaseOver
from core.refusal import Refused
from process.enums import MeetingStatus
from process.models import Milestone
from tests.clock import FIRST_DAY
from tests.consultation_factories import consultation_of, gathering_of, session_of
from tests.factories import MembershipFactory, UserFactory
from tests.live_sessions import live, moved, phone, texts, write

pytestmark = pytest.mark.django_db


def test_two_who_press_at_once_move_it_once() -> None:
    session = live()
    moved(session, SessionPhase.CLUSTER)
    with pytest.raises(Refused):
        sessions.move(
            session=session,
            to=SessionPhase.CLUSTER,
            seen=SessionPhase.COLLECT,
            by=UserFactory.create(),
            today=FIRST_DAY,
        )
    assert Session.objects.get().phase == SessionPhase.CLUSTER


def test_going_back_to_collecting_keeps_the_code() -> None:
    session = live()
    code = session.code
    session = moved(session, SessionPhase.CLUSTER, SessionPhase.COLLECT)
    assert session.code == code
    assert write(phone(session), session, "Weer open").status_code == 302


def test_when_the_last_session_closes_the_gathering_was_held_and_the_milestone_hears_it() -> None:
    session = live()
    moved(session, *SessionPhase.values[2:])
    gathering = session.gathering
    gathering.meeting.refresh_from_db()
    assert gathering.meeting.status == MeetingStatus.HELD
    milestone = Milestone.objects.get(timeline=gathering.consultation.timeline, key="input_open")
    assert (milestone.progress_done, milestone.progress_total) == (2, 2)


def test_a_cancelled_gathering_opens_no_session() -> None:
    session = session_of(gathering_of(consultation_of(), status=MeetingStatus.CANCELLED))
    with pytest.raises(Refused):
        moved(session, SessionPhase.COLLECT)


def test_sorting_loses_nothing() -> None:
    session = live()
    client = phone(session)
    for text in ("Bankjes", "Bomen", "Bussen"):
        write(client, session, text)
    by = UserFactory.create()
    notes = list(PostIt.objects.order_by("id"))
    with pytest.raises(Refused):
        clusters.add(session=session, title="Groen", post_its=notes, by=by, today=FIRST_DAY)
    session = moved(session, SessionPhase.CLUSTER)
    group = clusters.add(session=session, title="Groen", post_its=notes[:2], by=by, today=FIRST_DAY)
    same = clusters.add(session=session, title="groen", post_its=[], by=by, today=FIRST_DAY)
    assert same == group
    board = board_of(session)
    assert [note.text for note in board.loose] == ["Bussen"]
    assert [[note.text for note in column.notes] for column in board.columns] == [
        ["Bankjes", "Bomen"]
    ]
    clusters.say_discussed(cluster=group, discussed=False, by=by, today=FIRST_DAY)
    assert [column.cluster for column in board_of(session).undiscussed] == [group]
    group.refresh_from_db()
    clusters.dissolve(cluster=group, by=by, today=FIRST_DAY)
    assert len(board_of(session).loose) == board.count == 3


def test_what_is_typed_from_paper_comes_in_once() -> None:
    session = session_of(gathering_of(consultation_of()))
    common: dict[str, Any] = {
        "session": session,
        "lines": ["Bomen", "Bussen"],
        "cluster": None,
        "role": "",
        "by": UserFactory.create(),
        "submission": uuid.uuid4(),
        "today": FIRST_DAY,
    }
    assert post_its.type_in(**common) == 2
    assert post_its.type_in(**common) == 0
    assert texts() == ["Bomen", "Bussen"]
    with pytest.raises(Refused):
        post_its.type_in(**common | {"lines": ["x" * 501], "submission": uuid.uuid4()})
    with pytest.raises(Refused):
        post_its.type_in(**common | {"lines": ["x"] * 201, "submission": uuid.uuid4()})
    assert len(texts()) == 2


def test_a_note_taken_off_the_board_is_still_among_all_input() -> None:
    session = live()
    write(phone(session), session, "Scheldwoord")
    note = PostIt.objects.get()
    post_its.take_off(post_it=note, by=UserFactory.create(), today=FIRST_DAY)
    assert not PostIt.objects.exists()
    assert Contribution.objects.listed().count() == 1


def test_posting_takes_few_statements(django_assert_max_num_queries: Any) -> None:
    session = live()
    client = phone(session)
    # Who it is, and the six of the service with its two savepoints; nothing for looking.
    with django_assert_max_num_queries(10):
        write(client, session, "Bankjes")


def test_the_board_asks_little_when_nothing_changed(
    sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    session = live()
    branch = session.gathering.consultation.branch
    person = MembershipFactory(branch=branch, role=Role.BOARD).user
    client = sign_in(Client(), person)
    page = reverse("consultation:session_board", args=[branch.slug, session.pk])
    seen = Session.objects.get().changes
    with django_assert_max_num_queries(7):
        assert client.get(page, {"vanaf": seen}).status_code == 204
    write(phone(session), session, "Nieuw op het bord")
    answer = client.get(page, {"vanaf": seen})
    assert "Nieuw op het bord" in answer.content.decode()
    large = client.get(page, {"vanaf": seen, "scherm": "1"})
    assert "screen" in large.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_is_three_queries_however_much_hangs_on_it(
    count: int, django_assert_num_queries: Any
) -> None:
    session = live()
    for number in range(count):
        client = phone(session)
        write(client, session, f"Punt {number}")
    moved(session, SessionPhase.CLUSTER)
    for note in PostIt.objects.all():
        clusters.add(
            session=session,
            title=f"Groep {note.pk}",
            post_its=[note],
            by=UserFactory.create(),
            today=FIRST_DAY,
        )
    with django_assert_num_queries(3):
        board_of(session)


def test_a_late_press_raises_what_the_page_knows() -> None:
    session = live()
    person = participants.join(
        session=session, token="een", role="resident", is_member=None, today=FIRST_DAY
    )
    moved(session, SessionPhase.CLUSTER)
    with pytest.raises(PhaseOver):
        post_its.post(participant=person, text="Bankjes", submission=uuid.uuid4(), today=FIRST_DAY)
