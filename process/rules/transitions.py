"""What can happen to a milestone, as data; ``manage.py draw_transitions`` draws it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """What is recorded of a milestone."""

    PLANNED = "planned"
    STARTED = "started"
    DONE = "done"
    DROPPED = "dropped"


class Action(StrEnum):
    """What a person does to it."""

    START = "start"
    FINISH = "finish"
    REOPEN = "reopen"
    DROP = "drop"
    RESTORE = "restore"


class Guard(StrEnum):
    """What must hold for the action; the services look."""

    PARTS_THERE = "parts_there"  # every compulsory part is recorded
    ORDER_HOLDS = "order_holds"  # process.rules.order finds no problem
    REASON_GIVEN = "reason_given"
    NOT_FOLLOWED = "not_followed"  # nothing that waited for it is done already
    MAY_BE_DROPPED = "may_be_dropped"  # not one of order.NEVER_DROPPED, not fixed by law


@dataclass(frozen=True, slots=True)
class Transition:
    """Where an action leads, and what it asks."""

    to: Status
    guards: tuple[Guard, ...] = ()


_FINISH = Transition(Status.DONE, (Guard.PARTS_THERE, Guard.ORDER_HOLDS))
_DROP = Transition(Status.DROPPED, (Guard.REASON_GIVEN, Guard.MAY_BE_DROPPED))

TRANSITIONS: Mapping[tuple[Status, Action], Transition] = {
    (Status.PLANNED, Action.START): Transition(Status.STARTED),
    (Status.PLANNED, Action.FINISH): _FINISH,
    (Status.PLANNED, Action.DROP): _DROP,
    (Status.STARTED, Action.FINISH): _FINISH,
    (Status.STARTED, Action.DROP): _DROP,
    (Status.DONE, Action.REOPEN): Transition(
        Status.STARTED, (Guard.REASON_GIVEN, Guard.NOT_FOLLOWED)
    ),
    (Status.DROPPED, Action.RESTORE): Transition(Status.PLANNED, (Guard.NOT_FOLLOWED,)),
}


class TransitionRefused(ValueError):
    """This action does not exist for this status."""

    def __init__(self, *, status: Status, action: Action) -> None:
        super().__init__(f"a milestone that is {status} cannot {action}")
        self.status = status
        self.action = action


def transition(*, status: Status, action: Action) -> Transition:
    """Return where ``action`` leads from ``status``.

    Raises:
        TransitionRefused: the table has no such step.
    """
    step = TRANSITIONS.get((status, action))
    if step is None:
        raise TransitionRefused(status=status, action=action)
    return step


def possible(*, status: Status) -> tuple[Action, ...]:
    """Return what can be done to a milestone of this status."""
    return tuple(action for (have, action) in TRANSITIONS if have == status)


def diagram() -> str:
    """Return the table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {Status.PLANNED}"]
    for (status, action), step in TRANSITIONS.items():
        guards = f" [{', '.join(step.guards)}]" if step.guards else ""
        lines.append(f"    {status} --> {step.to}: {action}{guards}")
    return "\n".join(lines)
