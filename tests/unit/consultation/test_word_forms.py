"""Searching finds the other forms of a Dutch word, both ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.rules.finding import needles
from consultation.rules.word_forms import forms
from consultation.rules.words import stems

PAIRS = """
molen molens, fietspad fietspaden, zwembad zwembaden, weg wegen, kind kinderen, groen groene,
duurzaam duurzame, stad steden, bus bussen, huis huizen, wit witte, boom bomen, straat straten,
brief brieven, oud oude, jong jongere, hoog hoge, lid leden, laan lanen, hek hekken, dak daken,
glas glazen, auto autos, goed goede, wonen woont, veilig veiligheid, winkel winkels
"""


def _finds(search: str, text: str) -> bool:
    kept = stems(text)
    return all(any(part in kept for part in parts) for parts in needles(search))


@pytest.mark.parametrize("pair", [pair.split() for pair in PAIRS.split(",")], ids="-".join)
def test_each_form_finds_the_other_and_itself(pair: list[str]) -> None:
    for search in pair:
        for text in pair:
            assert _finds(search, text), (search, text)


@pytest.mark.parametrize(
    ("search", "text"), [("molen", "smolt"), ("straat", "strategie"), ("ov", "hierboven")]
)
def test_what_merely_looks_like_a_form_is_not_found(search: str, text: str) -> None:
    assert not _finds(search, text)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_a_word_is_never_its_own_other_form_and_has_few(word: str) -> None:
    found = forms(word)
    assert word not in found
    assert len(found) == len(set(found)) <= 15
