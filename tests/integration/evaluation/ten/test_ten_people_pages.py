"""Handing over on its page: the deputy first, a note for the next one, never two at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from branches.enums import Role
from branches.models import Membership, User
from evaluation.models import Pledge, TopTen, Turn
from tests.clock import FIRST_DAY, FixedClock
from tests.conftest import SIGN_IN_BACKEND
from tests.factories import MembershipFactory
from tests.process_factories import TimelineFactory
from tests.ten_factories import KICK_OFF, pledge_of, top_ten_of

pytestmark = pytest.mark.django_db

NOBODY = ("obody is in the lead", "<strong>Nobody</strong>")


@pytest.fixture
def top_ten() -> TopTen:
    member = MembershipFactory(role=Role.MEMBER, user__name="Trix Trekker", user__language="en")
    deputy = MembershipFactory(
        branch=member.branch, role=Role.COUNCIL_GROUP, user__name="Dex Deputé"
    )
    return top_ten_of(TimelineFactory(branch=member.branch), owner=member.user, deputy=deputy.user)


def signed_in(user: User | None) -> Client:
    assert user is not None
    client = Client()
    client.force_login(user, backend=SIGN_IN_BACKEND)
    client.cookies["django_language"] = "en"
    return client


def page_of(pledge: Pledge) -> str:
    return reverse("evaluation:pledge_hand_over", args=[pledge.top_ten.branch.slug, pledge.pk])


def filled(pledge: Pledge, **fields: Any) -> dict[str, Any]:
    return {"owner": "", "deputy": "", "note": "", "revision": pledge.revision} | fields


def test_who_is_in_the_lead_hands_over_to_the_deputy_whatever_the_own_role(
    top_ten: TopTen,
) -> None:
    pledge = pledge_of(top_ten)
    client = signed_in(pledge.owner)
    text = client.get(page_of(pledge)).content.decode()
    assert f'<option value="{pledge.deputy_id}" selected>Dex Deputé (second in the lead' in text
    data = filled(pledge, owner=pledge.deputy_id, note="Bel eerst de huisartsen.")
    response = client.post(page_of(pledge), data)
    assert response.status_code == 302
    after = pledge_of(top_ten)
    assert (after.owner, after.deputy) == (pledge.deputy, None)
    assert Turn.objects.get(pledge=pledge, until_on=None).note == "Bel eerst de huisartsen."
    # It is somebody else's now.
    assert client.get(page_of(pledge)).status_code == 403


def test_a_note_that_nobody_took_over_waits_on_the_page_for_the_next_one(top_ten: TopTen) -> None:
    pledge = pledge_of(top_ten)
    signed_in(pledge.owner).post(
        page_of(pledge), filled(pledge, note="De wethouder wil wel, de buurt nog niet.")
    )
    pledge = pledge_of(top_ten)
    assert pledge.owner is None
    board = MembershipFactory(branch=top_ten.branch, role=Role.BOARD, user__language="en").user
    text = signed_in(board).get(page_of(pledge)).content.decode()
    assert "What Trix Trekker left for the next one" in text
    assert "De wethouder wil wel, de buurt nog niet." in text
    listed = signed_in(board).get(reverse("evaluation:ten_orphans", args=[top_ten.branch.slug]))
    assert pledge.title in listed.content.decode()
    assert pledge_of(top_ten, rank=2).title not in listed.content.decode()


def test_an_owner_whose_seat_ended_is_named_and_cannot_be_chosen(top_ten: TopTen) -> None:
    pledge = pledge_of(top_ten)
    Membership.objects.filter(user=pledge.owner).update(ended_on=FIRST_DAY)
    client = signed_in(pledge.deputy)
    text = client.get(page_of(pledge)).content.decode()
    assert "Trix Trekker" in text
    assert f'<option value="{pledge.owner_id}"' not in text
    for data in (
        filled(pledge, owner=pledge.owner_id),
        filled(pledge, owner=pledge.deputy_id, deputy=pledge.deputy_id),
        filled(pledge, owner=pledge.deputy_id, note="x" * 1001),
    ):
        assert client.post(page_of(pledge), data).status_code == 422
    assert not Turn.objects.exclude(until_on=None).exists()


def test_two_who_hand_over_at_once_are_told(top_ten: TopTen) -> None:
    pledge = pledge_of(top_ten)
    client = signed_in(pledge.deputy)
    data = filled(pledge, owner=pledge.deputy_id)
    assert client.post(page_of(pledge), data).status_code == 302
    assert client.post(page_of(pledge), filled(pledge)).status_code == 409
    assert pledge_of(top_ten).owner == pledge.deputy


def test_a_member_who_leads_nothing_may_not(top_ten: TopTen) -> None:
    member = MembershipFactory(branch=top_ten.branch, role=Role.MEMBER).user
    committee = MembershipFactory(branch=top_ten.branch, role=Role.COMMITTEE).user
    for person in (member, committee):
        assert signed_in(person).get(page_of(pledge_of(top_ten))).status_code == 403


def test_pages_say_that_nobody_is_in_the_lead_of_what_somebody_left(top_ten: TopTen) -> None:
    FixedClock.set_today(KICK_OFF)
    pledge = pledge_of(top_ten)
    slug = top_ten.branch.slug
    addresses = [
        reverse("evaluation:pledge", args=[slug, pledge.pk]),
        reverse("evaluation:ten", args=[slug]),
        reverse("evaluation:ten_desk", args=[slug, top_ten.pk]),
    ]
    client = signed_in(pledge.deputy)
    for address in addresses:
        assert not any(one in client.get(address).content.decode() for one in NOBODY), address
    Membership.objects.filter(user=pledge.owner).update(ended_on=FIRST_DAY)
    for address in addresses:
        assert any(one in client.get(address).content.decode() for one in NOBODY), address
