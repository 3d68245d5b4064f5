"""Rows of the input: what is known of one person."""

from __future__ import annotations

from typing import Any

from tests.integration.access.branch_rows import slug
from tests.integration.access.cast import World
from tests.integration.access.row import BOARD, PAGE, WRITE, Row, give, to


def _trace(world: World) -> dict[str, Any]:
    return {"trace": [f"consultation.contributor:{world.a.input.contribution.contributor_id}"]}


ROWS: list[Row] = [
    Row(
        name="consultation:privacy",
        permission="consultation.privacy",
        kwargs=slug,
        get=give(PAGE, *BOARD),
    ),
    Row(
        name="consultation:privacy_find",
        permission="consultation.privacy",
        kwargs=slug,
        methods=WRITE,
        data=lambda _world: {"sought": "kanarie"},
        post=give(PAGE, *BOARD),
    ),
    Row(
        # The answer is the file; that it was handed over stands in the history.
        looking_writes=frozenset({"branches_auditentry"}),
        name="consultation:privacy_export",
        permission="consultation.privacy",
        kwargs=slug,
        methods=WRITE,
        data=_trace,
        post=give(PAGE, *BOARD),
    ),
    Row(
        name="consultation:privacy_erase",
        permission="consultation.privacy",
        kwargs=slug,
        methods=WRITE,
        data=lambda world: _trace(world) | {"sure": "yes"},
        post=give(to("consultation:privacy"), *BOARD),
    ),
]
