"""Rows of the input: one contribution, what is done with it, and typing one in."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from consultation.models import Contribution
from tests.clock import FIRST_DAY
from tests.integration.access.branch_rows import slug
from tests.integration.access.cast import World
from tests.integration.access.row import (
    BOTH,
    COMMITTEE,
    PAGE,
    WORKING,
    WRITE,
    Row,
    give,
    to,
)

DONE = give(to("consultation:contribution"), *COMMITTEE)


def _which(name: str) -> Callable[[World], dict[str, object]]:
    return lambda world: slug(world) | {"pk": _row(world, name).pk}


def _row(world: World, name: str) -> Contribution:
    found: Contribution = getattr(world.a.input, name)
    return found


def _with_revision(name: str, **values: Any) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"revision": _row(world, name).revision, **values}


def _add(world: World) -> dict[str, Any]:
    return {
        "submission": str(uuid.uuid4()),
        "channel": f"c{world.a.input.channel.pk}",
        "text": "Gehoord op de markt: een bankje bij de vijver.",
        "theme": world.a.input.theme.pk,
        "received_on": FIRST_DAY.isoformat(),
    }


def _assign(world: World) -> dict[str, Any]:
    return {"revision": world.a.input.mailed.revision, "to": world.a.people["committee"].pk}


def _measure(world: World) -> dict[str, Any]:
    return {"measure": world.a.programmes.spare.measures.order_by("pk")[0].pk}


ROWS: list[Row] = [
    Row(
        name="consultation:contribution_add",
        permission="consultation.work",
        kwargs=slug,
        methods=BOTH,
        data=_add,
        get=give(PAGE, *COMMITTEE),
        post=DONE,
    ),
    Row(
        name="consultation:contribution",
        permission="consultation.view_contributions",
        kwargs=_which("contribution"),
        get=give(PAGE, *WORKING),
    ),
    Row(
        name="consultation:status",
        permission="consultation.work",
        kwargs=_which("mailed"),
        methods=WRITE,
        data=_with_revision("mailed", status="partly", reason="Het kan niet overal."),
        post=DONE,
    ),
    Row(
        name="consultation:note",
        permission="consultation.work",
        kwargs=_which("mailed"),
        methods=WRITE,
        data=_with_revision("mailed", note="Bel haar nog even."),
        post=DONE,
    ),
    Row(
        name="consultation:assign",
        permission="consultation.work",
        kwargs=_which("mailed"),
        methods=WRITE,
        data=_assign,
        post=DONE,
    ),
    Row(
        name="consultation:take_apart",
        permission="consultation.work",
        kwargs=_which("merged"),
        methods=WRITE,
        post=DONE,
    ),
    Row(
        name="consultation:merge",
        permission="consultation.work",
        kwargs=_which("mailed"),
        methods=BOTH,
        data=lambda world: {"other": world.a.input.contribution.pk},
        get=give(PAGE, *COMMITTEE),
        post=DONE,
    ),
    Row(
        name="consultation:cut",
        permission="consultation.work",
        kwargs=_which("mailed"),
        methods=BOTH,
        data=_with_revision("mailed", part_0="Een bankje.", part_1="Een prullenbak."),
        get=give(PAGE, *COMMITTEE),
        post=DONE,
    ),
    Row(
        name="consultation:uncut",
        permission="consultation.work",
        kwargs=_which("mailed"),
        methods=WRITE,
        post=DONE,
    ),
    Row(
        name="consultation:correct",
        permission="consultation.work",
        kwargs=_which("mailed"),
        methods=BOTH,
        data=_with_revision("mailed", role="member", neighbourhood="Centrum"),
        get=give(PAGE, *COMMITTEE),
        post=DONE,
    ),
    Row(
        name="consultation:answer",
        permission="consultation.work",
        kwargs=_which("settled"),
        methods=BOTH,
        data=_with_revision("settled", text="Het staat er nu in, dank je wel."),
        get=give(PAGE, *COMMITTEE),
        post=DONE,
    ),
    Row(
        name="consultation:link_measure",
        permission="consultation.work",
        kwargs=_which("mailed"),
        methods=BOTH,
        data=_measure,
        get=give(PAGE, *COMMITTEE),
        post=DONE,
    ),
    Row(
        name="consultation:unlink_measure",
        permission="consultation.work",
        kwargs=_which("settled"),
        methods=WRITE,
        data=_measure,
        post=DONE,
    ),
]
