"""Rows of one pledge of the top ten: its story, updates, steps, documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.clock import FIRST_DAY
from tests.integration.access.branch_rows import slug
from tests.integration.access.cast import Persona, World
from tests.integration.access.row import BOTH, INSIDE, OFFICE, PAGE, WRITE, Row, give, to

SEEN = give(PAGE, *INSIDE, *OFFICE)
# The council group is in the lead of this pledge, too: see the tests of ``delivers`` for the rest.
DELIVERS = (Persona.BOARD, Persona.COUNCIL_GROUP)
BACK = to("evaluation:pledge")


def _at(pick: Callable[[World], Any]) -> Callable[[World], dict[str, object]]:
    return lambda world: slug(world) | {"pk": pick(world).pk}


_pledge = _at(lambda world: world.a.ten.pledge)
_told = _at(lambda world: world.a.ten.told)
_step = _at(lambda world: world.a.ten.step)


def _update(_world: World) -> dict[str, Any]:
    return {
        "status": "under_way",
        "text": "De raad nam de motie aan.",
        "day": str(FIRST_DAY),
        "public": "on",
    }


def _plan(world: World) -> dict[str, Any]:
    return {"title": "Motie indienen", "means": "motion", "revision": world.a.ten.step.revision}


def _form(name: str, kwargs: Any, data: Any) -> Row:
    return Row(
        name=name,
        permission="evaluation.deliver",
        kwargs=kwargs,
        methods=BOTH,
        get=give(PAGE, *DELIVERS),
        post=give(BACK, *DELIVERS),
        data=data,
    )


def _act(name: str, kwargs: Any, data: Any = None) -> Row:
    return Row(
        name=name,
        permission="evaluation.deliver",
        kwargs=kwargs,
        methods=WRITE,
        post=give(BACK, *DELIVERS),
        data=data or (lambda _world: {}),
    )


ROWS: list[Row] = [
    Row(
        name="evaluation:pledge",
        permission="evaluation.view_ten",
        kwargs=_pledge,
        get=SEEN,
    ),
    _form("evaluation:update_add", _pledge, _update),
    _form("evaluation:update_correct", _told, _update),
    _act("evaluation:update_withdraw", _told),
    _form("evaluation:step_add", _pledge, _plan),
    _form("evaluation:step", _step, _plan),
    _act("evaluation:step_done", _step),
    _act("evaluation:step_remove", _step),
    _act(
        "evaluation:pledge_evidence_add",
        _pledge,
        lambda _world: {"url": "https://voorbeeld.nl/motie", "public": "on"},
    ),
    _act("evaluation:pledge_evidence_remove", _at(lambda world: world.a.ten.with_file)),
    Row(
        name="evaluation:pledge_evidence_file",
        permission="evaluation.view_ten",
        kwargs=_at(lambda world: world.a.ten.with_file),
        get=SEEN,
    ),
]
