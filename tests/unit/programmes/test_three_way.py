"""Old, new and own beside each other (R42, R72)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.rules.three_way import (
    MOST_WORDS,
    Fate,
    Pieces,
    Standing,
    fates,
    marked,
    same,
    standing,
    three_way,
)

TEXTS = st.text(alphabet="ab .,\n[]é", max_size=40)


def whole(pieces: Pieces) -> str:
    return "".join(piece.text for piece in pieces)


def differing(pieces: Pieces) -> list[str]:
    return [piece.text for piece in pieces if piece.differs]


def test_the_words_that_differ_are_marked_in_each_of_the_three() -> None:
    found = three_way(
        old="We bouwen elk jaar 200 woningen.",
        new="We bouwen elk jaar 300 sociale woningen.",
        own="In Harlingen bouwen we elk jaar 200 woningen.",
    )
    assert differing(found.old) == ["200"]
    assert differing(found.new) == ["300 sociale"]
    assert whole(found.own) == "In Harlingen bouwen we elk jaar 200 woningen."
    assert "woningen" not in " ".join(differing(found.own))
    assert found.standing is Standing.BOTH


@pytest.mark.parametrize(
    ("old", "new", "own", "expected"),
    [
        ("een huis", "een huis", "ons huis", Standing.NOTHING),
        ("een huis", "een thuis", "een huis", Standing.CLEAN),
        ("een huis", "een thuis", "een  thuis", Standing.THERE),
        ("een huis", "een thuis", "ons huis", Standing.BOTH),
        ("een huis", None, "ons huis", Standing.LAPSED),
    ],
)
def test_what_follows_from_the_three_texts(
    old: str, new: str | None, own: str, expected: Standing
) -> None:
    assert standing(old=old, new=new, own=own) is expected
    assert three_way(old=old, new=new, own=own).standing is expected


def test_what_lapsed_has_no_new_text_and_no_marks_in_the_old_one() -> None:
    found = three_way(old="een huis", new=None, own="een groot huis")
    assert (found.new, differing(found.old), differing(found.own)) == ((), [], ["groot"])


def test_each_measure_of_two_versions_has_one_fate() -> None:
    old = {1: "een huis", 2: "een boom", 3: "een kade"}
    new = {4: "een school", 2: "twee bomen", 1: "een  huis"}
    assert fates(old=old, new=new) == {
        4: Fate.NEW,
        2: Fate.CHANGED,
        1: Fate.SAME,
        3: Fate.LAPSED,
    }
    assert list(fates(old=old, new=new)) == [4, 2, 1, 3]


@given(one=TEXTS, other=TEXTS)
def test_nothing_of_a_text_is_lost_and_only_what_differs_is_marked(one: str, other: str) -> None:
    mine, theirs = marked(one, other)
    assert (whole(mine), whole(theirs)) == (one, other)
    assert same(one, other) <= (not differing(mine) and not differing(theirs))
    # Without the marked words both say the same.
    kept = ["".join(p.text for p in pieces if not p.differs).split() for pieces in (mine, theirs)]
    assert "".join(kept[0]) == "".join(kept[1])


@given(one=TEXTS)
def test_a_text_does_not_differ_from_itself(one: str) -> None:
    assert differing(marked(one, one)[0]) == []


def test_of_very_long_stretches_the_whole_is_marked() -> None:
    one = " ".join(f"woord{number % 7}" for number in range(MOST_WORDS))
    other = " ".join(f"woord{number % 5}" for number in range(MOST_WORDS))
    mine, theirs = marked(f"Samen: een {one} {one}.", f"Samen: twee {other} {other}.")
    assert [piece.differs for piece in mine] == [False, True, False]
    assert whole(theirs).endswith(f"{other}.")
