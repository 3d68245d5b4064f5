"""Choosing and agreeing, as people do it on the pages, without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.enums import Role
from evaluation.models import TopTen
from tests.clock import FixedClock
from tests.factories import MembershipFactory
from tests.integration.evaluation.ten.test_ten_agreeing import decided
from tests.process_factories import TimelineFactory
from tests.ten_factories import (
    AGREED,
    BEGUN,
    KICK_OFF,
    adopted_programme,
    pledge_of,
    top_ten_of,
    update_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def top_ten() -> TopTen:
    return top_ten_of(agreed=False)


@pytest.fixture
def as_board(client: Client, top_ten: TopTen, sign_in: Any) -> Client:
    FixedClock.set_today(BEGUN)
    member = MembershipFactory(branch=top_ten.branch, role=Role.BOARD)
    return sign_in(client, member.user)  # type: ignore[no-any-return]


def url(name: str, top_ten: TopTen, pk: int | None = None) -> str:
    return reverse(f"evaluation:{name}", args=[top_ten.branch.slug, pk or top_ten.pk])


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_branch_without_ten_is_led_from_its_programme_to_choosing(
    client: Client, sign_in: Any
) -> None:
    FixedClock.set_today(BEGUN)
    timeline = TimelineFactory()
    programme = adopted_programme(timeline)
    member = MembershipFactory(branch=timeline.branch, role=Role.COMMITTEE)
    sign_in(client, member.user)
    overview = reverse("evaluation:ten", args=[timeline.branch.slug])
    begin = reverse("evaluation:ten_start", args=[timeline.branch.slug])
    assert begin in text_of(client.get(overview))
    assert programme.title in text_of(client.get(begin))
    answers = [client.post(begin, {"programme": programme.pk}) for _time in range(2)]
    made = TopTen.objects.get()
    assert {answer["Location"] for answer in answers} == {url("ten_choosing", made)}
    page = text_of(client.get(url("ten_choosing", made)))
    assert "We bouwen 100 woningen in wijk 1." in page
    measure = programme.measures.get(number=2)
    added = client.post(url("candidate_add", made), {"measure": measure.pk}, follow=True)
    assert f'id="v{made.pledges.get().pk}"' in text_of(added)


def test_a_search_shows_only_what_was_asked_and_answers_anything(
    as_board: Client, top_ten: TopTen
) -> None:
    address = url("ten_choosing", top_ten)
    found = text_of(as_board.get(address, {"zoek": "huisarts wijk 3"}))
    assert "Wijk 3 krijgt een huisarts." in found
    programme = found[found.index('id="programma"') :]
    assert "Wijk 4" not in programme
    for search in ("%_'\"", "x" * 5000, "²", "999999999999"):
        assert as_board.get(address, {"zoek": search}).status_code == 200


def test_the_order_moves_with_plain_buttons_and_an_old_page_is_told_so(
    as_board: Client, top_ten: TopTen
) -> None:
    second = pledge_of(top_ten, rank=2)
    sent = {"pledge": second.pk, "to": "up", "revision": top_ten.revision}
    assert as_board.post(url("ten_rank", top_ten), sent).status_code == 302
    assert pledge_of(top_ten) == second
    again = as_board.post(url("ten_rank", top_ten), {**sent, "to": "down"})
    assert again.status_code == 409
    assert pledge_of(top_ten) == second
    for wrong in ({}, {"pledge": "x", "to": "up"}, {**sent, "to": "sideways"}):
        assert as_board.post(url("ten_rank", top_ten), wrong).status_code == 302
    stranger = pledge_of(top_ten_of(agreed=False))
    gone = as_board.post(url("ten_rank", top_ten), {**sent, "pledge": stranger.pk})
    assert gone.status_code == 404


def test_a_candidate_is_asked_friendly_questions_and_always_saved(
    as_board: Client, top_ten: TopTen
) -> None:
    pledge = pledge_of(top_ten)
    address = url("candidate", top_ten, pledge.pk)
    vague = {
        "title": "Meer groen",
        "text": "We zetten in op groen.",
        "theme": "other",
        "revision": 0,
    }
    looked = as_board.post(address, {**vague, "kijk": "1"})
    assert "zetten in op" in text_of(looked)
    pledge.refresh_from_db()
    assert pledge.title != "Meer groen", "looking along saves nothing"
    saved = as_board.post(address, vague, follow=True)
    assert "zetten in op" in text_of(saved)
    pledge.refresh_from_db()
    assert pledge.title == "Meer groen"
    late = as_board.post(address, {**vague, "text": "Iets anders"})
    assert late.status_code == 409
    assert "Iets anders" in text_of(late)


def test_two_people_each_are_chosen_on_one_page(as_board: Client, top_ten: TopTen) -> None:
    top_ten.pledges.update(owner=None, deputy=None)
    first = MembershipFactory(branch=top_ten.branch, role=Role.MEMBER).user
    second = MembershipFactory(branch=top_ten.branch, role=Role.COUNCIL_GROUP).user
    stranger = MembershipFactory().user
    pledge, other = pledge_of(top_ten, rank=1), pledge_of(top_ten, rank=2)

    def sent(owner: int, deputy: int | str) -> dict[str, Any]:
        empty = {
            f"{name}-{row.pk}": row.revision if name == "revision" else ""
            for row in top_ten.pledges.chosen()
            for name in ("owner", "deputy", "revision")
        }
        return {**empty, f"owner-{pledge.pk}": owner, f"deputy-{pledge.pk}": deputy}

    address = url("ten_owners", top_ten)
    for wrong in (sent(stranger.pk, second.pk), sent(first.pk, first.pk)):
        assert as_board.post(address, wrong).status_code == 422
    assert as_board.post(address, sent(first.pk, second.pk)).status_code == 302
    pledge.refresh_from_db()
    other.refresh_from_db()
    assert (pledge.owner, pledge.deputy, other.owner) == (first, second, None)
    old = {**sent(second.pk, first.pk), f"revision-{pledge.pk}": 0}
    assert as_board.post(address, old).status_code == 409


def test_the_page_of_agreeing_says_what_is_missing_and_then_fixes_the_ten(
    as_board: Client, top_ten: TopTen
) -> None:
    FixedClock.set_today(AGREED)
    address = url("ten_agree", top_ten)
    before = as_board.get(address)
    decide = reverse("process:decision_new", args=[top_ten.branch.slug])
    assert f"{decide}?soort=agree_top_ten" in text_of(before)
    assert as_board.post(address).status_code == 422
    decided(top_ten)
    assert as_board.post(address).status_code == 302
    top_ten.refresh_from_db()
    assert top_ten.agreed_on == AGREED
    overview = text_of(as_board.get(reverse("evaluation:ten", args=[top_ten.branch.slug])))
    assert pledge_of(top_ten, rank=10).title in overview
    assert as_board.post(url("ten_reopen", top_ten)).status_code == 409


def test_the_overview_asks_as_much_for_much_news_as_for_none(client: Client, sign_in: Any) -> None:
    agreed = top_ten_of()
    member = MembershipFactory(branch=agreed.branch, role=Role.MEMBER)
    sign_in(client, member.user)
    FixedClock.set_today(KICK_OFF)
    address = reverse("evaluation:ten", args=[agreed.branch.slug])
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    for rank in range(1, 11):
        update_of(pledge_of(agreed, rank=rank), text=f"Nieuws over {rank}")
        update_of(pledge_of(agreed, rank=rank), text=f"Ouder nieuws over {rank}", public=False)
    with CaptureQueriesContext(connection) as many:
        page = text_of(client.get(address))
    assert "ieuws over 7" in page
    # What shows an update is asked once, when there are updates at all.
    assert len(many) <= len(few) + 1
