"""What an update asks for, and which addresses are links."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.rules.pledge import PledgeStatus
from evaluation.rules.telling import Wrong, first_wrong, is_link

POLLING_DAY = date(2022, 3, 16)
TODAY = date(2022, 6, 1)


def wrong(**fields: object) -> Wrong | None:
    given_fields: dict[str, object] = {
        "agreed": True,
        "rank": 3,
        "day": TODAY,
        "polling_day": POLLING_DAY,
        "today": TODAY,
        "status": PledgeStatus.STARTED,
        "reason": "",
        "text": "We begonnen.",
        "shown": False,
    }
    return first_wrong(**{**given_fields, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, None),
        ({"agreed": False}, Wrong.NOT_AGREED),
        ({"rank": None}, Wrong.NOT_OF_THE_TEN),
        ({"day": POLLING_DAY}, None),
        ({"day": date(2022, 3, 15)}, Wrong.TOO_EARLY),
        ({"day": date(2022, 6, 2)}, Wrong.FUTURE),
        ({"text": " \n"}, Wrong.SAYS_NOTHING),
        ({"status": PledgeStatus.STUCK, "text": "Het lukt niet."}, Wrong.NO_REASON),
        ({"status": PledgeStatus.STUCK, "text": "Er is geen geld voor."}, None),
        ({"status": PledgeStatus.GIVEN_UP, "reason": "no_money", "text": "Jammer."}, None),
        ({"status": PledgeStatus.DONE}, Wrong.NO_EVIDENCE),
        ({"status": PledgeStatus.DONE, "shown": True}, None),
    ],
)
def test_an_update_brings_what_its_status_asks_for(
    fields: dict[str, object], expected: Wrong | None
) -> None:
    assert wrong(**fields) == expected


@pytest.mark.parametrize(
    "url", ["https://voorbeeld.nl", "http://raad.voorbeeld.nl:8080/a?b=c#d", "https://café.nl/é"]
)
def test_an_address_of_the_web_is_a_link(url: str) -> None:
    assert is_link(url)


@given(
    st.text(max_size=60), st.sampled_from(["", "javascript:", "data:", "https:", "//", "ftp://"])
)
def test_nothing_else_is_a_link_whatever_it_is(rest: str, scheme: str) -> None:
    url = f"{scheme}{rest}"
    assert not is_link(url) or url.lower().startswith(("https://", "http://"))
    assert not is_link(f"https://{rest}@voorbeeld.nl/") or "/" in rest or "?" in rest or "#" in rest
