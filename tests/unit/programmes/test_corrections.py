"""What people say of blocks: the last word counts, nothing is lost, nonsense is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.rules.blocks import Block, BlockKind, Role
from programmes.rules.corrections import WrongCorrection, apply

BLOCKS = [
    Block(number=0, kind=BlockKind.HEADING, text="Wonen", level=1, line=1),
    Block(number=1, kind=BlockKind.BULLET, text="We bouwen huizen. We planten bomen.", mark="-"),
    Block(number=2, kind=BlockKind.LINE, text="Ook in de wijk.", line=3),
    Block(number=3, kind=BlockKind.ROW, text="Zorg | Een huisarts", cells=("Zorg", "Een huisarts")),
]


def said(*corrections: dict[str, Any]) -> list[Block]:
    return apply(BLOCKS, corrections)


def role(block: str, name: str) -> dict[str, Any]:
    return {"op": "role", "block": block, "role": name}


def test_without_corrections_the_blocks_are_as_they_were() -> None:
    assert said() == BLOCKS


def test_a_role_is_put_on_its_block_alone() -> None:
    assert said(role("2", "measure")) == [
        *BLOCKS[:2],
        replace(BLOCKS[2], role=Role.MEASURE),
        BLOCKS[3],
    ]


def test_the_last_word_on_a_block_counts() -> None:
    assert said(role("2", "measure"), role("2", "left_out"))[2].role is Role.LEFT_OUT


def test_what_is_joined_takes_the_role_of_what_stands_before_it() -> None:
    found = said(role("2", "measure"), {"op": "join", "block": "2"})[2]
    assert (found.role, found.joins) == (None, True)


def test_what_gets_a_role_no_longer_goes_on_with_what_stands_before_it() -> None:
    found = said({"op": "join", "block": "2"}, role("2", "chapter"))[2]
    assert (found.role, found.joins) == (Role.CHAPTER, None)


def test_apart_keeps_the_role() -> None:
    found = said(role("2", "text"), {"op": "apart", "block": "2"})[2]
    assert (found.role, found.joins) == (Role.TEXT, False)


def test_a_split_gives_two_pieces_of_the_same_number_and_kind() -> None:
    blocks = said({"op": "split", "block": "1", "at": 18})
    assert [block.key for block in blocks] == ["0", "1.1", "1.2", "2", "3"]
    first, second = blocks[1:3]
    assert (first.text, second.text) == ("We bouwen huizen.", "We planten bomen.")
    assert first.kind == second.kind == BlockKind.BULLET
    assert (first.mark, second.mark) == ("-", "-")
    assert (first.joins, second.joins) == (None, False)


def test_a_piece_can_be_split_and_corrected_in_its_turn() -> None:
    blocks = said(
        {"op": "split", "block": "1", "at": 18},
        {"op": "split", "block": "1.1", "at": 3},
        role("1.3", "left_out"),
    )
    assert [(block.key, block.text) for block in blocks[1:4]] == [
        ("1.1", "We"),
        ("1.2", "bouwen huizen."),
        ("1.3", "We planten bomen."),
    ]
    assert [block.role for block in blocks[1:4]] == [None, None, Role.LEFT_OUT]


def test_a_row_that_is_split_has_no_cells_any_more() -> None:
    blocks = said({"op": "split", "block": "3", "at": 7})
    assert [(block.text, block.cells, block.kind) for block in blocks[3:]] == [
        ("Zorg |", (), BlockKind.PARAGRAPH),
        ("Een huisarts", (), BlockKind.PARAGRAPH),
    ]


def test_a_button_pressed_twice_counts_once() -> None:
    split = {"op": "split", "block": "1", "at": 18}
    assert said(split, split) == said(split)
    assert said(role("2", "text"), role("2", "text")) == said(role("2", "text"))


@pytest.mark.parametrize(
    "wrong",
    [
        role("9", "text"),
        role("1.1", "text"),
        role("01", "text"),
        role("x", "text"),
        role("1", "promise"),
        {"op": "role", "block": "1"},
        {"op": "role", "block": 1, "role": "text"},
        {"op": "join", "block": "0"},
        {"op": "merge", "block": "1"},
        {"block": "1"},
        {"op": "join"},
        {"op": "split", "block": "1"},
        {"op": "split", "block": "1", "at": 0},
        {"op": "split", "block": "1", "at": -3},
        {"op": "split", "block": "1", "at": 35},
        {"op": "split", "block": "1", "at": "18"},
        {"op": "split", "block": "1", "at": True},
    ],
)
def test_a_correction_that_does_not_fit_is_refused_and_says_which(wrong: dict[str, Any]) -> None:
    with pytest.raises(WrongCorrection) as refused:
        said(role("2", "text"), wrong)
    assert refused.value.place == 1
    assert isinstance(refused.value, ValueError)


def test_a_piece_of_only_white_space_is_refused() -> None:
    blank = [Block(number=0, kind=BlockKind.LINE, text="a   b")]
    assert [one.text for one in apply(blank, [{"op": "split", "block": "0", "at": 2}])] == [
        "a",
        "b",
    ]
    with pytest.raises(WrongCorrection):
        apply(
            [Block(number=0, kind=BlockKind.LINE, text="  b")],
            [{"op": "split", "block": "0", "at": 1}],
        )


@given(
    places=st.lists(st.integers(min_value=1, max_value=30), max_size=6),
    keys=st.lists(st.sampled_from(["0", "1", "1.1", "1.2", "1.3", "2", "3"]), max_size=6),
)
def test_no_letter_is_lost_whatever_is_split(places: list[int], keys: list[str]) -> None:
    corrections: list[dict[str, Any]] = []
    for key, at in zip(keys, places, strict=False):
        more = [*corrections, {"op": "split", "block": key, "at": at}]
        try:
            apply(BLOCKS, more)
        except WrongCorrection:
            continue
        corrections = more
    found = apply(BLOCKS, corrections)
    assert letters(found) == letters(BLOCKS)
    assert len({block.key for block in found}) == len(found)
    assert [block.number for block in found] == sorted(block.number for block in found)


def letters(blocks: list[Block]) -> str:
    return "".join("".join(block.text.split()) for block in blocks)


def test_what_was_read_as_one_with_a_block_stays_with_it() -> None:
    found = said({**role("1", "measure"), "rest": ["2"]})
    assert (found[1].role, found[2].role, found[2].joins) == (Role.MEASURE, None, True)


def test_what_was_read_as_one_with_a_block_is_left_out_with_it() -> None:
    found = said({**role("1", "left_out"), "rest": ["2", "3"]})
    assert [block.role for block in found[1:]] == [Role.LEFT_OUT] * 3


def test_what_stands_further_on_is_left_to_the_recogniser() -> None:
    assert said({**role("1", "measure"), "rest": ["3"]})[3] == BLOCKS[3]


def test_a_rest_that_is_not_there_is_refused() -> None:
    with pytest.raises(WrongCorrection):
        said({**role("1", "measure"), "rest": ["7"]})
