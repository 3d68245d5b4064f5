"""A corrected file's measures are found again: mended, moved, cut in two, joined; each once."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.rules.matching import How, Known, Matching, match

HOUSES = "We bouwen 200 betaalbare woningen in de Oostwijk en beginnen daar dit jaar nog mee."
TREES = "Langs elke nieuwe straat planten we bomen die tegen droogte kunnen."
DOCTOR = "Elke wijk krijgt een huisarts op loopafstand."


def known(*texts: str, chapter: str = "Wonen") -> list[Known]:
    return [Known(text=text, chapter=chapter) for text in texts]


def pairs(found: Matching) -> list[tuple[int, int, How]]:
    return [(pair.new, pair.old, pair.how) for pair in found.pairs]


def test_the_same_texts_are_the_same_measures_in_any_order() -> None:
    found = match(old=known(HOUSES, TREES, DOCTOR), new=known(DOCTOR, HOUSES, TREES))
    assert pairs(found) == [(0, 2, How.SAME), (1, 0, How.SAME), (2, 1, How.SAME)]
    assert found.added == found.gone == ()


def test_typing_of_quotes_capitals_and_spaces_makes_no_difference() -> None:
    found = match(
        old=known("We willen foto’s van ‘elke’  wijk."),
        new=known('We willen foto\'s van "Elke" wijk'),
    )
    assert pairs(found) == [(0, 0, How.SAME)]


def test_a_text_in_another_chapter_is_moved() -> None:
    found = match(old=known(HOUSES), new=known(HOUSES, chapter="Bouwen"))
    assert pairs(found) == [(0, 0, How.MOVED)]


def test_one_of_two_same_texts_stays_in_its_own_chapter() -> None:
    old = [*known(HOUSES, chapter="Zorg"), *known(HOUSES, chapter="Wonen")]
    found = match(old=old, new=known(HOUSES, chapter="Wonen"))
    assert pairs(found) == [(0, 1, How.SAME)]
    assert found.gone == (0,)


def test_a_mended_text_is_edited() -> None:
    found = match(old=known(HOUSES, TREES), new=known(TREES, HOUSES.replace("200", "250")))
    assert pairs(found) == [(0, 1, How.SAME), (1, 0, How.EDITED)]


def test_other_texts_are_added_and_gone() -> None:
    found = match(old=known(HOUSES), new=known(DOCTOR))
    assert (found.pairs, found.added, found.gone) == ((), (0,), (0,))


def test_a_short_text_with_one_word_in_common_is_another_one() -> None:
    found = match(old=known("We bouwen woningen."), new=known("We planten bomen."))
    assert found.pairs == ()


def test_the_likest_gets_the_row_and_each_row_goes_once() -> None:
    near, nearer = HOUSES.replace("200", "300"), HOUSES.replace("nog", "")
    found = match(old=known(HOUSES), new=known(near + " Samen met de corporatie.", nearer))
    assert pairs(found) == [(1, 0, How.EDITED)]
    assert found.added == (0,)


def test_what_is_half_alike_counts_in_its_own_chapter_only() -> None:
    half = "We bouwen 200 betaalbare woningen in de Oostwijk, zodra het geld er is, hopen we."
    assert pairs(match(old=known(HOUSES), new=known(half))) == [(0, 0, How.EDITED)]
    assert match(old=known(HOUSES), new=known(half, chapter="Groen")).pairs == ()


def test_of_a_measure_cut_in_two_one_part_keeps_the_row_and_the_other_is_new() -> None:
    found = match(old=known(f"{HOUSES} {TREES}", DOCTOR), new=known(HOUSES, TREES, DOCTOR))
    assert pairs(found) == [(0, 0, How.EDITED), (2, 1, How.SAME)]
    assert found.added == (1,)


def test_a_small_part_of_a_long_measure_still_keeps_the_row() -> None:
    long = f"{HOUSES} {TREES} {DOCTOR} En zo gaan we nog een tijd door met alles wat moet."
    found = match(old=known(long), new=known(DOCTOR))
    assert pairs(found) == [(0, 0, How.EDITED)]


def test_of_two_measures_made_one_the_likest_keeps_the_row_and_the_other_is_gone() -> None:
    found = match(old=known(HOUSES, DOCTOR), new=known(f"{HOUSES} {DOCTOR}"))
    assert pairs(found) == [(0, 0, How.EDITED)]
    assert found.gone == (1,)


def test_texts_of_signs_and_numbers_alone_do_not_break_it() -> None:
    found = match(old=known("€ 12", "—", "…"), new=known("—", "€ 12"))
    assert pairs(found) == [(0, 1, How.SAME), (1, 0, How.SAME)]


WORDS = st.sampled_from(["wij", "bouwen", "huizen", "en", "planten", "bomen", "in", "de", "wijk"])
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=9).map(" ".join), max_size=12)


@given(old=TEXTS, new=TEXTS)
def test_each_measure_is_matched_at_most_once_and_none_is_forgotten(
    old: list[str], new: list[str]
) -> None:
    found = match(old=known(*old), new=known(*new))
    assert sorted([*(pair.old for pair in found.pairs), *found.gone]) == list(range(len(old)))
    assert sorted([*(pair.new for pair in found.pairs), *found.added]) == list(range(len(new)))


@given(texts=TEXTS)
def test_a_file_compared_with_itself_is_all_the_same(texts: list[str]) -> None:
    found = match(old=known(*texts), new=known(*texts))
    assert pairs(found) == [(place, place, How.SAME) for place in range(len(texts))]


@pytest.mark.parametrize("vocabulary", [3000, 30, 3])
def test_five_thousand_edited_measures_take_seconds(vocabulary: int) -> None:
    def text(number: int, word: str) -> str:
        letters = [f"woord{(number * 31 + place * place) % vocabulary}" for place in range(25)]
        return " ".join([*letters[:8], word, *letters[8:]])

    old = [Known(text=text(n, "oud"), chapter=f"H{n // 100}") for n in range(5000)]
    new = [Known(text=text(n, "nieuw"), chapter=f"H{n // 100}") for n in range(5000)]
    began = time.process_time()
    found = match(old=old, new=new)
    # Ten times what it takes, and a hundredth of what comparing each with each would.
    assert time.process_time() - began < 20
    assert len(found.pairs) > 4900
