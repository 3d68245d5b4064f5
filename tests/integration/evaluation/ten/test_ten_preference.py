"""Ten dots on a phone: no account, changed by the same phone, closed after its last day (R58)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from branches.enums import Role
from branches.services import place_limits
from branches.services.place_limits import Room
from core import form_tokens
from core.refusal import Refused
from evaluation.models import Ballot, BallotDots, TopTen
from evaluation.queries.ten.choosing import preferences
from evaluation.services.ten import agreeing, choosing, preferring
from tests.clock import FixedClock
from tests.factories import MembershipFactory, UserFactory
from tests.integration.evaluation.ten.test_ten_agreeing import decided
from tests.ten_factories import AGREED, BEGUN, pledge_of, top_ten_of

pytestmark = pytest.mark.django_db

LAST_DAY = AGREED - timedelta(days=1)


@pytest.fixture
def top_ten() -> TopTen:
    FixedClock.set_today(BEGUN)
    made = top_ten_of(agreed=False)
    return preferring.open_preference(top_ten=made, until=LAST_DAY, by=UserFactory(), today=BEGUN)


def address(top_ten: TopTen) -> str:
    return reverse("evaluation:preference", args=[top_ten.preference_key])


def sent(top_ten: TopTen, *dots: int, token: str = "") -> dict[str, Any]:
    """Return what a phone sends that gives these dots to the first candidates."""
    given = token or form_tokens.issue(
        form="evaluation.preference", about=top_ten.pk, now=timezone.now()
    )
    rows = top_ten.pledges.chosen()
    return {"token": given} | {
        f"dots-{row.pk}": number for row, number in zip(rows, dots, strict=False)
    }


def totals(top_ten: TopTen) -> list[int]:
    rows = top_ten.pledges.chosen()
    return [
        sum(BallotDots.objects.filter(pledge=row).values_list("dots", flat=True)) for row in rows
    ][:3]


def test_a_phone_gives_ten_dots_and_changes_them(client: Client, top_ten: TopTen) -> None:
    page = client.get(address(top_ten))
    assert page.status_code == 200
    assert not page.cookies, "who looks gets nothing"
    answer = client.post(address(top_ten), sent(top_ten, 6, 4))
    cookie = answer.cookies["stippen"]
    assert answer.status_code == 302
    assert cookie["path"] == address(top_ten)
    assert cookie["httponly"]
    assert list(answer.cookies) == ["stippen"]
    assert totals(top_ten) == [6, 4, 0]
    assert 'value="6"' in client.get(address(top_ten)).content.decode()
    client.post(address(top_ten), sent(top_ten, 0, 1, 9))
    assert totals(top_ten) == [0, 1, 9]
    assert Ballot.objects.count() == 1
    Client().post(address(top_ten), sent(top_ten, 10))
    result, phones = preferences(top_ten)
    assert phones == 2
    assert [(one.dots, one.phones) for one in result[:3]] == [(10, 1), (9, 1), (1, 1)]


def test_pressed_twice_it_is_one_ballot(top_ten: TopTen) -> None:
    data = sent(top_ten, 5, 5)
    for _press in range(2):
        Client().post(address(top_ten), data)
    assert Ballot.objects.count() == 1


@pytest.mark.parametrize("dots", [(11,), (6, 5), (0, 0), (), (-1,), ("x",), ("9" * 30,), (1.5,)])
def test_other_than_one_to_ten_dots_are_not_taken(
    client: Client, top_ten: TopTen, dots: tuple[Any, ...]
) -> None:
    assert client.post(address(top_ten), sent(top_ten, *dots)).status_code == 422
    assert not Ballot.objects.exists()


@pytest.mark.parametrize("token", ["made:up", "x" * 500, "\x00"])
def test_a_made_up_form_is_shown_again_with_the_dots(
    client: Client, top_ten: TopTen, token: str
) -> None:
    answer = client.post(address(top_ten), sent(top_ten, 7, token=token))
    assert answer.status_code == 422
    assert 'value="7"' in answer.content.decode()
    assert not Ballot.objects.exists()


def test_no_dots_go_to_candidates_of_others(top_ten: TopTen) -> None:
    stranger = pledge_of(top_ten_of(agreed=False))
    with pytest.raises(Refused):
        preferring.cast(top_ten=top_ten, dots={stranger.pk: 3}, key="k" * 32, today=BEGUN)
    assert not Ballot.objects.exists()


@pytest.mark.parametrize("how", ["late", "closed", "agreed"])
def test_when_it_is_over_nothing_is_taken_or_shown(
    client: Client, top_ten: TopTen, how: str
) -> None:
    data = sent(top_ten, 10)
    if how == "late":
        FixedClock.set_today(LAST_DAY)
        assert client.get(address(top_ten)).status_code == 200
        FixedClock.set_today(LAST_DAY + timedelta(days=1))
    elif how == "closed":
        preferring.close_preference(top_ten=top_ten, by=UserFactory(), today=BEGUN)
    else:
        decided(top_ten, day=BEGUN)
        agreeing.agree(top_ten=top_ten, by=UserFactory(), today=BEGUN)
    assert pledge_of(top_ten).title not in client.get(address(top_ten)).content.decode()
    assert client.post(address(top_ten), data).status_code == 409
    assert not Ballot.objects.exists()


def test_another_address_closes_the_old_one_and_keeps_the_dots(
    client: Client, top_ten: TopTen
) -> None:
    old = address(top_ten)
    client.post(old, sent(top_ten, 10))
    moved = preferring.new_link(top_ten=top_ten, by=UserFactory(), today=BEGUN)
    assert client.get(old).status_code == 404
    assert client.get(address(moved)).status_code == 200
    assert totals(top_ten)[0] == 10


def test_one_place_cannot_flood_it(
    client: Client, top_ten: TopTen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place_limits, "room_for", lambda **_given: Room.FULL)
    answer = client.post(address(top_ten), sent(top_ten, 10))
    assert answer.status_code == 429
    assert not Ballot.objects.exists()


@pytest.mark.parametrize("day", [BEGUN - timedelta(days=1), AGREED.replace(year=2022, month=3)])
def test_a_last_day_that_does_not_fit_opens_nothing(day: Any) -> None:
    made = top_ten_of(agreed=False)
    made.timeline.polling_day = day if day > BEGUN else made.timeline.polling_day
    type(made.timeline).objects.filter(pk=made.timeline_id).update(
        polling_day=made.timeline.polling_day
    )
    with pytest.raises(Refused):
        preferring.open_preference(top_ten=made, until=day, by=UserFactory(), today=BEGUN)
    made.refresh_from_db()
    assert made.preference_opened_on is None


def test_the_dots_of_a_candidate_go_with_it(client: Client, top_ten: TopTen) -> None:
    client.post(address(top_ten), sent(top_ten, 6, 4))
    choosing.remove(pledge=pledge_of(top_ten), by=UserFactory(), today=BEGUN)
    assert [one.dots for one in preferences(top_ten)[0]][:2] == [4, 0]


def test_those_who_choose_see_the_result_and_that_the_meeting_decides(
    client: Client, top_ten: TopTen, sign_in: Any
) -> None:
    Client().post(address(top_ten), sent(top_ten, 10))
    member = MembershipFactory(branch=top_ten.branch, role=Role.COMMITTEE)
    sign_in(client, member.user)
    page = client.get(
        reverse("evaluation:ten_preference", args=[top_ten.branch.slug, top_ten.pk])
    ).content.decode()
    assert address(top_ten) in page
    assert "<svg" in page
    assert ">10<" in page
