"""The pages on which people find the address, in plain words and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from branches.enums import Role
from branches.models import User
from process.enums import FeedScope
from process.feeds import keys
from process.feeds.subscribing import subscription
from process.models import CalendarFeed
from tests.factories import MembershipFactory, NationalOfficerFactory, UserFactory
from tests.integration.calendar.conftest import Scene, path_of

SignIn = Callable[..., Client]


@pytest.fixture
def signed_in(scene: Scene, client: Client, sign_in: SignIn) -> Client:
    return sign_in(client, scene.person)


def test_each_calendar_is_given_the_address_in_its_own_way(scene: Scene, settings: Any) -> None:
    settings.SITE_URL = "https://rodedraad.voorbeeld.nl"
    feed = scene.feed()
    ways = subscription(feed, name="Rode Draad Één & co", query="herinnering=1")
    assert ways is not None
    key = keys.key_of(feed)
    assert ways.address == f"https://rodedraad.voorbeeld.nl/agenda/{key}.ics?herinnering=1"
    assert ways.webcal == f"webcal://rodedraad.voorbeeld.nl/agenda/{key}.ics?herinnering=1"
    google = urlsplit(ways.google)
    assert google.netloc == "calendar.google.com"
    assert parse_qs(google.query) == {"cid": [ways.webcal]}
    for link, host in ((ways.outlook, "outlook.live.com"), (ways.office, "outlook.office.com")):
        assert urlsplit(link).netloc == host
        assert parse_qs(urlsplit(link).query) == {
            "url": [ways.address], "name": ["Rode Draad Één & co"],
        }  # fmt: skip


def test_an_address_is_made_by_asking_and_then_always_shown(
    scene: Scene, signed_in: Client
) -> None:
    page = reverse("process:calendar")
    assert b"/agenda/" not in signed_in.get(page).content.replace(b"/ik/agenda/", b"").replace(
        f"/afdeling/{scene.branch.slug}/agenda/".encode(), b""
    )
    assert not CalendarFeed.objects.exists(), "looking makes nothing"
    response = signed_in.post(page)
    assert response.headers["Location"] == page
    feed = CalendarFeed.objects.get(user=scene.person, scope=FeedScope.PERSON)
    for _time in range(2):
        text = signed_in.get(page).content.decode()
        assert path_of(feed) in text
        assert "webcal://" in text
        assert 'value="http' in text, "a field, to be selected without JavaScript"
        assert "Google soms maar één keer" in text
        assert "Vertrouw voor herinneringen dus op de mail" in text
    assert (
        f"{path_of(feed)}?herinnering=1" in signed_in.get(f"{page}?herinnering=1").content.decode()
    )


def test_replacing_asks_first_and_says_what_happens(scene: Scene, signed_in: Client) -> None:
    feed = scene.feed()
    old = path_of(feed)
    page = reverse("process:calendar_rotate", args=[feed.pk])
    assert signed_in.get(page).status_code == 200
    assert signed_in.get(old).status_code == 200, "asking is not yet replacing"
    response = signed_in.post(page)
    assert response.headers["Location"] == reverse(
        "process:branch_calendar", args=[scene.branch.slug]
    )
    assert signed_in.get(old).status_code == 404
    feed.refresh_from_db()
    assert path_of(feed) in signed_in.get(response.headers["Location"]).content.decode()


def test_nobody_replaces_or_sees_the_address_of_somebody_else(
    scene: Scene, client: Client, sign_in: SignIn
) -> None:
    theirs = scene.feed()
    other = MembershipFactory(branch=scene.branch, role=Role.BOARD).user
    signed_in = sign_in(client, other)
    page = reverse("process:calendar_rotate", args=[theirs.pk])
    assert signed_in.get(page).status_code == signed_in.post(page).status_code == 404
    key = keys.key_of(theirs)
    theirs.refresh_from_db()
    assert keys.key_of(theirs) == key
    there = signed_in.get(reverse("process:branch_calendar", args=[scene.branch.slug]))
    assert str(key) not in there.content.decode()


def test_a_member_of_a_branch_is_led_to_the_own_calendar(
    scene: Scene, client: Client, sign_in: SignIn
) -> None:
    member: User = MembershipFactory(branch=scene.branch, role=Role.MEMBER).user
    signed_in = sign_in(client, member)
    text = signed_in.get(
        reverse("process:branch_calendar", args=[scene.branch.slug])
    ).content.decode()
    assert f'href="{reverse("process:calendar")}"' in text
    assert reverse("process:branch_calendar_open", args=[scene.branch.slug]) not in text
    assert "openbaar" not in text


def test_the_address_for_the_website_is_for_the_board(
    scene: Scene, signed_in: Client, client: Client
) -> None:
    public = reverse("process:feed_public", args=[scene.branch.slug])
    page = reverse("process:branch_calendar", args=[scene.branch.slug])
    assert public in signed_in.get(page).content.decode()
    assert Client().get(public).status_code == 200
    del client


def test_the_national_office_gets_an_address_that_follows_its_choice(
    scene: Scene, client: Client, sign_in: SignIn
) -> None:
    officer = NationalOfficerFactory().user
    signed_in = sign_in(client, officer)
    page = reverse("process:national_calendar")
    assert signed_in.post(page).status_code == 302
    feed = CalendarFeed.objects.get(user=officer)
    text = signed_in.get(f"{page}?provincie=PV21&fase=5").content.decode()
    assert f"{path_of(feed)}?provincie=PV21&amp;fase=5" in text
    wrong = signed_in.get(f"{page}?provincie=PV99")
    assert wrong.status_code == 200
    assert f"{path_of(feed)}?" not in wrong.content.decode()
    del scene


def test_who_has_no_role_is_told_so_and_gets_no_address(
    scene: Scene, client: Client, sign_in: SignIn
) -> None:
    del scene
    signed_in = sign_in(client, UserFactory())
    page = reverse("process:calendar")
    assert signed_in.get(page).status_code == 200
    assert signed_in.post(page).status_code == 403
    assert not CalendarFeed.objects.exists()


@pytest.mark.parametrize("name", ["today", "timeline", "meetings"])
def test_the_pages_of_a_branch_lead_to_its_calendar(
    name: str, scene: Scene, signed_in: Client
) -> None:
    text = signed_in.get(reverse(f"process:{name}", args=[scene.branch.slug])).content.decode()
    assert f'href="{reverse("process:branch_calendar", args=[scene.branch.slug])}"' in text


def test_ones_own_page_leads_to_ones_own_calendar(signed_in: Client) -> None:
    text = signed_in.get(reverse("branches:profile")).content.decode()
    assert f'href="{reverse("process:calendar")}"' in text


def test_a_signed_in_browser_that_opens_a_feed_gets_the_feed(
    scene: Scene, client: Client, sign_in: SignIn
) -> None:
    """A national officer halfway through signing in, too: a calendar has no second step."""
    signed_in = sign_in(client, NationalOfficerFactory().user, second_factor=False)
    assert signed_in.get(path_of(scene.feed())).status_code == 200
