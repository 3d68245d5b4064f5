"""Robots are kept out without a puzzle: set aside, counted by place, and never told so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from branches.models import PlaceUse
from branches.services import place_limits as limits
from branches.services.place_limits import Limit, Limits
from consultation.enums import Held
from consultation.models import Contribution, Letter
from consultation.services import public_form
from process.models import Milestone
from tests.integration.consultation.public_form import (
    address,
    filled_in,
    open_consultation,
    send,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2021, 10, 4, 10, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    """Let the machine's clock stand still, so that no hour ends halfway."""
    with time_machine.travel(NOON, tick=False):
        yield


ME = {"email": "bep@voorbeeld.nl", "wants_confirmation": "on"}


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, ""),
        ({"homepage": "https://koop.example"}, Held.TRAP),
        ({"homepage": "\x00"}, Held.TRAP),
        ({"text": "Zie https://a.example en www.b.example"}, ""),
        ({"text": "https://a.example http://b.example www.c.example"}, Held.LINKS),
        ({"text": "Kijk: [url=x] <a href=y> https://z"}, Held.LINKS),
        ({"name": "https://a.example", "neighbourhood": "www.b.example www.c.nl"}, Held.LINKS),
    ],
)
def test_what_looks_like_a_robot_is_set_aside_and_thanked_like_anybody(
    fields: dict[str, str], why: str
) -> None:
    consultation = open_consultation()
    answer = send(consultation, **ME, **fields)
    assert answer.status_code == 302
    row = Contribution.objects.get()
    assert row.held == why
    # No mail for a robot: the address may be anybody's.
    assert Letter.objects.exists() == (not why)
    milestone = Milestone.objects.get(timeline=consultation.timeline, key="input_closed")
    assert (milestone.progress_total or 0) == (0 if why else 1)


@pytest.mark.parametrize(("seconds", "why"), [(0, Held.FAST), (2, Held.FAST), (60, "")])
def test_faster_than_anybody_types_is_set_aside(seconds: int, why: str) -> None:
    drawn_at = timezone.now() - timedelta(seconds=seconds)
    assert send(open_consultation(), drawn_at=drawn_at).status_code == 302
    assert Contribution.objects.get().held == why


def test_the_trap_is_out_of_sight_and_out_of_the_keyboards_way() -> None:
    page = Client().get(address(open_consultation())).content.decode()
    trap = page.partition('class="form-trap" aria-hidden="true"')[2].partition("</div>")[0]
    assert 'tabindex="-1"' in trap
    assert 'autocomplete="off"' in trap
    assert "style=" not in page


def test_above_the_soft_limit_it_waits_for_a_person_and_above_the_hard_one_it_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few = Limits(household=Limit(soft=2, hard=4), network=Limit(soft=5, hard=6))
    monkeypatch.setattr(public_form, "LIMITS", few)
    consultation = open_consultation()
    client = Client(REMOTE_ADDR="198.51.100.7")

    def post(text: str, by: Client = client) -> Any:
        return by.post(address(consultation), filled_in(consultation, text=text))

    for number in range(4):
        assert post(f"Punt {number}").status_code == 302
    held = Contribution.objects.order_by("pk").values_list("held", flat=True)
    assert list(held) == ["", "", Held.FLOOD, Held.FLOOD]
    full = post("Dit is nog niet gezegd")
    assert full.status_code == 429
    assert "Dit is nog niet gezegd" in full.content.decode()
    assert 0 < int(full["Retry-After"]) <= 3600
    again = limits.again_at(now=timezone.now())
    assert f"{timezone.localtime(again):%H:%M}" in full.content.decode()
    # The neighbour in the same network has room; after two more the network has none.
    neighbour = Client(REMOTE_ADDR="198.51.100.8")
    assert [post(f"Buur {n}", neighbour).status_code for n in range(3)] == [302, 302, 429]
    # Another network, and another branch, have nothing to do with it.
    assert post("Elders", Client(REMOTE_ADDR="203.0.113.9")).status_code == 302
    other = open_consultation()
    assert client.post(address(other), filled_in(other)).status_code == 302


def test_what_was_sent_twice_counts_once() -> None:
    consultation = open_consultation()
    form = filled_in(consultation)
    send(consultation, form)
    send(consultation, form)
    send(consultation, form | {"text": ""})
    assert list(PlaceUse.objects.values_list("count", flat=True)) == [1, 1]


def test_the_next_hour_has_room_again_and_a_day_later_nothing_is_kept() -> None:
    where: dict[str, Any] = {"who": "form 1", "address": "198.51.100.7"}
    for _time in range(limits.USUAL.household.hard):
        limits.count(now=NOON, **where)
    assert limits.room_for(now=NOON, **where) is limits.Room.FULL
    assert limits.again_at(now=NOON) == NOON.replace(hour=11, minute=0)
    assert limits.room_for(now=limits.again_at(now=NOON), **where) is limits.Room.FREE
    limits.forget(now=NOON + timedelta(hours=24))
    assert PlaceUse.objects.exists()
    limits.forget(now=NOON + timedelta(hours=25))
    assert not PlaceUse.objects.exists()


def test_no_address_stands_anywhere_and_tomorrow_its_number_is_another() -> None:
    for now in (NOON, NOON + timedelta(days=1) - timedelta(hours=1)):
        limits.count(who="form 1", address="198.51.100.7", now=now)
    places = set(PlaceUse.objects.values_list("place", flat=True))
    assert len(places) == 4
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{PlaceUse._meta.db_table}"')  # noqa: S608 - our own table
        assert "198.51" not in repr(cursor.fetchall())


@pytest.mark.parametrize(
    ("found", "household", "network"),
    [
        ("198.51.100.7", "198.51.100.7/32", "198.51.100.0/24"),
        ("::ffff:198.51.100.7", "198.51.100.7/32", "198.51.100.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("", "unknown", "unknown/"),
        ("1' OR 1=1", "unknown", "unknown/"),
    ],
)
def test_a_household_and_its_network(found: str, household: str, network: str) -> None:
    assert limits.networks_of(found) == (household, network)


def test_behind_a_proxy_the_visitor_counts_and_not_the_proxy(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    consultation = open_consultation()
    for address_of_visitor in ("198.51.100.7", "203.0.113.9"):
        Client(REMOTE_ADDR="10.0.0.1").post(
            address(consultation),
            filled_in(consultation),
            # What a visitor adds in front counts for nothing.
            headers={"x-forwarded-for": f"1.2.3.4, {address_of_visitor}"},
        )
    assert PlaceUse.objects.filter(count=1).count() == 4


def test_a_wrong_number_of_proxies_is_no_crash(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 3
    consultation = open_consultation()
    answer = Client().post(
        address(consultation), filled_in(consultation), headers={"x-forwarded-for": "198.51.100.7"}
    )
    assert answer.status_code == 302


def test_three_confirmations_a_day_for_one_mailbox() -> None:
    consultation = open_consultation()
    addresses = ["bep@voorbeeld.nl", "BEP@voorbeeld.nl"] * 3 + ["kees@voorbeeld.nl"]
    for number, email in enumerate(addresses):
        send(consultation, text=f"Punt {number}", **(ME | {"email": email}))
    assert Contribution.objects.count() == len(addresses)
    sent = Letter.objects.values_list("contributor__email", flat=True)
    assert sum(email.casefold() == "bep@voorbeeld.nl" for email in sent) == public_form.MAILS_A_DAY
    assert "kees@voorbeeld.nl" in sent
    tomorrow = timezone.now() + timedelta(days=1)
    who = {"who": "consultation.letters", "email": "bep@voorbeeld.nl"}
    assert limits.may_mail(now=tomorrow, most=1, **who)
