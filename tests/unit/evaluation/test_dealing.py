"""Dealing chapters out as even as whole chapters allow."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evaluation.rules.dealing import even_split

chapters = st.dictionaries(st.text(max_size=4), st.integers(min_value=1, max_value=90), max_size=25)
crowd = st.lists(st.integers(min_value=1, max_value=50), min_size=1, max_size=8, unique=True)


def loads(sizes: dict[str, int], dealt: dict[str, tuple[int, ...]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for part, people in dealt.items():
        for person in people:
            found[person] = found.get(person, 0) + sizes[part]
    return found


@given(chapters, crowd)
def test_every_chapter_goes_to_one_person_and_nobody_is_far_behind(
    sizes: dict[str, int], people: list[int]
) -> None:
    dealt = even_split(sizes=sizes, people=people)
    assert list(dealt) == list(sizes)
    assert all(len(who) == 1 for who in dealt.values())
    found = loads(sizes, dealt)
    most = max(found.values(), default=0)
    least = min((found.get(person, 0) for person in people), default=0)
    # Whoever has most was the least loaded before the last chapter came.
    assert most - least <= max(sizes.values(), default=0)


@given(chapters, crowd)
def test_two_people_each_are_two_different_people_where_there_are_two(
    sizes: dict[str, int], people: list[int]
) -> None:
    dealt = even_split(sizes=sizes, people=people, each=2)
    assert all(len(set(who)) == min(2, len(people)) for who in dealt.values())


@given(chapters, crowd)
def test_the_same_question_has_the_same_answer(sizes: dict[str, int], people: list[int]) -> None:
    assert even_split(sizes=sizes, people=people) == even_split(sizes=sizes, people=people)


def test_without_people_nobody_has_anything() -> None:
    assert even_split(sizes={"Wonen": 3}, people=[]) == {"Wonen": ()}


def test_the_largest_go_first() -> None:
    sizes = {"Zorg": 2, "Wonen": 10, "Groen": 8}
    assert even_split(sizes=sizes, people=["Ans", "Bram"]) == {
        "Zorg": ("Bram",),
        "Wonen": ("Ans",),
        "Groen": ("Bram",),
    }
