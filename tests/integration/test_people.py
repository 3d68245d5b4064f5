"""Members and roles: pages, who may do what, ending, leaving, handing over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches import ownership
from branches.enums import Role
from branches.models import AuditEntry, Branch, Invitation, Membership, User
from branches.services import memberships
from branches.services.errors import LastOfTheBoard, NoSuccessor
from tests.factories import (
    BranchFactory,
    InvitationFactory,
    MembershipFactory,
    NationalOfficerFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


class Bag:
    """One kind of thing that people own: lines by person."""

    def __init__(self) -> None:
        self.of: dict[int, list[str]] = {}
        self.nobody: list[str] = []

    def owned(self, *, user: User, branch: Branch) -> list[str]:
        del branch
        return self.of.get(user.pk, [])

    def hand_over(
        self, *, user: User, branch: Branch, to: User | None, by: User, today: date
    ) -> int:
        del branch, by, today
        lines = self.of.pop(user.pk, [])
        (self.nobody if to is None else self.of.setdefault(to.pk, [])).extend(lines)
        return len(lines)


@pytest.fixture
def bag(monkeypatch: pytest.MonkeyPatch) -> Bag:
    bag = Bag()
    monkeypatch.setattr(ownership, "kinds", lambda: (bag,))
    return bag


@pytest.fixture
def branch() -> Branch:
    return BranchFactory(name="Harlingen", slug="harlingen")


@pytest.fixture
def chair(branch: Branch) -> Membership:
    return MembershipFactory(branch=branch, user__name="Anneke de Vries", function="voorzitter")


@pytest.fixture
def board(client: Client, sign_in: SignIn, chair: Membership) -> Client:
    return sign_in(client, chair.user)


def url(name: str, branch: Branch, *args: int) -> str:
    return reverse(f"branches:{name}", args=[branch.slug, *args])


def test_the_page_says_who_is_what_since_when(board: Client, branch: Branch) -> None:
    MembershipFactory(branch=branch, role=Role.COMMITTEE, user__name="Karim Bouzid")
    MembershipFactory(
        branch=branch,
        role=Role.COUNCIL_GROUP,
        user__name="Joke Postma",
        started_on=date(2018, 3, 29),
        ended_on=date(2020, 5, 1),
    )
    page = board.get(url("people", branch)).content.decode()
    assert "Anneke de Vries, voorzitter" in page
    assert "Karim Bouzid" in page
    assert "Joke Postma" in page.split('id="former"')[1]


def test_the_page_costs_the_same_with_one_and_three_members(board: Client, branch: Branch) -> None:
    address = url("people", branch)
    board.get(address)
    before = _queries(board, address)
    for role in (Role.BOARD, Role.COMMITTEE, Role.MEMBER):
        MembershipFactory(branch=branch, role=role)
        MembershipFactory(branch=branch, role=role, ended_on=date(2021, 5, 1))
        InvitationFactory(branch=branch, role=role)
    assert _queries(board, address) == before


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


@pytest.mark.parametrize(
    ("role", "status", "addresses"),
    [
        (Role.BOARD, 200, True),
        (Role.COMMITTEE, 200, False),
        (Role.COUNCIL_GROUP, 200, False),
        (Role.MEMBER, 403, False),
    ],
)
def test_addresses_are_for_the_board(
    sign_in: SignIn, chair: Membership, role: Role, status: int, *, addresses: bool
) -> None:
    reader = MembershipFactory(branch=chair.branch, role=role).user
    nameless = MembershipFactory(branch=chair.branch, user__name="").user
    response = sign_in(Client(), reader).get(url("people", chair.branch))
    assert response.status_code == status
    assert (chair.user.email in response.content.decode()) is addresses
    assert (nameless.email in response.content.decode()) is addresses


def test_outsiders_do_not_learn_that_a_branch_exists(
    client: Client, sign_in: SignIn, chair: Membership
) -> None:
    stranger = MembershipFactory().user
    sign_in(client, stranger)
    for name in ("people", "invite", "history", "settings", "leave"):
        assert client.get(url(name, chair.branch)).status_code == 404
    assert client.get(reverse("branches:people", args=["bestaat-niet"])).status_code == 404


def test_a_function_is_changed_and_told(board: Client, chair: Membership) -> None:
    address = url("function", chair.branch, chair.pk)
    response = board.post(address, {"function": "penning\r\nmeester", "role": "member"})
    assert response.status_code == 302
    chair.refresh_from_db()
    assert (chair.function, chair.role) == ("penning meester", Role.BOARD)
    assert AuditEntry.objects.get().verb == "branches.function_changed"
    board.post(address, {"function": "penning meester"})
    assert AuditEntry.objects.count() == 1
    board.post(address, {"function": ""})
    last = AuditEntry.objects.first()
    assert last is not None
    assert last.verb == "branches.function_removed"


@pytest.mark.parametrize("function", ["x" * 100_000, "a\x00b"])
def test_a_function_that_cannot_be_is_refused(
    board: Client, chair: Membership, function: str
) -> None:
    response = board.post(url("function", chair.branch, chair.pk), {"function": function})
    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    chair.refresh_from_db()
    assert chair.function == "voorzitter"


@pytest.mark.parametrize("name", ["function", "end"])
def test_a_forged_id_changes_nothing(board: Client, branch: Branch, name: str) -> None:
    elsewhere = MembershipFactory()
    ended = MembershipFactory(branch=branch, ended_on=date(2021, 9, 1))
    for pk in (elsewhere.pk, ended.pk, 2**70, 10**500):
        response = board.post(
            f"/afdeling/{branch.slug}/leden/{pk}/{_part(name)}/", {"function": "x"}
        )
        assert response.status_code == 404
    elsewhere.refresh_from_db()
    assert (elsewhere.ended_on, elsewhere.function) == (None, "")
    assert not AuditEntry.objects.exists()


def _part(name: str) -> str:
    return {"function": "functie", "end": "beeindigen"}[name]


def test_ending_shows_what_moves_and_moves_it(
    board: Client, chair: Membership, bag: Bag, today: date
) -> None:
    leaving = MembershipFactory(branch=chair.branch, role=Role.COMMITTEE, user__name="Karim")
    MembershipFactory(branch=chair.branch, role=Role.MEMBER, user__name="Gewoon Lid")
    bag.of[leaving.user.pk] = ["Inventarisatie", "Eerste versie"]
    address = url("end", chair.branch, leaving.pk)
    page = board.get(address).content.decode()
    assert "Inventarisatie" in page
    assert "Anneke de Vries" in page
    assert "Gewoon Lid" not in page
    leaving.refresh_from_db()
    assert leaving.ended_on is None

    assert board.post(address, {"to": chair.user.pk}).status_code == 302
    leaving.refresh_from_db()
    assert leaving.ended_on == today
    assert bag.of == {chair.user.pk: ["Inventarisatie", "Eerste versie"]}
    assert set(AuditEntry.objects.values_list("verb", flat=True)) == {
        "branches.ended.committee",
        "branches.handed_over",
    }


def test_a_role_that_ended_is_out_at_the_next_request(
    board: Client, chair: Membership, sign_in: SignIn
) -> None:
    leaving = MembershipFactory(branch=chair.branch, role=Role.COMMITTEE)
    other = sign_in(Client(), leaving.user)
    assert other.get(url("people", chair.branch)).status_code == 200
    board.post(url("end", chair.branch, leaving.pk))
    assert other.get(url("people", chair.branch)).status_code == 404


def test_a_second_working_role_keeps_what_was_owned(
    board: Client, chair: Membership, bag: Bag
) -> None:
    leaving = MembershipFactory(branch=chair.branch, role=Role.COMMITTEE)
    MembershipFactory(branch=chair.branch, role=Role.COUNCIL_GROUP, user=leaving.user)
    bag.of[leaving.user.pk] = ["Inventarisatie"]
    assert "Inventarisatie" not in board.get(url("end", chair.branch, leaving.pk)).content.decode()
    board.post(url("end", chair.branch, leaving.pk))
    assert bag.of == {leaving.user.pk: ["Inventarisatie"]}


def test_a_successor_from_elsewhere_is_refused(
    board: Client, chair: Membership, bag: Bag, today: date
) -> None:
    leaving = MembershipFactory(branch=chair.branch, role=Role.COMMITTEE)
    stranger = MembershipFactory().user
    bag.of[leaving.user.pk] = ["Inventarisatie"]
    response = board.post(url("end", chair.branch, leaving.pk), {"to": stranger.pk})
    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    with pytest.raises(NoSuccessor):
        memberships.end_membership(by=chair.user, membership=leaving, to=stranger, today=today)
    leaving.refresh_from_db()
    assert leaving.ended_on is None
    assert bag.of[leaving.user.pk] == ["Inventarisatie"]


def test_the_last_board_member_stays(board: Client, chair: Membership, today: date) -> None:
    for address in (url("end", chair.branch, chair.pk), url("leave", chair.branch)):
        for response in (board.get(address), board.post(address)):
            assert response.status_code == 409
            assert "Anneke de Vries" in response.content.decode()
    with pytest.raises(LastOfTheBoard):
        memberships.leave(by=chair.user, branch=chair.branch, to=None, today=today)
    chair.refresh_from_db()
    assert chair.ended_on is None


def test_the_national_office_may_end_the_last_seat(
    client: Client, sign_in: SignIn, chair: Membership, today: date
) -> None:
    officer = NationalOfficerFactory().user
    response = sign_in(client, officer).post(url("end", chair.branch, chair.pk))
    assert response.status_code == 302
    chair.refresh_from_db()
    assert chair.ended_on == today


def test_leaving_ends_all_ones_roles_and_asks_the_board(
    client: Client, sign_in: SignIn, chair: Membership, bag: Bag, today: date
) -> None:
    committee = MembershipFactory(branch=chair.branch, role=Role.COMMITTEE)
    member = MembershipFactory(branch=chair.branch, role=Role.MEMBER, user=committee.user)
    elsewhere = MembershipFactory(user=committee.user)
    bag.of[committee.user.pk] = ["Inventarisatie"]
    sign_in(client, committee.user)
    assert client.get(url("leave", chair.branch)).status_code == 200
    assert client.post(url("leave", chair.branch), {"to": ""}).status_code == 302
    for membership in (committee, member, elsewhere):
        membership.refresh_from_db()
    assert (committee.ended_on, member.ended_on, elsewhere.ended_on) == (today, today, None)
    assert bag.nobody == ["Inventarisatie"]
    assert client.get(url("leave", chair.branch)).status_code == 404


def test_who_has_no_role_cannot_leave(client: Client, sign_in: SignIn, chair: Membership) -> None:
    officer = NationalOfficerFactory().user
    assert sign_in(client, officer).post(url("leave", chair.branch)).status_code == 403


def test_leaving_nowhere_does_nothing(chair: Membership, today: date) -> None:
    assert memberships.leave(by=UserFactory(), branch=chair.branch, to=None, today=today) == 0
    assert not AuditEntry.objects.exists()


def test_only_the_board_changes_people(client: Client, sign_in: SignIn, chair: Membership) -> None:
    reader = MembershipFactory(branch=chair.branch, role=Role.COMMITTEE).user
    waiting = InvitationFactory(branch=chair.branch)
    sign_in(client, reader)
    for name, pk in (("function", chair.pk), ("end", chair.pk), ("invite_again", waiting.pk)):
        assert client.post(url(name, chair.branch, pk)).status_code == 403
    assert client.get(url("invite", chair.branch)).status_code == 403
    assert Invitation.objects.filter(withdrawn_on=None).count() == 1
