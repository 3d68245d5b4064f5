"""The committee: seats, people approached, and diversity in totals only. (R7, R9–R14, R40.)"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core import serializers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.audit import sentence
from branches.enums import Role
from branches.models import AuditEntry, Membership, User
from process.enums import ApproachAnswer, ApproachReason, CommitteeRole, DecisionKind
from process.models import ApproachedPerson, CommitteeSeat, Timeline
from process.queries.committee import mix_of
from process.services.committee import SeatRefused, end_seat
from tests.factories import MembershipFactory, NationalOfficerFactory
from tests.integration import committee_stage as stage
from tests.integration.committee_stage import (
    TODAY,
    approached_form,
    seat_form,
    seat_with_account,
    url,
)
from tests.process_factories import (
    ApproachedPersonFactory,
    CommitteeSeatFactory,
    TimelineFactory,
    decide,
)

pytestmark = pytest.mark.django_db
as_role, board, desk, timeline = (
    stage.as_role,
    stage.board,
    stage.desk,
    stage.timeline,
)


# --- seats --------------------------------------------------------------------------------------


def test_somebody_without_an_account_takes_a_seat(desk: Client, timeline: Timeline) -> None:
    answer = desk.post(url("seat_new", timeline), seat_form(is_party_member=""))
    assert answer["Location"] == url("committee", timeline)
    seat = CommitteeSeat.objects.get()
    assert (seat.name, seat.user, seat.role) == ("Fatima de Boer", None, CommitteeRole.WRITER)
    assert not seat.is_party_member
    content = desk.get(answer["Location"]).content.decode()
    assert "Fatima de Boer" in content
    entry = AuditEntry.objects.get(verb="committee.seat_added")
    assert "Fatima de Boer" in sentence(entry)
    timeline.refresh_from_db()
    assert timeline.last_activity_on == TODAY


def test_somebody_with_an_account_gets_the_role_once(desk: Client, timeline: Timeline) -> None:
    person = MembershipFactory(branch=timeline.branch, role=Role.MEMBER).user
    data = seat_form(name="", user=person.pk)
    assert desk.post(url("seat_new", timeline), data).status_code == 302
    assert CommitteeSeat.objects.get().name == str(person)
    roles = Membership.objects.filter(user=person, branch=timeline.branch, ended_on=None)
    assert set(roles.values_list("role", flat=True)) == {Role.MEMBER, Role.COMMITTEE}
    again = desk.post(url("seat_new", timeline), data)
    assert again.status_code == 409
    assert CommitteeSeat.objects.count() == 1
    assert roles.count() == 2


def test_leaving_ends_the_role_that_went_with_the_seat(desk: Client, timeline: Timeline) -> None:
    seat = seat_with_account(timeline)
    answer = desk.post(url("seat_end", timeline, seat.pk), {"ended_on": TODAY.isoformat()})
    assert answer.status_code == 302
    seat.refresh_from_db()
    assert seat.ended_on == TODAY
    role = Membership.objects.get(user=seat.user, role=Role.COMMITTEE)
    assert role.ended_on == TODAY
    again = desk.post(url("seat_end", timeline, seat.pk), {"ended_on": TODAY.isoformat()})
    assert again.status_code == 409


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), date(2021, 3, 1)])
def test_a_seat_ends_between_its_first_day_and_today(
    timeline: Timeline, board: User, day: date
) -> None:
    seat = CommitteeSeatFactory(timeline=timeline)
    with pytest.raises(SeatRefused):
        end_seat(seat=seat, ended_on=day, by=board, today=TODAY)


def test_a_committee_member_adds_people_but_gives_no_roles(
    as_role: Callable[[Role], Client], timeline: Timeline
) -> None:
    client = as_role(Role.COMMITTEE)
    person = MembershipFactory(branch=timeline.branch, role=Role.MEMBER).user
    assert "user" not in client.get(url("seat_new", timeline)).context["form"].fields
    client.post(url("seat_new", timeline), seat_form(user=person.pk))
    assert CommitteeSeat.objects.get().user is None
    assert not Membership.objects.filter(user=person, role=Role.COMMITTEE).exists()
    seat = seat_with_account(timeline)
    answer = client.post(url("seat_end", timeline, seat.pk), {"ended_on": TODAY.isoformat()})
    assert answer.status_code == 409
    seat.refresh_from_db()
    assert seat.ended_on is None


def test_accounts_from_elsewhere_are_no_choice(desk: Client, timeline: Timeline) -> None:
    for outsider in (MembershipFactory(role=Role.MEMBER).user.pk, "9" * 5000, "x"):
        answer = desk.post(url("seat_new", timeline), seat_form(user=outsider))
        assert "user" in answer.context["form"].errors
        assert "Fatima de Boer" in answer.content.decode()
    former = MembershipFactory(branch=timeline.branch, role=Role.MEMBER, ended_on=TODAY)
    answer = desk.post(url("seat_new", timeline), seat_form(user=former.user.pk))
    assert "user" in answer.context["form"].errors
    assert not CommitteeSeat.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 100_000}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"role": "koning"}, "role"),
        ({"started_on": "gisteren"}, "started_on"),
    ],
)
def test_bad_input_for_a_seat(
    desk: Client, timeline: Timeline, wrong: dict[str, str], field: str
) -> None:
    answer = desk.post(url("seat_new", timeline), seat_form(**wrong))
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert not CommitteeSeat.objects.exists()


def test_a_seat_does_not_begin_tomorrow(desk: Client, timeline: Timeline) -> None:
    assert (
        desk.post(url("seat_new", timeline), seat_form(started_on="2021-10-05")).status_code == 409
    )


# --- the page -----------------------------------------------------------------------------------


def test_the_commission_stands_on_top(desk: Client, timeline: Timeline) -> None:
    empty = desk.get(url("committee", timeline)).content.decode()
    assert "soort=committee_and_commission" in empty
    decide(timeline, DecisionKind.SET_COMMISSION, day=date(2021, 3, 20), text="Schrijf het samen.")
    assert "Schrijf het samen." in desk.get(url("committee", timeline)).content.decode()


def test_a_branch_without_a_timeline_has_a_calm_page(
    client: Client, sign_in: Callable[..., Client]
) -> None:
    lonely = MembershipFactory(role=Role.BOARD)
    sign_in(client, lonely.user)
    address = reverse("process:committee", args=[lonely.branch.slug])
    assert client.get(address).status_code == 200
    for name in ("seat_new", "approached_new", "diversity"):
        assert client.get(reverse(f"process:{name}", args=[lonely.branch.slug])).status_code == 404


def test_the_page_asks_the_same_number_of_queries_for_one_and_for_three(
    desk: Client, timeline: Timeline, board: User
) -> None:
    def add(count: int) -> None:
        for _number in range(count):
            seat_with_account(timeline)
            CommitteeSeatFactory(timeline=timeline, ended_on=TODAY)
            ApproachedPersonFactory(timeline=timeline, asked_by=board)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(url("committee", timeline)).status_code == 200
        return len(queries)

    add(1)
    one = count()
    add(2)
    assert count() == one


# --- people approached --------------------------------------------------------------------------


def test_somebody_is_put_on_the_list_and_answers(
    desk: Client, timeline: Timeline, board: User
) -> None:
    answer = desk.post(url("approached_new", timeline), approached_form(asked_by=board.pk))
    assert answer.status_code == 302
    person = ApproachedPerson.objects.get()
    assert (person.why, person.asked_by, person.added_on) == ("surprise", board, TODAY)
    data = approached_form(answer="yes", revision=0)
    assert desk.post(url("approached_edit", timeline, person.pk), data).status_code == 302
    person.refresh_from_db()
    assert (person.answer, person.asked_by, person.revision) == ("yes", None, 1)
    content = desk.get(url("committee", timeline)).content.decode()
    assert "Joris Visser" in content


def test_the_second_saver_of_an_answer_gets_both(desk: Client, timeline: Timeline) -> None:
    person = ApproachedPersonFactory(timeline=timeline)
    address = url("approached_edit", timeline, person.pk)
    desk.post(address, approached_form(reason="Kent de haven", revision=0))
    answer = desk.post(address, approached_form(reason="Kent de wijk", revision=0))
    assert answer.status_code == 409
    assert "Kent de haven" in answer.content.decode()
    assert "Kent de wijk" in answer.content.decode()
    person.refresh_from_db()
    assert person.reason == "Kent de haven"


def test_the_history_names_nobody_who_was_approached(desk: Client, timeline: Timeline) -> None:
    desk.post(url("approached_new", timeline), approached_form())
    trail = serializers.serialize("json", AuditEntry.objects.all())
    assert "Joris" not in trail
    assert "andere ogen" not in trail


def test_the_mix_shows_what_is_missing(timeline: Timeline) -> None:
    yes, no = ApproachAnswer.YES, ApproachAnswer.NO
    people = [
        ApproachedPersonFactory(timeline=timeline, answer=yes),
        ApproachedPersonFactory(timeline=timeline, answer=no, in_party=True),
        ApproachedPersonFactory(timeline=timeline, why=ApproachReason.REALISM, answer=yes),
    ]
    mix = mix_of(people)
    assert [(share.done, share.joining, share.total) for share in mix.reasons] == [
        (2, 1, 3),
        (0, 0, 3),
        (1, 1, 3),
    ]
    assert (mix.outside, mix.joining, len(mix.missing)) == (2, 2, 1)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.COUNCIL_GROUP])
def test_names_are_for_board_and_committee(
    as_role: Callable[[Role], Client], timeline: Timeline, role: Role
) -> None:
    person = ApproachedPersonFactory(timeline=timeline, name="Naam-8c1f", reason="Reden-8c1f")
    client = as_role(role)
    content = client.get(url("committee", timeline)).content.decode()
    assert "8c1f" not in content
    for address in (
        url("approached_new", timeline),
        url("approached_edit", timeline, person.pk),
        url("seat_new", timeline),
    ):
        assert client.get(address).status_code == 403
        assert client.post(address, {}).status_code == 403
    assert "Naam-8c1f" in as_role(Role.COMMITTEE).get(url("committee", timeline)).content.decode()


def test_the_national_office_sees_the_mix_and_no_names(
    client: Client, sign_in: Callable[..., Client], timeline: Timeline
) -> None:
    ApproachedPersonFactory(timeline=timeline, name="Naam-8c1f")
    sign_in(client, NationalOfficerFactory().user)
    answer = client.get(url("committee", timeline))
    assert answer.status_code == 200
    assert "8c1f" not in answer.content.decode()


def test_another_branch_s_people_do_not_exist_here(desk: Client, timeline: Timeline) -> None:
    other = TimelineFactory()
    seat = CommitteeSeatFactory(timeline=other)
    person = ApproachedPersonFactory(timeline=other)
    for name, pk in (("seat_end", seat.pk), ("approached_edit", person.pk)):
        assert desk.get(url(name, timeline, pk)).status_code == 404
        data = {**approached_form(revision=0), "ended_on": TODAY.isoformat()}
        assert desk.post(url(name, timeline, pk), data).status_code == 404
    seat.refresh_from_db()
    person.refresh_from_db()
    assert (seat.ended_on, person.revision) == (None, 0)


# --- sent twice ---------------------------------------------------------------------------------


def test_a_form_that_is_sent_twice_leaves_one_seat(desk: Client, timeline: Timeline) -> None:
    desk.post(url("seat_new", timeline), seat_form())
    answer = desk.post(url("seat_new", timeline), seat_form(name="fatima de boer"))
    assert answer.status_code == 409
    assert "fatima de boer zit al in de commissie" in answer.content.decode()
    seat = CommitteeSeat.objects.get()
    seat.ended_on = TODAY
    seat.save()
    assert desk.post(url("seat_new", timeline), seat_form()).status_code == 302


def test_a_form_that_is_sent_twice_asks_somebody_once(desk: Client, timeline: Timeline) -> None:
    desk.post(url("approached_new", timeline), approached_form())
    answer = desk.post(url("approached_new", timeline), approached_form())
    assert answer.status_code == 409
    assert "staat al op de lijst" in answer.content.decode()
    assert ApproachedPerson.objects.count() == 1
