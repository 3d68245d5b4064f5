"""Stop links: what goes in comes out, and nothing else is believed."""

from __future__ import annotations

import random
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.signing import Signer
from django.urls import resolve
from hypothesis import given
from hypothesis import strategies as st

from notifications.enums import Kind
from notifications.links import Stop, read_stop, stop_address, stop_token

ITEMS = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(1, 10**12)), st.sampled_from(Kind.values)),
    min_size=1,
    max_size=12,
)


@given(st.integers(1, 10**12), ITEMS)
def test_a_link_says_whose_it_is_and_what_stops(
    user_id: int, items: list[tuple[int | None, str]]
) -> None:
    found = read_stop(stop_token(user_id=user_id, items=items))
    assert found is not None
    assert found.user_id == user_id
    assert len(found.items) == len(set(found.items))
    assert set(found.items) == set(items)


def test_the_order_and_doubles_do_not_matter() -> None:
    once = stop_token(user_id=7, items=[(3, "weekly"), (None, "weekly")])
    assert once == stop_token(user_id=7, items=[(None, "weekly"), (3, "weekly"), (3, "weekly")])


def test_a_link_is_short_and_leads_to_its_page() -> None:
    address = stop_address(user_id=1234, items=[(350, "deadlines"), (350, "meetings")])
    assert len(address) < 120
    match = resolve(urlsplit(address).path)
    assert match.view_name == "notifications:stop"
    assert read_stop(match.kwargs["token"]) == Stop(
        user_id=1234, items=((350, "deadlines"), (350, "meetings"))
    )


def test_there_is_no_link_that_stops_nothing_or_a_kind_that_is_not_there() -> None:
    with pytest.raises(ValueError, match=r"\[\]"):
        stop_token(user_id=1, items=[])
    with pytest.raises(KeyError):
        stop_token(user_id=1, items=[(1, "everything")])


def test_one_changed_character_and_it_is_no_link_of_ours() -> None:
    token = stop_token(user_id=12, items=[(34, "deadlines"), (None, "weekly")])
    for place, was in enumerate(token):
        for other in "0aZ-_.":
            if other != was:
                assert read_stop(token[:place] + other + token[place + 1 :]) is None
    assert read_stop(token[:-1]) is None
    assert read_stop(token + "A") is None


@pytest.mark.parametrize("payload", ["12", "12-", "12-34", "12-34dx", "-34d", "12-0w-34D", "a-34d"])
def test_not_even_what_is_signed_but_is_no_payload(payload: str) -> None:
    assert read_stop(Signer(sep=".", salt="notifications.stop").sign(payload)) is None


def test_what_is_signed_for_something_else_counts_nothing() -> None:
    assert read_stop(Signer(sep=".").sign("12-34d")) is None
    assert read_stop(Signer(sep=".", salt="process.feed").sign("12-34d")) is None


@pytest.mark.parametrize(
    "token",
    ["", ".", "x" * 1_000_000, "1-" * 500_000 + ".x", "\x00", "\ud800", "١-٣d." + "a" * 43, "%00"],
    ids=range(8),
)
def test_hostile_links_are_told_apart_without_a_crash(token: str) -> None:
    assert read_stop(token) is None


def test_random_text_is_no_link() -> None:
    chance = random.Random(20211004)  # noqa: S311 - a test that can be run again
    for _ in range(2000):
        text = "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randrange(120)))
        assert read_stop(text) is None


def test_a_link_outlives_the_key_it_was_signed_with(settings: Any) -> None:
    token = stop_token(user_id=1, items=[(2, "people")])
    old = settings.SECRET_KEY
    settings.SECRET_KEY = "another key of at least fifty characters, for this test only"
    assert read_stop(token) is None
    settings.SECRET_KEY_FALLBACKS = [old]
    assert read_stop(token) == Stop(user_id=1, items=((2, "people"),))
