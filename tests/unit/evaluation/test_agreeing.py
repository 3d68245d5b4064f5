"""What stands between a list and a top ten, by itself (R58)."""

from __future__ import annotations

from datetime import date

import pytest

from evaluation.agreeing_words import sentence
from evaluation.rules.agreeing import Lack, Missing, Stands, missing

POLLING_DAY = date(2022, 3, 16)


def ten(number: int) -> list[Stands]:
    return [
        Stands(rank=rank, title=f"Nr {rank}", owner=1, deputy=2) for rank in range(1, number + 1)
    ]


@pytest.mark.parametrize(
    ("number", "lacks"), [(9, [Lack.TOO_FEW]), (10, []), (11, [Lack.TOO_MANY])]
)
def test_nine_and_eleven_are_no_top_ten(number: int, lacks: list[Lack]) -> None:
    found = missing(
        ten=ten(number),
        here=frozenset({1, 2}),
        decided_on=date(2021, 11, 20),
        polling_day=POLLING_DAY,
    )
    assert [one.lack for one in found] == lacks


@pytest.mark.parametrize("lack", list(Lack))
def test_each_lack_has_its_sentence(lack: Lack) -> None:
    text = sentence(Missing(lack=lack, rank=3, title="Zwembad", count=9))
    assert text.endswith((".", "!"))
    assert "%" not in text
