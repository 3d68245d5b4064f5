"""Stopping a kind of mail from the mail itself: with the button, with one click, and back."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse

from branches.enums import Role
from branches.models import AuditEntry, Branch, Membership, User
from notifications.enums import Kind
from notifications.links import stop_token
from notifications.models import Preference
from notifications.models.choices import PreferenceQuerySet
from tests.clock import FIRST_DAY
from tests.factories import BranchFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def branch() -> Branch:
    return BranchFactory(name="Harlingen")


@pytest.fixture
def member(branch: Branch) -> User:
    user: User = MembershipFactory(branch=branch, role=Role.MEMBER).user
    return user


@pytest.fixture
def token(branch: Branch, member: User) -> str:
    return stop_token(user_id=member.pk, items=[(branch.pk, Kind.MEETINGS)])


@pytest.fixture
def visitor() -> Client:
    """A browser or mail program without a cookie, which is asked for its token of forms."""
    return Client(enforce_csrf_checks=True)


def page(token: str) -> str:
    return reverse("notifications:stop", args=[token])


def off(user: User) -> dict[str, list[int | None]]:
    """Return kind → the branches for which it is off."""
    found: dict[str, list[int | None]] = {}
    for row in Preference.objects.filter(user=user).order_by(F("branch").asc(nulls_first=True)):
        for kind in Kind.values:
            if not getattr(row, kind):
                found.setdefault(kind, []).append(row.branch_id)
    return found


def trail() -> list[tuple[str, int | None, int | None]]:
    return list(AuditEntry.objects.order_by("pk").values_list("verb", "branch_id", "actor_id"))


@pytest.mark.usefixtures("english")
def test_looking_says_what_would_stop_and_stops_nothing(
    visitor: Client, token: str, member: User
) -> None:
    for method in ("get", "head"):
        response = getattr(visitor, method)(page(token), headers={"accept-language": "en"})
        assert response.status_code == 200
        assert response["Referrer-Policy"] == "strict-origin"
        assert response["X-Robots-Tag"] == "noindex"
        assert "no-store" in response["Cache-Control"]
    text = visitor.get(page(token), headers={"accept-language": "en"}).content.decode()
    assert "Harlingen" in text
    assert "meetings" in text
    assert member.email not in text
    assert off(member) == {}
    assert trail() == []


def test_the_one_click_of_a_mail_program_needs_no_cookie_and_gets_no_redirect(
    visitor: Client, token: str, member: User, branch: Branch
) -> None:
    response = visitor.post(page(token), ONE_CLICK)
    assert response.status_code == 200
    assert off(member) == {"meetings": [branch.pk]}
    assert trail() == [("notifications.stopped", None, member.pk)]


def test_also_as_the_other_kind_of_form(visitor: Client, token: str, member: User) -> None:
    body = "List-Unsubscribe=One-Click"
    visitor.post(page(token), body, content_type="application/x-www-form-urlencoded")
    assert list(off(member)) == ["meetings"]


def test_the_button_leads_to_what_is_off_now(visitor: Client, token: str, member: User) -> None:
    response = visitor.post(page(token), {}, follow=True)
    assert response.redirect_chain == [(page(token), 302)]
    text = response.content.decode()
    assert reverse("notifications:resume", args=[token]) in text
    assert reverse("notifications:preferences") in text
    assert list(off(member)) == ["meetings"]


def test_twice_is_once(visitor: Client, token: str, member: User) -> None:
    for _ in range(3):
        assert visitor.post(page(token), ONE_CLICK).status_code == 200
    assert Preference.objects.filter(user=member).count() == 1
    assert len(trail()) == 1


def test_two_clicks_at_the_same_moment_are_one(
    visitor: Client, token: str, member: User, branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    Preference.objects.create(user=member, branch=branch, weekly=False)
    # The second click looked before the first one wrote.
    monkeypatch.setattr(PreferenceQuerySet, "select_for_update", PreferenceQuerySet.none)
    assert visitor.post(page(token), ONE_CLICK).status_code == 200
    assert off(member) == {"meetings": [branch.pk], "weekly": [branch.pk]}


def test_after_all_it_comes_again(client: Client, token: str, member: User) -> None:
    client.post(page(token))
    address = reverse("notifications:resume", args=[token])
    assert client.get(address).status_code == 405
    assert list(off(member)) == ["meetings"]
    response = client.post(address)
    ask = f'action="{page(token)}"'
    assert ask in client.get(page(token)).content.decode()
    back = client.get(response["Location"]).content.decode()
    assert ask not in back, "who switched it on is not asked at once whether it must stop"
    assert reverse("notifications:preferences") in back
    client.post(address)
    assert off(member) == {}
    assert [verb for verb, *_ in trail()] == ["notifications.stopped", "notifications.resumed"]


def test_another_site_cannot_switch_it_on_with_the_visitors_cookie(
    visitor: Client, token: str, member: User
) -> None:
    visitor.post(page(token), ONE_CLICK)
    assert visitor.post(reverse("notifications:resume", args=[token])).status_code == 403
    assert list(off(member)) == ["meetings"]


def test_only_this_kind_this_branch_and_this_person(
    visitor: Client, token: str, member: User, branch: Branch
) -> None:
    other: User = MembershipFactory(branch=branch).user
    Preference.objects.create(user=member, branch=branch, weekly=False, paused_until=FIRST_DAY)
    Preference.objects.create(user=member, branch=None)
    visitor.post(page(token), ONE_CLICK)
    assert off(member) == {"meetings": [branch.pk], "weekly": [branch.pk]}
    assert Preference.objects.get(user=member, branch=branch).paused_until == FIRST_DAY
    assert off(other) == {}


def test_a_link_over_branches_and_the_country(
    visitor: Client, member: User, branch: Branch
) -> None:
    items = [(branch.pk, "weekly"), (None, "weekly"), (branch.pk, "people"), (10**9, "people")]
    token = stop_token(user_id=member.pk, items=items)
    assert visitor.post(page(token), ONE_CLICK).status_code == 200
    assert off(member) == {"weekly": [None, branch.pk], "people": [branch.pk]}


def test_who_is_signed_in_makes_no_difference(
    client: Client, sign_in: Any, token: str, member: User
) -> None:
    stranger = UserFactory()
    sign_in(client, stranger)
    client.post(page(token))
    assert list(off(member)) == ["meetings"]
    assert off(stranger) == {}
    assert trail() == [("notifications.stopped", None, member.pk)]


def test_a_wrong_link_gets_a_calm_page_and_changes_nothing(
    client: Client, token: str, member: User
) -> None:
    for wrong in (token[:-1], "x", "1" * 5000, token.replace("-", "--")):
        for method in ("get", "post"):
            response = getattr(client, method)(page(wrong))
            assert response.status_code == 404
            assert reverse("notifications:preferences") in response.content.decode()
            assert response["Referrer-Policy"] == "strict-origin"
        assert client.post(reverse("notifications:resume", args=[wrong])).status_code == 404
    assert off(member) == {}


def test_the_link_of_a_closed_account_or_a_branch_that_is_gone_is_a_wrong_link(
    client: Client, token: str, member: User, branch: Branch
) -> None:
    nobody = stop_token(user_id=10**15, items=[(branch.pk, "weekly")])
    nowhere = stop_token(user_id=member.pk, items=[(10**15, "weekly")])
    User.objects.filter(pk=member.pk).update(is_active=False)
    for gone in (token, nobody, nowhere):
        assert client.post(page(gone)).status_code == 404
    assert not Preference.objects.exists()


def test_who_left_can_still_stop_and_it_stays_so_when_they_come_back(
    client: Client, token: str, member: User, branch: Branch
) -> None:
    Membership.objects.filter(user=member).update(ended_on=FIRST_DAY)
    assert client.post(page(token)).status_code == 302
    MembershipFactory(user=member, branch=branch, role=Role.COMMITTEE)
    assert off(member) == {"meetings": [branch.pk]}


def test_preferences_go_with_the_account(client: Client, token: str, member: User) -> None:
    client.post(page(token))
    member.delete()
    assert not Preference.objects.exists()
    assert client.get(page(token)).status_code == 404
