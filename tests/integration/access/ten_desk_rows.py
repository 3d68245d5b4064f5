"""Rows of the top ten: the desk, the round, where the branch stands, the spreadsheet."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.clock import FIRST_DAY
from tests.integration.access.branch_rows import slug
from tests.integration.access.cast import Persona, World
from tests.integration.access.row import BOTH, PAGE, Row, give, to
from tests.integration.evaluation.ten.ten_sheets import filled_in, taken_out

DELIVERS = (Persona.BOARD, Persona.COUNCIL_GROUP)


def _ten(world: World) -> dict[str, object]:
    return slug(world) | {"pk": world.a.ten.agreed.pk}


def _sheet(world: World) -> dict[str, Any]:
    content = taken_out(world.a.ten.agreed, world.a.people["council_group"], today=FIRST_DAY)
    content = filled_in(content, {2: {"text": "We spraken de wethouder."}})
    return {"document": SimpleUploadedFile("tien.csv", content, "text/csv")}


ROWS: list[Row] = [
    Row(
        name="evaluation:ten_desk",
        permission="evaluation.deliver",
        kwargs=_ten,
        get=give(PAGE, *DELIVERS),
    ),
    Row(
        # Without the number of a pledge nothing is told: back to the first.
        name="evaluation:ten_round",
        permission="evaluation.deliver",
        kwargs=_ten,
        methods=BOTH,
        data=lambda _world: {
            "status": "under_way",
            "text": "Er is een eerste gesprek geweest.",
            "submission": str(uuid.uuid4()),
        },
        get=give(PAGE, *DELIVERS),
        post=give(to("evaluation:ten_round"), *DELIVERS),
    ),
    Row(
        name="evaluation:ten_standing",
        permission="evaluation.deliver",
        kwargs=_ten,
        methods=BOTH,
        data=lambda world: {"standing": "opposition", "revision": world.a.ten.agreed.revision},
        get=give(PAGE, *DELIVERS),
        post=give(to("evaluation:ten_desk"), *DELIVERS),
    ),
    Row(
        # A sheet is looked at first: the answer is the preview, and nothing is written.
        name="evaluation:ten_sheet_in",
        permission="evaluation.deliver",
        kwargs=_ten,
        methods=BOTH,
        data=_sheet,
        get=give(PAGE, *DELIVERS),
        post=give(PAGE, *DELIVERS),
    ),
    Row(
        name="evaluation:ten_sheet_out",
        permission="evaluation.deliver",
        kwargs=lambda world: _ten(world) | {"ending": "csv"},
        get=give(PAGE, *DELIVERS),
    ),
]
