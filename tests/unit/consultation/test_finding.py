"""What a search asks, and which words of a text answer to it: pure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.rules.finding import excerpt, needles, number_in
from consultation.rules.words import stems


def _hits(text: str, search: str, *, length: int = 200) -> list[str]:
    return [piece.text for piece in excerpt(text, needles(search), length=length) if piece.hit]


@pytest.mark.parametrize(
    ("search", "marked"),
    [
        ("fietsen", ["fiets", "fietspaden", "gefietst"]),
        ("FIETS", ["fiets", "fietspaden", "gefietst"]),
        ("pad", ["fietspaden"]),
        ("ov", ["ov"]),
        ("café", ["Café"]),
        ("zwembad", []),
        ("???", []),
    ],
)
def test_word_forms_and_parts_of_compounds_are_marked(search: str, marked: list[str]) -> None:
    text = "Meer fiets, betere fietspaden, vaker gefietst. Het ov bij Café Loof, hierboven."
    assert _hits(text, search) == marked


def test_a_far_word_brings_its_surroundings() -> None:
    text = "Een lang verhaal over iets anders. " * 20 + "En dan het zwembad: houd het open."
    pieces = excerpt(text, needles("zwembaden"), length=80)
    assert pieces[0].text == "… "
    assert [piece.text for piece in pieces if piece.hit] == ["zwembad"]
    assert len("".join(piece.text for piece in pieces)) < 100


def test_without_a_search_a_text_begins_at_its_beginning_and_ends_between_words() -> None:
    assert "".join(piece.text for piece in excerpt("Een\n\n twee drie vier", [], length=12)) == (
        "Een twee …"
    )
    assert excerpt("", [], length=10) == []
    assert "".join(piece.text for piece in excerpt("x" * 50, [], length=10)) == "x" * 10 + " …"


@pytest.mark.parametrize(
    ("search", "number"),
    [("12", (12, False)), ("#12", (12, True)), (" # 12 ", (12, True)), ("12 bomen", (None, False))],
)
def test_a_number_is_known(search: str, number: tuple[int | None, bool]) -> None:
    assert number_in(search) == number


def test_a_number_that_no_table_holds_is_no_number() -> None:
    assert number_in("9" * 5000) == (None, False)
    assert number_in("١٢") == (None, False)


def test_a_search_of_a_hundred_words_stays_small() -> None:
    assert len(needles(" ".join(f"woord{number}" for number in range(100)))) <= 12


@given(st.text(max_size=300), st.text(max_size=30), st.integers(10, 100))
def test_an_excerpt_is_a_piece_of_the_text_and_marks_only_what_answers(
    text: str, search: str, length: int
) -> None:
    asked = needles(search)
    pieces = excerpt(text, asked, length=length)
    inner = [piece for piece in pieces if piece.text not in ("… ", " …")]
    line = " ".join(text.split())
    assert "".join(piece.text for piece in inner) in line
    assert sum(len(piece.text) for piece in inner) <= length + 1
    for piece in inner:
        if piece.hit:
            kept = stems(piece.text)
            assert any(part in kept for parts in asked for part in parts)
