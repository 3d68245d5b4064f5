"""Rows of the evaluation: its result, what goes on, reports and public page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.integration.access.branch_rows import slug
from tests.integration.access.cast import Persona, World
from tests.integration.access.row import (
    BOARD,
    BOTH,
    EVERYBODY,
    INSIDE,
    OFFICE,
    PAGE,
    WRITE,
    Row,
    Scope,
    give,
    to,
)

SEEN = give(PAGE, *INSIDE, *OFFICE)
MANAGES = (Persona.BOARD, Persona.COUNCIL_GROUP)
SWITCH = to("evaluation:publish")


def _evaluation(world: World) -> dict[str, object]:
    return slug(world) | {"pk": world.a.evaluation.evaluation.pk}


def _settled(world: World) -> dict[str, object]:
    return slug(world) | {"pk": world.a.evaluation.settled.pk}


def _public_file(world: World) -> dict[str, object]:
    return slug(world) | {"pk": world.a.evaluation.public_file.pk}


def _with_revision(**more: Any) -> Callable[[World], dict[str, Any]]:
    return lambda world: more | {"revision": world.a.evaluation.evaluation.revision}


def _decision(world: World) -> dict[str, Any]:
    return {
        "carry_over": "drop",
        "reason": "De provincie doet dit nu.",
        "good": "yes",
        "topical": "no",
        "revision": world.a.evaluation.settled.revision,
    }


def _seen(name: str) -> Row:
    return Row(name=name, permission="evaluation.view_evaluation", kwargs=_evaluation, get=SEEN)


ROWS: list[Row] = [
    Row(
        name="evaluation:evaluation",
        permission="evaluation.view_evaluation",
        kwargs=slug,
        get=SEEN,
    ),
    _seen("evaluation:result"),
    _seen("evaluation:report"),
    _seen("evaluation:report_docx"),
    _seen("evaluation:result_xlsx"),
    Row(
        # To ask for a PDF changes nothing that anybody sees; it puts work down.
        name="evaluation:report_pdf",
        permission="evaluation.view_evaluation",
        kwargs=_evaluation,
        methods=BOTH,
        get=SEEN,
        post=give(to("evaluation:report_pdf"), *INSIDE, *OFFICE),
    ),
    Row(
        name="evaluation:weigh",
        permission="evaluation.manage",
        kwargs=_evaluation,
        methods=WRITE,
        data=_with_revision(weighted="on"),
        post=give(to("evaluation:result"), *MANAGES),
    ),
    Row(
        name="evaluation:carry_over",
        permission="evaluation.manage",
        kwargs=_evaluation,
        get=give(PAGE, *MANAGES),
    ),
    Row(
        name="evaluation:carry",
        permission="evaluation.manage",
        kwargs=_settled,
        methods=BOTH,
        data=_decision,
        get=give(PAGE, *MANAGES),
        post=give(to("evaluation:carry_over"), *MANAGES),
    ),
    Row(
        name="evaluation:carry_many",
        permission="evaluation.manage",
        kwargs=_evaluation,
        methods=WRITE,
        data=lambda _world: {"carry_over": "carry", "count": 1},
        post=give(to("evaluation:carry_over"), *MANAGES),
    ),
    Row(
        name="evaluation:carry_draft",
        permission="evaluation.manage",
        kwargs=_evaluation,
        methods=WRITE,
        post=give(to("programmes:programme"), *MANAGES),
    ),
    Row(
        name="evaluation:publish",
        permission="evaluation.publish",
        kwargs=_evaluation,
        methods=BOTH,
        data=_with_revision(public_text="Dit hebben we gedaan."),
        get=give(PAGE, *BOARD),
        post=give(SWITCH, *BOARD),
    ),
    Row(
        name="evaluation:unpublish",
        permission="evaluation.publish",
        kwargs=_evaluation,
        methods=WRITE,
        data=_with_revision(),
        post=give(SWITCH, *BOARD),
    ),
    Row(
        name="evaluation:public_preview",
        permission="evaluation.publish",
        kwargs=_evaluation,
        get=give(PAGE, *BOARD),
    ),
    Row(
        name="evaluation:public",
        scope=Scope.OPEN,
        kwargs=_evaluation,
        get=give(PAGE, *EVERYBODY),
    ),
    Row(
        name="evaluation:public_evidence",
        scope=Scope.OPEN,
        kwargs=_public_file,
        get=give(PAGE, *EVERYBODY),
    ),
]
