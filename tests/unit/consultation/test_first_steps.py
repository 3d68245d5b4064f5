"""What a branch does first with its input (R20, R25, R28)."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from consultation.rules.first import AT_ONCE, Standing, Step, first_steps

QUIET = Standing(
    digital=True,
    physical=True,
    set_aside=0,
    untouched=0,
    empty_themes=0,
    gatherings=1,
    came_in=12,
    is_closed=False,
)
STANDINGS = st.builds(
    Standing,
    digital=st.booleans(),
    physical=st.booleans(),
    set_aside=st.integers(0, 3),
    untouched=st.integers(0, 3),
    empty_themes=st.integers(0, 7),
    gatherings=st.integers(0, 2),
    came_in=st.integers(0, 9),
    is_closed=st.booleans(),
)


def test_when_all_is_looked_at_there_is_nothing_to_do() -> None:
    assert first_steps(QUIET) == ()


def test_the_first_channel_comes_before_everything() -> None:
    just_begun = Standing(
        digital=False,
        physical=False,
        set_aside=0,
        untouched=0,
        empty_themes=6,
        gatherings=0,
        came_in=0,
        is_closed=False,
    )
    assert first_steps(just_begun) == (Step.OPEN, Step.GATHER)


def test_with_one_kind_of_channel_the_other_is_asked_for() -> None:
    assert first_steps(replace(QUIET, digital=False)) == (Step.GO_ONLINE,)
    assert first_steps(replace(QUIET, physical=False)) == (Step.MEET_PEOPLE,)


def test_what_waits_for_somebody_comes_before_asking_further() -> None:
    found = first_steps(replace(QUIET, set_aside=2, untouched=5, empty_themes=1, gatherings=0))
    assert found == (Step.LET_THROUGH, Step.LOOK, Step.GATHER)


def test_an_empty_theme_is_asked_about_once_others_have_something() -> None:
    assert first_steps(replace(QUIET, empty_themes=1)) == (Step.ASK,)
    assert first_steps(replace(QUIET, empty_themes=6, came_in=0)) == (Step.SPREAD,)


@given(STANDINGS)
def test_after_the_last_day_only_what_came_in_asks_for_something(standing: Standing) -> None:
    found = first_steps(replace(standing, is_closed=True))
    assert set(found) <= {Step.LET_THROUGH, Step.LOOK}


@given(STANDINGS)
def test_there_are_never_more_than_fit_one_glance_and_never_twice_the_same(
    standing: Standing,
) -> None:
    found = first_steps(standing)
    assert len(found) == len(set(found)) <= AT_ONCE
