"""The table of transitions: every step it has, every step it has not."""

from __future__ import annotations

from io import StringIO
from itertools import product
from pathlib import Path

import pytest
from django.core.management import call_command

from process.enums import MilestoneStatus
from process.rules.transitions import (
    TRANSITIONS,
    Action,
    Guard,
    Status,
    TransitionRefused,
    diagram,
    possible,
    transition,
)

ALLOWED = {
    (Status.PLANNED, Action.START): Status.STARTED,
    (Status.PLANNED, Action.FINISH): Status.DONE,
    (Status.PLANNED, Action.DROP): Status.DROPPED,
    (Status.STARTED, Action.FINISH): Status.DONE,
    (Status.STARTED, Action.DROP): Status.DROPPED,
    (Status.DONE, Action.REOPEN): Status.STARTED,
    (Status.DROPPED, Action.RESTORE): Status.PLANNED,
}
EVERY_STEP = list(product(Status, Action))


@pytest.mark.parametrize(("status", "action"), EVERY_STEP)
def test_each_step_leads_where_it_should_or_is_refused(status: Status, action: Action) -> None:
    if (status, action) in ALLOWED:
        assert transition(status=status, action=action).to is ALLOWED[status, action]
        assert action in possible(status=status)
    else:
        with pytest.raises(TransitionRefused) as refused:
            transition(status=status, action=action)
        assert (refused.value.status, refused.value.action) == (status, action)
        assert str(refused.value) == f"a milestone that is {status} cannot {action}"
        assert action not in possible(status=status)


def test_the_recorded_statuses_are_those_of_the_table() -> None:
    assert {status.value for status in Status} == set(MilestoneStatus.values)


def test_every_status_can_be_left_again() -> None:
    assert all(possible(status=status) for status in Status)


@pytest.mark.parametrize(
    ("action", "guards"),
    [
        (Action.START, set()),
        (Action.FINISH, {Guard.PARTS_THERE, Guard.ORDER_HOLDS}),
        (Action.REOPEN, {Guard.REASON_GIVEN, Guard.NOT_FOLLOWED}),
        (Action.DROP, {Guard.REASON_GIVEN, Guard.MAY_BE_DROPPED}),
        (Action.RESTORE, {Guard.NOT_FOLLOWED}),
    ],
)
def test_an_action_asks_the_same_wherever_it_starts(action: Action, guards: set[Guard]) -> None:
    found = [set(step.guards) for (_, name), step in TRANSITIONS.items() if name is action]
    assert found
    assert all(each == guards for each in found)


def test_the_diagram_draws_each_step_once_with_its_guards() -> None:
    lines = diagram().splitlines()
    assert lines[:2] == ["stateDiagram-v2", "    [*] --> planned"]
    assert "    planned --> started: start" in lines
    assert "    started --> done: finish [parts_there, order_holds]" in lines
    assert "    dropped --> planned: restore [not_followed]" in lines
    assert len(lines) == len(set(lines)) == len(TRANSITIONS) + 2


def test_the_page_about_the_process_shows_what_the_command_draws() -> None:
    out = StringIO()
    call_command("draw_transitions", stdout=out)
    page = (Path(__file__).resolve().parents[2] / "docs" / "process.md").read_text("utf-8")
    for drawn in out.getvalue().strip().split("\n\n"):
        assert f"```mermaid\n{drawn}\n```" in page
