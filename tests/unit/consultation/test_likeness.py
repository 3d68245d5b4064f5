"""Which texts may say the same: pure, the same both ways, and quick in a long list."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from consultation.rules.likeness import (
    LIKELY,
    likely_pairs,
    likeness,
    most_alike,
    stars,
    weights,
    words_of,
)
from consultation.rules.words import stems

TEXTS = st.dictionaries(
    st.integers(min_value=1, max_value=50),
    st.frozensets(st.sampled_from("abcdefghij"), max_size=6),
    max_size=12,
)


def _texts(*texts: str) -> dict[int, frozenset[str]]:
    return {number: words_of(stems(text)) for number, text in enumerate(texts, start=1)}


def test_the_same_said_in_other_words_is_found_among_what_is_about_something_else() -> None:
    texts = _texts(
        "De fietspaden rond de Zonneschool zijn gevaarlijk, maak ze veilig.",
        "Meer betaalbare woningen voor starters.",
        "Maak het fietspad bij de Zonneschool veilig!",
        "Een jongerencentrum in de oude bibliotheek.",
        "Geef de buurt een groter budget voor groen.",
    )
    assert [(pair.first, pair.second) for pair in likely_pairs(texts)] == [(1, 3)]
    asked = texts.pop(3)
    assert [number for number, _score in most_alike(asked, texts, limit=5)] == [1]


def test_one_word_in_common_is_not_enough_unless_it_is_all_there_is() -> None:
    texts = _texts("Windmolens", "Windmolens!", "Windmolens op zee")
    assert [(pair.first, pair.second) for pair in likely_pairs(texts)] == [(1, 2)]


def test_what_says_nothing_is_like_nothing() -> None:
    texts = _texts("", "en de het", "")
    assert likely_pairs(texts) == []
    assert most_alike(frozenset(), texts, limit=5) == []
    assert likeness(frozenset(), frozenset(), {}) == 0


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    told = weights([{"wijk", "molen"}, {"wijk"}, {"wijk"}])
    assert told["molen"] > told["wijk"] > 0


@given(TEXTS)
def test_likeness_is_the_same_both_ways_and_between_nothing_and_all(
    texts: dict[int, frozenset[str]],
) -> None:
    told = weights(texts.values())
    for one in texts.values():
        for other in texts.values():
            score = likeness(one, other, told)
            assert 0 <= score <= 1
            assert score == likeness(other, one, told)
        assert likeness(one, one, told) == (1 if one else 0)


@given(TEXTS)
def test_in_a_short_list_the_quick_way_finds_what_comparing_all_finds(
    texts: dict[int, frozenset[str]],
) -> None:
    told = weights(texts.values())
    found = {(pair.first, pair.second) for pair in likely_pairs(texts)}
    same_words: dict[frozenset[str], int] = {}
    for number in sorted(texts):
        same_words.setdefault(texts[number], number)
    firsts = set(same_words.values())
    for first, second in combinations(sorted(firsts), 2):
        alike = likeness(texts[first], texts[second], told) >= LIKELY
        assert alike == ((first, second) in found)


@given(TEXTS, st.sets(st.tuples(st.integers(1, 50), st.integers(1, 50))))
def test_each_of_a_group_is_like_its_first_and_in_no_other_group(
    texts: dict[int, frozenset[str]], apart: set[tuple[int, int]]
) -> None:
    pairs = likely_pairs(texts)
    near = {(pair.first, pair.second) for pair in pairs}
    groups = stars(pairs, apart=apart, largest=4)
    members = [number for group in groups for number in group]
    assert len(members) == len(set(members))
    for lead, *others in groups:
        assert 1 <= len(others) <= 3
        for other in others:
            pair = (min(lead, other), max(lead, other))
            assert pair in near
            assert pair not in apart


@given(TEXTS, st.sampled_from([0.0, 0.3, 0.6]))
def test_what_is_most_alike_is_what_comparing_one_by_one_finds(
    texts: dict[int, frozenset[str]], least: float
) -> None:
    asked = frozenset("abc")
    told = weights([asked, *texts.values()])
    scores = {number: likeness(asked, words, told) for number, words in texts.items()}
    found = most_alike(asked, texts, limit=99, least=least)
    assert dict(found) == {n: score for n, score in scores.items() if score >= max(least, 1e-9)}
    assert found == sorted(found, key=lambda one: (-one[1], one[0]))


def test_thousands_of_equal_texts_and_of_common_words_make_no_square() -> None:
    flood = frozenset({"goedkoop", "horloge"})
    common = {number: frozenset({"wijk", f"w{number}"}) for number in range(5000, 8000)}
    pairs = likely_pairs(dict.fromkeys(range(3000), flood) | common)
    assert len(pairs) == 2999
    assert {pair.first for pair in pairs} == {0}
