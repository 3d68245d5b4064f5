"""Rows of the input: overview, themes, channels, the closing day, organisations."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from tests.integration.access.branch_rows import slug
from tests.integration.access.cast import World
from tests.integration.access.row import (
    BOTH,
    COMMITTEE,
    INSIDE,
    OFFICE,
    PAGE,
    WORKING,
    WRITE,
    Row,
    give,
    to,
)

OVERVIEW = to("consultation:overview")
CHANNELS = to("consultation:channels")
STAKEHOLDERS = to("consultation:stakeholders")
STAKEHOLDER = to("consultation:stakeholder")
SEEN = give(PAGE, *INSIDE, *OFFICE)
WORK = "consultation.work"
READ = "consultation.view_contributions"


def _of(which: str) -> Callable[[World], dict[str, object]]:
    return lambda world: slug(world) | {"pk": getattr(world.a.input, which).pk}


def _nothing(_world: World) -> dict[str, Any]:
    return {}


def _act(name: str, which: str, data: Callable[[World], dict[str, Any]] = _nothing) -> Row:
    return Row(
        name=f"consultation:{name}",
        permission=WORK,
        kwargs=_of(which),
        methods=WRITE,
        data=data,
        post=give(CHANNELS, *COMMITTEE),
    )


def _theme_changed(world: World) -> dict[str, Any]:
    return {"name": "Het station", "topical": "Er komt een plein."} | {
        "revision": world.a.input.theme.revision
    }


def _channel_changed(world: World) -> dict[str, Any]:
    return {"name": "Straatpraat", "nature": "digital"} | {
        "revision": world.a.input.channel.revision
    }


def _stakeholder(_world: World) -> dict[str, Any]:
    return {"name": "De voetbalclub", "kind": "organisation", "answer": "to_ask"}


def _brought(_world: World) -> dict[str, Any]:
    return {
        "submission": str(uuid.uuid4()),
        "text": "Een tweede veld.",
        "received_on": "2021-09-20",
    }


ROWS = [
    Row(
        name="consultation:overview",
        permission="consultation.view_input",
        kwargs=slug,
        get=SEEN,
    ),
    Row(
        name="consultation:start",
        permission=WORK,
        kwargs=slug,
        methods=WRITE,
        post=give(OVERVIEW, *COMMITTEE),
    ),
    Row(
        name="consultation:channels",
        permission=WORK,
        kwargs=slug,
        get=give(PAGE, *COMMITTEE),
    ),
    Row(
        name="consultation:close_input",
        permission=WORK,
        kwargs=slug,
        methods=BOTH,
        get=give(PAGE, *COMMITTEE),
        data=lambda world: {
            "closes_on": "2021-12-01",
            "revision": world.a.input.consultation.revision,
        },
        post=give(OVERVIEW, *COMMITTEE),
    ),
    Row(
        name="consultation:theme",
        permission="consultation.view_input",
        kwargs=_of("theme"),
        get=SEEN,
    ),
    Row(
        name="consultation:theme_add",
        permission=WORK,
        kwargs=slug,
        methods=BOTH,
        get=give(PAGE, *COMMITTEE),
        data=lambda _world: {"name": "Het zonneveld"},
        post=give(CHANNELS, *COMMITTEE),
    ),
    Row(
        name="consultation:theme_change",
        permission=WORK,
        kwargs=_of("theme"),
        methods=BOTH,
        get=give(PAGE, *COMMITTEE),
        data=_theme_changed,
        post=give(to("consultation:theme"), *COMMITTEE),
    ),
    _act("theme_close", "theme"),
    _act("theme_reopen", "theme"),
    _act("theme_move", "theme", lambda _world: {"way": "up"}),
    Row(
        name="consultation:channel_add",
        permission=WORK,
        kwargs=slug,
        methods=BOTH,
        get=give(PAGE, *COMMITTEE),
        data=lambda _world: {"kind": "door_to_door"},
        post=give(CHANNELS, *COMMITTEE),
    ),
    Row(
        name="consultation:channel",
        permission=WORK,
        kwargs=_of("channel"),
        methods=BOTH,
        get=give(PAGE, *COMMITTEE),
        data=_channel_changed,
        post=give(CHANNELS, *COMMITTEE),
    ),
    _act("channel_open", "channel"),
    _act("channel_close", "channel"),
    Row(
        name="consultation:stakeholders",
        permission=READ,
        kwargs=slug,
        get=give(PAGE, *WORKING),
    ),
    Row(
        name="consultation:stakeholder",
        permission=READ,
        kwargs=_of("stakeholder"),
        get=give(PAGE, *WORKING),
    ),
    Row(
        name="consultation:stakeholder_add",
        permission=WORK,
        kwargs=slug,
        methods=BOTH,
        get=give(PAGE, *COMMITTEE),
        data=_stakeholder,
        post=give(STAKEHOLDERS, *COMMITTEE),
    ),
    Row(
        name="consultation:stakeholder_change",
        permission=WORK,
        kwargs=_of("stakeholder"),
        methods=BOTH,
        get=give(PAGE, *COMMITTEE),
        data=lambda world: _stakeholder(world) | {"revision": world.a.input.stakeholder.revision},
        post=give(STAKEHOLDER, *COMMITTEE),
    ),
    Row(
        name="consultation:stakeholder_remove",
        permission=WORK,
        kwargs=_of("to_ask"),
        methods=BOTH,
        get=give(PAGE, *COMMITTEE),
        post=give(STAKEHOLDERS, *COMMITTEE),
    ),
    Row(
        name="consultation:stakeholder_contribution",
        permission=WORK,
        kwargs=_of("stakeholder"),
        methods=BOTH,
        get=give(PAGE, *COMMITTEE),
        data=_brought,
        post=give(STAKEHOLDER, *COMMITTEE),
    ),
]
