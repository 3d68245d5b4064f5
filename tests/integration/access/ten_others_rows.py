"""Rows of the top ten: what other branches agreed, for branches and for the national office."""

from __future__ import annotations

from typing import Any

from tests.integration.access.branch_rows import slug
from tests.integration.access.cast import World
from tests.integration.access.row import (
    INSIDE,
    OFFICE,
    PAGE,
    WORKING,
    WRITE,
    Row,
    Scope,
    give,
    to,
)


def _theirs(world: World) -> dict[str, object]:
    # The one route that takes a thing of another branch: what that branch shows to everybody.
    return slug(world) | {"pk": world.b.ten.pledge.pk}


def _into(world: World) -> dict[str, Any]:
    return {"concept": world.a.programmes.spare.pk}


ROWS: list[Row] = [
    Row(
        name="evaluation:ten_others",
        permission="evaluation.view_ten",
        kwargs=slug,
        get=give(PAGE, *INSIDE, *OFFICE),
    ),
    Row(
        name="evaluation:others_copy",
        permission="programmes.edit_programme",
        kwargs=_theirs,
        methods=WRITE,
        data=_into,
        post=give(to("evaluation:ten_others"), *WORKING),
    ),
    *(
        Row(
            name=f"monitor:{name}",
            scope=Scope.NATIONAL,
            permission="monitor.view",
            get=give(PAGE, *OFFICE),
        )
        for name in ("top_tens", "pledges")
    ),
]
