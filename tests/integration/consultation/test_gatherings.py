"""Gatherings as the branch plans them, and what its pages let people do (R25, R27, R78 … R90)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.enums import Role
from branches.models import User
from consultation.models import Channel, Cluster, Gathering, Participant, PostIt, Session
from consultation.queries import gatherings as queries
from consultation.services import clusters, gatherings, participants, post_its, sessions
from consultation.services.gatherings import GatheringPlan
from core.concurrency import Stale
from core.refusal import Refused
from process.enums import MeetingKind, MeetingStatus
from process.forms.meetings import MeetingEditForm, MeetingForm
from process.models import Milestone
from tests.clock import FIRST_DAY
from tests.consultation_factories import consultation_of, gathering_of, session_of
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

COMING = FIRST_DAY + timedelta(days=20)


def planned(day: date = COMING, **fields: Any) -> Gathering:
    """Return a gathering as a branch plans it."""
    return gatherings.plan_gathering(
        consultation=consultation_of(),
        plan=GatheringPlan(title="Inbrengavond", day=day, **fields),
        by=UserFactory.create(),
        today=FIRST_DAY,
    )


@pytest.fixture
def committee(sign_in: Callable[..., Client]) -> Callable[[Gathering], Client]:
    """Return somebody of the committee of the gathering's branch, signed in."""

    def enter(row: Gathering) -> Client:
        branch = row.consultation.branch
        person: User = MembershipFactory(branch=branch, role=Role.COMMITTEE).user
        return sign_in(Client(), person)

    return enter


def address(name: str, row: Gathering | Session | Cluster | PostIt, gathering: Gathering) -> str:
    return reverse(f"consultation:{name}", args=[gathering.consultation.branch.slug, row.pk])


def test_a_gathering_is_a_meeting_that_everybody_may_come_to() -> None:
    row = planned(place="Dorpshuis")
    assert row.meeting.kind == MeetingKind.GATHERING
    assert row.meeting.is_public
    assert row.channel.kind == "meeting"
    assert row.channel.opened_on == FIRST_DAY


def test_with_a_link_and_no_place_it_counts_as_an_online_session() -> None:
    row = planned(link="https://voorbeeld.nl/zoom")
    assert (row.channel.kind, row.channel.nature) == ("online_session", "digital")
    assert planned(link="https://voorbeeld.nl/zoom", place="Zaal").channel.kind == "meeting"


def test_a_closed_channel_is_left_closed() -> None:
    consultation = consultation_of()
    old = Channel.objects.get(consultation=consultation, kind="meeting")
    Channel.objects.filter(pk=old.pk).update(opened_on=FIRST_DAY, closed_on=FIRST_DAY)
    row = gatherings.plan_gathering(
        consultation=consultation,
        plan=GatheringPlan(title="Avond", day=COMING),
        by=UserFactory.create(),
        today=FIRST_DAY,
    )
    assert row.channel != old


def test_input_cannot_end_before_the_gathering() -> None:
    with pytest.raises(Refused):
        planned(closes_on=COMING - timedelta(days=1))
    assert not Gathering.objects.exists()


def test_changing_it_changes_its_meeting_and_two_at_once_do_not_overwrite() -> None:
    row = planned(place="Dorpshuis")
    common: dict[str, Any] = {
        "gathering": row,
        "plan": GatheringPlan(title="Inbrengavond", day=COMING, place="Sportclub"),
        "revision": row.revision,
        "meeting_revision": row.meeting.revision,
        "by": UserFactory.create(),
        "today": FIRST_DAY,
    }
    gatherings.change_gathering(**common)
    row.meeting.refresh_from_db()
    assert row.meeting.place == "Sportclub"
    for late in ({}, {"revision": row.revision}):
        with pytest.raises(Stale):
            gatherings.change_gathering(**common | late)


def test_the_form_of_meetings_leaves_gatherings_to_their_own_page() -> None:
    row = planned()
    offered = [key for key, _label in MeetingForm().fields["kind"].choices]  # type: ignore[attr-defined]
    assert "gathering" not in offered
    form = MeetingEditForm(initial=MeetingEditForm.initial_of(row.meeting))
    kinds = [key for key, _label in form.fields["kind"].choices]  # type: ignore[attr-defined]
    assert kinds == ["gathering"]


def test_it_took_place_and_the_milestone_hears_it() -> None:
    row = planned(day=FIRST_DAY)
    by = UserFactory.create()
    gatherings.hold_gathering(gathering=row, by=by, today=FIRST_DAY)
    gatherings.hold_gathering(gathering=row, by=by, today=FIRST_DAY)
    row.meeting.refresh_from_db()
    assert row.meeting.status == MeetingStatus.HELD
    milestone = Milestone.objects.get(timeline=row.consultation.timeline, key="input_open")
    assert milestone.progress_done == 2
    with pytest.raises(Refused):
        gatherings.hold_gathering(gathering=planned(), by=by, today=FIRST_DAY)


def test_three_ready_made_sessions_ask_the_three_questions(
    committee: Callable[[Gathering], Client],
) -> None:
    row = planned()
    committee(row).post(address("sessions_ready", row, row))
    assert row.sessions.count() == 3
    assert all(row.sessions.values_list("question", flat=True))


def test_a_session_in_which_something_happened_stays() -> None:
    empty, used = session_of(planned()), session_of(planned())
    by = UserFactory.create()
    sessions.remove(session=empty, by=by, today=FIRST_DAY)
    sessions.move(session=used, to="collect", seen="planned", by=by, today=FIRST_DAY)
    with pytest.raises(Refused):
        sessions.remove(session=used, by=by, today=FIRST_DAY)
    assert list(Session.objects.all()) == [used]


def test_people_without_a_phone_are_counted_by_role() -> None:
    row = planned()
    by = UserFactory.create()
    for role, is_member, count in (("resident", False, 12), ("alderman", True, 1)):
        participants.write_down(
            gathering=row, role=role, is_member=is_member, count=count, by=by, today=FIRST_DAY
        )
    found = queries.attendance(row)
    assert (found.total, found.members, found.others, found.unsaid) == (13, 1, 12, 0)
    assert [count for _role, count in found.roles] == [12, 1]
    assert list(Participant.objects.values_list("number", flat=True)) == list(range(1, 14))
    with pytest.raises(Refused):
        participants.write_down(
            gathering=row, role="resident", is_member=None, count=201, by=by, today=FIRST_DAY
        )


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_three_as_for_one(
    count: int, viewer_for: Any, django_assert_num_queries: Any
) -> None:
    consultation = consultation_of()
    for _row in range(count):
        session_of(gathering_of(consultation))
    person = MembershipFactory(branch=consultation.branch, role=Role.MEMBER).user
    viewer = viewer_for(person)
    with django_assert_num_queries(1):
        rows = list(queries.of_consultation(consultation, viewer=viewer))
    assert [row.tables for row in rows] == [1] * count  # type: ignore[attr-defined]


def test_notes_and_subthemes_of_another_session_are_not_found(
    committee: Callable[[Gathering], Client],
) -> None:
    """Neither of another branch nor of the table next to it."""
    row = planned()
    ours, next_to_it, elsewhere = session_of(row), session_of(row), session_of(planned())
    client, by = committee(row), UserFactory.create()
    for session in (ours, next_to_it, elsewhere):
        sessions.move(session=session, to="cluster", seen="planned", by=by, today=FIRST_DAY)
        clusters.add(session=session, title="Groen", post_its=[], by=by, today=FIRST_DAY)
    for session in (next_to_it, elsewhere):
        their = session.clusters.get()
        note = _note(session, by)
        move = address("notes_move", ours, row)
        assert client.post(move, {"note": [note.pk], "to": "loose"}).status_code == 404
        assert client.post(move, {"note": [], "to": their.pk}).status_code == 404
        mine = _note(ours, by)
        data = {"note": [mine.pk, note.pk], "to": ours.clusters.get().pk}
        assert client.post(move, data).status_code == 404
    assert not PostIt.objects.exclude(cluster=None).exists()


def test_the_board_moves_what_was_ticked(committee: Callable[[Gathering], Client]) -> None:
    row = planned()
    session, by = session_of(row), UserFactory.create()
    sessions.move(session=session, to="cluster", seen="planned", by=by, today=FIRST_DAY)
    first, second = _note(session, by), _note(session, by)
    client, move = committee(row), address("notes_move", session, row)
    client.post(move, {"note": [first.pk], "to": "new", "title": " Groen "})
    group = Cluster.objects.get()
    assert group.title == "Groen"
    client.post(move, {"note": [second.pk], "to": group.pk, "title": ""})
    assert group.post_its.count() == 2
    client.post(move, {"note": [first.pk], "to": "loose", "title": ""})
    assert list(group.post_its.all()) == [second]
    page = client.get(address("session", session, row)).content.decode()
    assert "Groen" in page


@pytest.mark.parametrize(
    "body",
    [
        {"to": "x" * 4000},
        {"to": "9" * 400},
        {"to": "-1"},
        {"note": ["9" * 30], "to": "loose"},
        {"note": ["\u0661"], "to": "loose"},
        {"title": "\x00", "to": "new"},
        {},
    ],
)
def test_what_nobody_ticks_is_not_found(
    body: dict[str, Any], committee: Callable[[Gathering], Client]
) -> None:
    row = planned()
    session = session_of(row, phase="cluster")
    assert committee(row).post(address("notes_move", session, row), body).status_code == 404
    assert not Cluster.objects.exists()


def test_a_name_that_is_a_script_stays_a_name(committee: Callable[[Gathering], Client]) -> None:
    row = planned()
    session, by = session_of(row), UserFactory.create()
    sessions.move(session=session, to="cluster", seen="planned", by=by, today=FIRST_DAY)
    _note(session, by, "<script>alert(1)</script>")
    client = committee(row)
    client.post(
        address("notes_move", session, row), {"to": "new", "title": "<img src=x onerror=alert(1)>"}
    )
    for name in ("session", "session_board", "session_screen"):
        page = client.get(address(name, session, row)).content.decode()
        assert "&lt;script&gt;" in page
        assert "<img" not in page


def test_a_subtheme_is_described_once_by_two_at_a_time(
    committee: Callable[[Gathering], Client],
) -> None:
    row = planned()
    session = session_of(row, phase="discuss")
    group = Cluster.objects.create(session=session, title="Groen")
    client, page = committee(row), address("cluster", group, row)
    form = {"title": "Groen", "question": "Waar?", "answer": "Overal", "revision": 0}
    assert client.post(page, form).status_code == 302
    group.refresh_from_db()
    assert (group.answer, group.discussed) == ("Overal", False)
    assert client.post(page, form | {"answer": "Nergens"}).status_code == 409
    assert client.post(address("cluster_discussed", group, row), {"discussed": "yes"}).status_code
    group.refresh_from_db()
    assert (group.answer, group.discussed) == ("Overal", True)


def test_another_theme_takes_the_notes_along() -> None:
    row = planned()
    session, by = session_of(row), UserFactory.create()
    note = _note(session, by)
    care = row.consultation.themes.get(classic="care")
    sessions.change(
        session=session,
        plan=sessions.SessionPlan(title="Zorg", theme=care),
        revision=session.revision,
        by=by,
        today=FIRST_DAY,
    )
    note.contribution.refresh_from_db()
    assert note.contribution.theme == care


def _note(session: Session, by: User, text: str = "Meer bomen") -> PostIt:
    post_its.type_in(
        session=session,
        lines=[text],
        cluster=None,
        role="",
        submission=uuid.uuid4(),
        by=by,
        today=FIRST_DAY,
    )
    return PostIt.objects.latest("id")
