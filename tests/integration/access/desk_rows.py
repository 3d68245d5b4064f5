"""Rows of the evaluation: dealing out, judging, settling."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from evaluation.rules.marks import mark
from tests.integration.access.branch_rows import slug
from tests.integration.access.cast import Persona, World
from tests.integration.access.row import BOTH, INSIDE, OFFICE, PAGE, WRITE, Row, give, to

SEEN = give(PAGE, *INSIDE, *OFFICE)
JUDGES = (Persona.COUNCIL_GROUP,)
MANAGES = (Persona.BOARD, Persona.COUNCIL_GROUP)
PROMISE = to("evaluation:promise")


def _evaluation(world: World) -> dict[str, object]:
    return slug(world) | {"pk": world.a.evaluation.evaluation.pk}


def _promise(world: World) -> dict[str, object]:
    return slug(world) | {"pk": world.a.evaluation.promise.pk}


def _evidence(which: str) -> Callable[[World], dict[str, object]]:
    return lambda world: slug(world) | {"pk": getattr(world.a.evaluation, which).pk}


def _start(world: World) -> dict[str, Any]:
    return {"programme": world.a.evaluation.fresh.pk}


def _chapter(world: World) -> int:
    section = world.a.evaluation.promise.measure.section
    assert section is not None
    return section.chapter_id


def _deal(world: World) -> dict[str, Any]:
    chapter = _chapter(world)
    return {f"who-{chapter}": world.a.people["council_group"].pk, f"was-{chapter}": ""}


def _portfolios(world: World) -> dict[str, Any]:
    chapter = _chapter(world)
    return {f"name-c{chapter}": "Wonen", f"was-c{chapter}": ""}


def _judge(world: World) -> dict[str, Any]:
    explanation = world.a.evaluation.promise.explanation
    return {
        "explanation": explanation,
        "explanation_seen": mark(explanation),
        "verdict": "delivered",
        "timing": "on_time",
        "seen": 1,
        "shows": "Raadsbesluit",
        "url": "https://voorbeeld.nl/besluit",
        "submission": str(uuid.uuid4()),
    }


def _settle(world: World) -> dict[str, Any]:
    return {
        "verdict": "partly",
        "because": "De helft staat er.",
        "revision": world.a.evaluation.promise.revision,
    }


def _describe(world: World) -> dict[str, Any]:
    return {
        "explanation": "We bouwden er honderd.",
        "portfolio": "Wonen",
        "revision": world.a.evaluation.promise.revision,
    }


ROWS = [
    Row(
        name="evaluation:start",
        permission="evaluation.manage",
        kwargs=slug,
        methods=BOTH,
        data=_start,
        get=give(PAGE, *MANAGES),
        post=give(to("evaluation:deal"), *MANAGES),
    ),
    Row(
        name="evaluation:deal",
        permission="evaluation.manage",
        kwargs=_evaluation,
        methods=BOTH,
        data=_deal,
        get=give(PAGE, *MANAGES),
        post=give(to("evaluation:deal"), *MANAGES),
    ),
    Row(
        name="evaluation:portfolios",
        permission="evaluation.manage",
        kwargs=_evaluation,
        methods=BOTH,
        data=_portfolios,
        get=give(PAGE, *MANAGES),
        post=give(to("evaluation:deal"), *MANAGES),
    ),
    Row(
        name="evaluation:desk",
        permission="evaluation.assess",
        kwargs=_evaluation,
        get=give(PAGE, *JUDGES),
    ),
    Row(
        name="evaluation:judge",
        permission="evaluation.assess",
        kwargs=_promise,
        methods=BOTH,
        data=_judge,
        get=give(PAGE, *JUDGES),
        post=give(to("evaluation:desk"), *JUDGES),
    ),
    Row(
        name="evaluation:disputes",
        permission="evaluation.manage",
        kwargs=_evaluation,
        get=give(PAGE, *MANAGES),
    ),
    Row(
        name="evaluation:promise",
        permission="evaluation.view_evaluation",
        kwargs=_promise,
        get=SEEN,
    ),
    Row(
        name="evaluation:settle",
        permission="evaluation.manage",
        kwargs=_promise,
        methods=WRITE,
        data=_settle,
        post=give(PROMISE, *MANAGES),
    ),
    Row(
        name="evaluation:comment",
        permission="evaluation.manage",
        kwargs=_promise,
        methods=WRITE,
        data=lambda _world: {"text": "Zie de notulen.", "submission": str(uuid.uuid4())},
        post=give(PROMISE, *MANAGES),
    ),
    Row(
        name="evaluation:promise_describe",
        permission="evaluation.manage",
        kwargs=_promise,
        methods=WRITE,
        data=_describe,
        post=give(PROMISE, *MANAGES),
    ),
    Row(
        name="evaluation:evidence_add",
        permission="evaluation.manage",
        kwargs=_promise,
        methods=WRITE,
        data=lambda _world: {"shows": "Notulen van 3 maart", "submission": str(uuid.uuid4())},
        post=give(PROMISE, *MANAGES),
    ),
    Row(
        name="evaluation:evidence_remove",
        permission="evaluation.manage",
        kwargs=_evidence("evidence"),
        methods=WRITE,
        post=give(PROMISE, *MANAGES),
    ),
    Row(
        name="evaluation:evidence_file",
        permission="evaluation.view_evaluation",
        kwargs=_evidence("with_file"),
        get=SEEN,
    ),
]
