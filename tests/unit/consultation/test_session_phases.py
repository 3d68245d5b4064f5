"""What a session may become, and its codes (R82)."""

from __future__ import annotations

import random
from datetime import date

import pytest

from consultation.enums import SessionPhase
from consultation.rules import session_phases as phases
from consultation.rules.gathering_state import GatheringState, state_of
from consultation.rules.session_codes import LENGTH, SIGNS, new_code, read_code

DAY = date(2021, 10, 4)


def test_the_phases_are_those_that_are_stored() -> None:
    assert list(phases.ORDER) == SessionPhase.values


def test_one_step_on_and_one_back_and_no_jumps() -> None:
    for place, now in enumerate(phases.ORDER):
        for to in phases.ORDER:
            step = phases.ORDER.index(to) - place
            on_paper = (now, to) == (phases.PLANNED, phases.CLUSTER)
            to_the_beginning = to == phases.PLANNED
            expected = (abs(step) == 1 and not to_the_beginning) or on_paper
            assert phases.may_move(now=now, to=to) == expected, (now, to)
    assert not phases.may_move(now="iets", to=phases.COLLECT)


def test_the_way_on_and_back_is_a_way_that_may_be_gone() -> None:
    for now in phases.ORDER:
        for to in (phases.onward(now), phases.back(now)):
            assert to is None or phases.may_move(now=now, to=to)
    assert phases.onward(phases.CLOSED) is None
    assert phases.back(phases.COLLECT) is None
    assert phases.back(phases.CLOSED) == phases.REPORT


def test_notes_are_written_before_they_are_sorted() -> None:
    for phase in phases.ORDER:
        assert not (phases.takes_notes(phase) and phases.may_sort(phase))
    assert not phases.has_code(phases.CLOSED)
    assert not phases.may_type_in(phases.CLOSED)


def test_a_code_has_no_signs_that_look_alike() -> None:
    assert not set("0O1IL2Z5S8BUAE") & set(SIGNS)
    chance = random.Random(4)  # noqa: S311 - a test that can be run again
    code = new_code(choose=chance.choice)
    assert len(code) == LENGTH
    assert read_code(code) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("kc7 vfh", "KC7VFH"),
        (" KC7-VFH. ", "KC7VFH"),
        ("KC7VF", None),
        ("KC7VFHH", None),
        ("KC7VF0", None),
        ("ⓚC7VFH", None),
        ("", None),
        ("K" * 10_000, None),
    ],
)
def test_a_code_is_read_as_it_is_typed(typed: str, code: str | None) -> None:
    assert read_code(typed) == code


@pytest.mark.parametrize(
    ("status", "of_sessions", "days", "state"),
    [
        ("cancelled", ["collect"], 0, GatheringState.CANCELLED),
        ("planned", [], 3, GatheringState.NO_SESSIONS),
        ("planned", ["planned"], 3, GatheringState.COMING),
        ("planned", ["planned"], 0, GatheringState.TODAY),
        ("planned", ["closed", "discuss"], 0, GatheringState.LIVE),
        ("planned", [], -1, GatheringState.PAST),
        ("held", ["closed"], -1, GatheringState.HELD),
    ],
)
def test_how_far_a_gathering_is(
    status: str, of_sessions: list[str], days: int, state: GatheringState
) -> None:
    day = date.fromordinal(DAY.toordinal() + days)
    assert state_of(status=status, day=day, of_sessions=of_sessions, today=DAY) == state
