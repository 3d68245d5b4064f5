"""Dutch word forms."""

from __future__ import annotations

import pytest

from consultation.rules.words import searched, stems


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Wij fietsen graag", "fiets"),
        ("Een veilig fietspad", "fietsen"),
        ("Mijn fiets is weg", "fietsen"),
        ("Woningbouw bij het station", "woning"),
        ("Meer bomen in de straat", "boom"),
        ("Betaalbare woningen", "woning"),
        ("De CAFÉS blijven open", "cafe"),
        ("Er komen 200 huizen", "200 huis"),
    ],
)
def test_a_search_finds_other_forms_of_a_word(text: str, query: str) -> None:
    kept = stems(text)
    assert all(any(one in kept for one in either) for either in searched(query))


def test_a_text_without_telling_words_has_no_stems() -> None:
    assert stems("de het een") == stems("") == ""


def test_a_search_for_stopwords_alone_asks_for_them() -> None:
    assert searched("de het") == [("de",), ("het",)]
