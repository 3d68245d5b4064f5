"""One's own mail: what comes without ever choosing, and what is chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.enums import Role
from branches.models import AuditEntry, Branch, Membership, User
from branches.viewer import Viewer
from notifications.enums import Kind
from notifications.models import Preference, Reader
from notifications.queries.choices import chosen
from notifications.services import preferences
from notifications.services.preferences import Choice
from tests.clock import FIRST_DAY, FixedClock
from tests.factories import (
    BranchFactory,
    MembershipFactory,
    NationalOfficerFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
PAGE = "/ik/berichten/"
HOLIDAY = FIRST_DAY + timedelta(days=14)
IN_ENGLISH: dict[str, Any] = {"headers": {"accept-language": "en"}}


@pytest.fixture
def branch() -> Branch:
    return BranchFactory(name="Harlingen")


@pytest.fixture
def chair(branch: Branch) -> User:
    user: User = MembershipFactory(branch=branch, user__language="en").user
    return user


@pytest.fixture
def board(client: Client, sign_in: Callable[..., Client], chair: User) -> Client:
    return sign_in(client, chair)


def text_of(client: Client) -> str:
    return " ".join(client.get(PAGE, **IN_ENGLISH).content.decode().split())


def filled(branch: Branch, *kinds: Kind, **more: Any) -> dict[str, Any]:
    """Return the form with these kinds ticked."""
    return {"hour": "8"} | {f"b{branch.pk}-{kind}": "on" for kind in kinds} | more


def test_without_ever_opening_the_page_everything_comes_at_eight(board: Client) -> None:
    text = text_of(board)
    assert "Now you get at most one mail a day, at 8:00, about Harlingen" in text
    assert text.count("checked") == len(Kind.values)
    assert not Reader.objects.exists()
    assert not Preference.objects.exists()
    assert not AuditEntry.objects.exists()


def test_everything_is_saved_with_one_button(board: Client, branch: Branch, chair: User) -> None:
    data = filled(branch, Kind.DEADLINES, Kind.WEEKLY, hour="21", paused_until=str(HOLIDAY))
    response = board.post(PAGE, data | {f"b{branch.pk}-pause": str(FIRST_DAY)})
    assert (response.status_code, response["Location"]) == (302, PAGE)
    reader = Reader.objects.get(user=chair)
    assert (reader.digest_hour, reader.paused_until) == (21, HOLIDAY)
    row = Preference.objects.get(user=chair, branch=branch)
    assert [kind for kind in Kind.values if getattr(row, kind)] == ["deadlines", "weekly"]
    assert row.paused_until == FIRST_DAY
    trail = AuditEntry.objects.get()
    assert (trail.verb, trail.branch, trail.actor) == (
        "notifications.preferences_changed",
        None,
        chair,
    )


def test_saving_what_is_so_already_writes_nothing(board: Client, branch: Branch) -> None:
    for _ in range(2):
        board.post(PAGE, filled(branch, *Kind))
    assert not Reader.objects.exists()
    assert not Preference.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_pause_says_until_when_and_is_over_by_itself(board: Client, branch: Branch) -> None:
    board.post(PAGE, filled(branch, *Kind, paused_until=str(HOLIDAY)))
    assert "no mail until and including Mon 18 October 2021" in text_of(board)
    FixedClock.set_today(HOLIDAY + timedelta(days=1))
    text = text_of(board)
    assert "Now you get at most one mail a day" in text
    assert str(HOLIDAY) not in text


def test_of_two_branches_only_the_one_that_is_not_paused_is_named(
    board: Client, branch: Branch, chair: User
) -> None:
    zwolle = BranchFactory(name="Zwolle")
    MembershipFactory(user=chair, branch=zwolle, role=Role.COUNCIL_GROUP)
    assert "about Harlingen and Zwolle;" in text_of(board)
    Preference.objects.create(user=chair, branch=branch, paused_until=HOLIDAY)
    assert "about Zwolle;" in text_of(board)
    nothing = dict.fromkeys(["deadlines", "meetings", "assignments", "ten", "office"], False)
    Preference.objects.create(user=chair, branch=zwolle, **nothing)
    assert "You get no reminders now." in text_of(board)


@pytest.mark.parametrize(
    ("until", "says"),
    [
        (FIRST_DAY - timedelta(days=1), "This day is over."),
        (FIRST_DAY + timedelta(days=367), "A pause lasts a year at most"),
        (date.max, "A pause lasts a year at most"),
        ("gisteren", "Enter a valid date."),
    ],
)
def test_a_pause_that_cannot_be_meant_is_asked_again(
    board: Client, branch: Branch, until: object, says: str
) -> None:
    for field in ("paused_until", f"b{branch.pk}-pause"):
        data = filled(branch, Kind.WEEKLY, **{field: str(until)})
        response = board.post(PAGE, data, **IN_ENGLISH)
        assert response.status_code == 200
        assert says in response.content.decode()
    assert not Preference.objects.exists()
    assert not Reader.objects.exists()


@pytest.mark.parametrize("hour", ["5", "23", "-1", "8.5", "acht", ""])
def test_an_hour_at_which_nobody_reads_is_refused(board: Client, branch: Branch, hour: str) -> None:
    assert board.post(PAGE, filled(branch, hour=hour)).status_code == 200
    assert not Reader.objects.exists()


def test_nobody_chooses_for_a_branch_that_is_not_theirs(board: Client, branch: Branch) -> None:
    elsewhere = BranchFactory()
    mine = filled(branch, *Kind)
    board.post(PAGE, mine | {f"b{elsewhere.pk}-pause": str(HOLIDAY), "nl-pause": str(HOLIDAY)})
    assert not Preference.objects.exists()


def test_a_member_is_asked_only_about_what_reaches_members_and_what_is_off(
    viewer_for: Callable[[User], Viewer], branch: Branch
) -> None:
    member: User = MembershipFactory(branch=branch, role=Role.MEMBER).user
    (row,) = chosen(viewer=viewer_for(member)).rows
    assert row.kinds == {Kind.MEETINGS: True, Kind.OFFICE: True}
    Preference.objects.create(user=member, branch=branch, weekly=False)
    (row,) = chosen(viewer=viewer_for(member)).rows
    assert row.kinds == {Kind.MEETINGS: True, Kind.WEEKLY: False, Kind.OFFICE: True}


def test_what_is_not_on_the_page_stays_as_it_was(
    client: Client, sign_in: Callable[..., Client], branch: Branch
) -> None:
    member: User = MembershipFactory(branch=branch, role=Role.MEMBER).user
    left: Branch = MembershipFactory(user=member, ended_on=FIRST_DAY).branch
    Preference.objects.create(user=member, branch=left, people=False)
    sign_in(client, member).post(PAGE, filled(branch))
    row = Preference.objects.get(user=member, branch=branch)
    assert [kind for kind in Kind.values if not getattr(row, kind)] == ["meetings", "office"]
    assert Preference.objects.get(user=member, branch=left).people is False


def test_an_ended_role_leaves_the_page_and_comes_back_as_it_was_chosen(
    board: Client, branch: Branch, chair: User
) -> None:
    board.post(PAGE, filled(branch, Kind.WEEKLY))
    Membership.objects.filter(user=chair).update(ended_on=FIRST_DAY)
    text = text_of(board)
    assert "You get no reminders now." in text
    assert "Harlingen" not in text
    MembershipFactory(user=chair, branch=branch)
    assert text_of(board).count("checked") == 1


def test_the_national_office_chooses_about_the_country(
    client: Client, sign_in: Callable[..., Client]
) -> None:
    officer = NationalOfficerFactory().user
    sign_in(client, officer)
    assert "about the whole country;" in text_of(client)
    client.post(PAGE, {"hour": "7", "nl-pause": str(HOLIDAY)})
    row = Preference.objects.get(user=officer)
    assert (row.branch, row.weekly, row.deadlines) == (None, False, True)
    assert row.paused_until == HOLIDAY
    assert Reader.objects.get(user=officer).digest_hour == 7


def test_who_gets_no_mail_because_it_comes_back_reads_why(board: Client, chair: User) -> None:
    User.objects.filter(pk=chair.pk).update(mail_refused_on=FIRST_DAY)
    assert f"Mail to {chair.email} came back on Mon 4 October 2021" in text_of(board)


def test_somebody_without_a_role_can_choose_their_hour(
    client: Client, sign_in: Callable[..., Client]
) -> None:
    user: User = UserFactory()
    sign_in(client, user)
    assert client.post(PAGE, {"hour": "22"}).status_code == 302
    assert Reader.objects.get(user=user).digest_hour == 22


def test_the_page_asks_as_many_questions_for_three_branches_as_for_one(
    board: Client, chair: User
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            board.get(PAGE)
        return len(caught)

    one = asked()
    for _ in range(2):
        MembershipFactory(user=chair)
    assert asked() == one


def test_the_service_saves_all_or_nothing(
    chair: User, branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> None:
        raise OSError(28, "disk full")

    monkeypatch.setattr("branches.audit.record", full)
    with pytest.raises(OSError, match="disk full"):
        preferences.save(
            by=chair,
            hour=9,
            paused_until=None,
            choices=[Choice(branch_id=branch.pk, kinds={"weekly": False})],
            today=FIRST_DAY,
        )
    assert not Reader.objects.exists()
    assert not Preference.objects.exists()


def test_ones_own_page_leads_here(board: Client) -> None:
    text = board.get(reverse("branches:profile")).content.decode()
    assert f'href="{PAGE}"' in text
