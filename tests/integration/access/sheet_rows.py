"""Rows of the evaluation: the list of promises, and the spreadsheet out and in."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from evaluation.rules.sheet import Column
from tests.evaluation_sheets import edited, taken_out
from tests.integration.access.branch_rows import slug
from tests.integration.access.cast import Persona, World
from tests.integration.access.row import BOTH, INSIDE, OFFICE, PAGE, Row, give, to

MANAGES = (Persona.BOARD, Persona.COUNCIL_GROUP)


def _evaluation(world: World) -> dict[str, object]:
    return slug(world) | {"pk": world.a.evaluation.evaluation.pk}


def _bulk(world: World) -> dict[str, Any]:
    return {
        "promise": [world.a.evaluation.promise.pk],
        "action": "portfolio",
        "portfolio": "Wonen",
        "confirmed": "1",
    }


def _sheet(world: World) -> dict[str, Any]:
    content = taken_out(world.a.evaluation.evaluation, world.a.people["council_group"])
    return {
        "document": SimpleUploadedFile(
            "beloften.csv", edited(content, {(2, Column.WEIGHT): "3"}), "text/csv"
        )
    }


ROWS: list[Row] = [
    Row(
        name="evaluation:promises",
        permission="evaluation.view_evaluation",
        kwargs=_evaluation,
        methods=BOTH,
        data=_bulk,
        get=give(PAGE, *INSIDE, *OFFICE),
        post=give(to("evaluation:promises"), *MANAGES),
    ),
    Row(
        name="evaluation:sheet_in",
        permission="evaluation.manage",
        kwargs=_evaluation,
        methods=BOTH,
        data=_sheet,
        get=give(PAGE, *MANAGES),
        post=give(to("evaluation:sheet"), *MANAGES),
    ),
    Row(
        name="evaluation:sheet_out",
        permission="evaluation.manage",
        kwargs=lambda world: _evaluation(world) | {"ending": "csv"},
        get=give(PAGE, *MANAGES),
    ),
    Row(
        # Both may look at it; only whoever brought it takes it over (409 for the others).
        name="evaluation:sheet",
        permission="evaluation.manage",
        kwargs=lambda world: slug(world) | {"pk": world.a.evaluation.sheet.pk},
        methods=BOTH,
        data=lambda world: {"action": "apply", "revision": world.a.evaluation.sheet.revision},
        get=give(PAGE, *MANAGES),
        post=give(to("evaluation:sheet"), Persona.COUNCIL_GROUP) | give("409", Persona.BOARD),
    ),
]
