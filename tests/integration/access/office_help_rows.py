"""Rows of asking the national office, and of answering."""

from __future__ import annotations

import uuid
from typing import Any

from tests.integration.access.cast import INSIDERS, Persona, World
from tests.integration.access.row import (
    BOTH,
    OFFICE,
    PAGE,
    READ,
    WORKING,
    WRITE,
    Row,
    Scope,
    give,
    to,
)

READS = give(PAGE, *WORKING, Persona.NATIONAL)


def _slug(world: World) -> dict[str, object]:
    return {"slug": world.a.slug}


def _waiting(world: World) -> dict[str, object]:
    return _slug(world) | {"pk": world.a.office.waiting.pk}


def _answered(world: World) -> dict[str, object]:
    return _slug(world) | {"pk": world.a.office.answered.pk}


def _message(_world: World) -> dict[str, Any]:
    return {"text": "Nog iets.", "submission": str(uuid.uuid4())}


BRANCH_ROWS = [
    Row(
        name="together:help",
        permission="monitor.view_together",
        kwargs=_slug,
        get=give(PAGE, *INSIDERS, Persona.NATIONAL),
    ),
    Row(
        name="together:help_ask",
        permission="monitor.ask_help",
        kwargs=_slug,
        methods=BOTH,
        get=give(PAGE, *WORKING),
        post=give(to("together:help_request"), *WORKING),
        data=lambda world: (
            _message(world)
            | {"subject": "Hoe dan?", "milestone": world.a.milestones["working"].key}
        ),
    ),
    Row(
        name="together:help_request",
        permission="monitor.view_help",
        kwargs=_waiting,
        methods=READ,
        get=READS,
    ),
    Row(
        name="together:help_write",
        permission="monitor.ask_help",
        kwargs=_answered,
        methods=WRITE,
        post=give(to("together:help_request"), *WORKING),
        data=_message,
    ),
    Row(
        name="together:help_close",
        permission="monitor.ask_help",
        kwargs=_answered,
        methods=WRITE,
        post=give(to("together:help"), *WORKING),
    ),
]


def _office(name: str, **more: Any) -> Row:
    return Row(
        name=f"monitor:{name}",
        scope=Scope.NATIONAL,
        permission="monitor.help_branches",
        **more,
    )


def _question(world: World) -> dict[str, object]:
    return {"pk": world.a.office.waiting.pk}


OFFICE_ROWS = [
    _office("help_desk", get=give(PAGE, *OFFICE)),
    _office(
        "help_answer",
        kwargs=_question,
        methods=BOTH,
        get=give(PAGE, *OFFICE),
        post=give(to("monitor:help_answer"), *OFFICE),
        data=lambda world: (
            _message(world)
            | {"expert": world.a.office.expert.pk, "seen": world.a.office.message.pk}
        ),
    ),
    _office(
        "help_take",
        kwargs=_question,
        methods=WRITE,
        post=give(to("monitor:help_answer"), *OFFICE),
        data=lambda world: {"to": world.officer.user_id, "seen": ""},
    ),
    _office(
        "help_done",
        kwargs=_question,
        methods=WRITE,
        post=give(to("monitor:help_desk"), *OFFICE),
    ),
]
ROWS = [*BRANCH_ROWS, *OFFICE_ROWS]
