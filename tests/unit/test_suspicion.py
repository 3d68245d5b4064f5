"""What a person does not do in a form, decided without database or clock."""

from __future__ import annotations

from datetime import timedelta

import pytest

from consultation.enums import Held
from core.suspicion import MOST_LINKS, TOO_FAST, links_in, why_set_aside

A_MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("", 0),
        ("Meer groen", 0),
        ("Wie schrijft www.nl? www.a.nl en HTTPS://B.NL", 3),
        ("[URL=x][url] <A HREF=y>", 3),
        ("awww.wat mooi, en http is geen link", 0),
    ],
)
def test_links_are_counted_as_people_and_robots_write_them(text: str, links: int) -> None:
    assert links_in(text) == links


@pytest.mark.parametrize(
    ("trap", "took", "links", "crowded", "why"),
    [
        ("", A_MINUTE, 0, False, ""),
        ("  ", A_MINUTE, MOST_LINKS, False, ""),
        ("x", A_MINUTE, 0, False, "trap"),
        ("", TOO_FAST, 0, False, ""),
        ("", TOO_FAST - timedelta(milliseconds=1), 0, False, "fast"),
        ("", timedelta(seconds=-5), 0, False, "fast"),
        ("", A_MINUTE, MOST_LINKS + 1, False, "links"),
        ("", A_MINUTE, 0, True, "flood"),
        ("x", timedelta(0), MOST_LINKS + 1, True, "trap"),
    ],
)
def test_the_first_reason_counts(
    *, trap: str, took: timedelta, links: int, crowded: bool, why: str
) -> None:
    texts = ("https://a.nl " * links, "Bep")
    assert why_set_aside(trap=trap, took=took, texts=texts, crowded=crowded) == why
    assert why in Held.values
