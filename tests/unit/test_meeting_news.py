"""When a change of a meeting is news, and from which day it was moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from process.rules.meeting_news import Spot, is_move, is_to_come, moved_from

WED = date(2021, 11, 3)
THU, FRI = WED + timedelta(days=1), WED + timedelta(days=2)
TODAY, TOMORROW = date(2021, 10, 4), date(2021, 10, 5)
KNOWN = Spot(day=WED, starts_at=time(20), place="Café De Zon", link="https://a.nl/1")
BARE = Spot(day=WED)


@pytest.mark.parametrize(
    "change",
    [
        {"day": THU},
        {"starts_at": time(19, 30)},
        {"starts_at": None},
        {"place": "Dorpshuis"},
        {"place": ""},
        {"link": "https://a.nl/2"},
        {"link": ""},
    ],
)
def test_who_would_come_at_the_wrong_time_or_place_is_told(change: dict[str, Any]) -> None:
    assert is_move(before=KNOWN, after=replace(KNOWN, **change))


@pytest.mark.parametrize("place", ["cafe de zon", "Café  De Zon.", "Café ‘De Zon’"])
def test_a_place_that_is_only_spelled_otherwise_moves_nobody(place: str) -> None:
    assert not is_move(before=KNOWN, after=replace(KNOWN, place=place))


def test_what_was_not_known_yet_and_is_filled_in_moves_nobody() -> None:
    assert not is_move(before=BARE, after=KNOWN)
    assert is_move(before=BARE, after=replace(KNOWN, day=THU))


def test_a_meeting_of_today_can_still_be_come_to() -> None:
    assert is_to_come(day=TODAY, today=TODAY)
    assert not is_to_come(day=TODAY, today=TOMORROW)


@pytest.mark.parametrize(
    ("before", "after", "moved_on", "earlier", "expected"),
    [
        (WED, THU, None, None, WED),
        (WED, WED, None, None, None),
        # Twice on one day: people know the first.
        (THU, FRI, TODAY, WED, WED),
        # And back to it: what they may have heard in between.
        (THU, WED, TODAY, WED, THU),
        # The time after the day, on the same day: the day is still news.
        (THU, THU, TODAY, WED, WED),
        # Twice on two days.
        (THU, FRI, TODAY - timedelta(days=1), WED, THU),
        (THU, WED, TODAY - timedelta(days=1), WED, THU),
        (THU, THU, TODAY - timedelta(days=1), WED, None),
    ],
)
def test_people_read_the_day_that_they_had_in_mind(
    before: date, after: date, moved_on: date | None, earlier: date | None, expected: date | None
) -> None:
    found = moved_from(before=before, after=after, moved_on=moved_on, earlier=earlier, today=TODAY)
    assert found == expected


@given(
    days=st.lists(st.dates(WED, WED + timedelta(days=9)), min_size=2, max_size=8),
    nights=st.lists(st.booleans(), min_size=8, max_size=8),
)
def test_no_chain_of_moves_says_that_it_was_on_the_day_that_it_is_on(
    days: list[date], nights: list[bool]
) -> None:
    today, moved_on, earlier = TODAY, None, None
    for before, after, night in zip(days, days[1:], nights, strict=False):
        if before == after:
            continue
        earlier = moved_from(
            before=before, after=after, moved_on=moved_on, earlier=earlier, today=today
        )
        moved_on = today
        assert earlier is not None
        assert earlier != after
        today += timedelta(days=int(night))
