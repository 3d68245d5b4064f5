"""Rows of branches that merge, begin and end, and of what was before."""

from __future__ import annotations

from typing import Any

from tests.integration.access.branch_rows import slug
from tests.integration.access.cast import World
from tests.integration.access.row import (
    BOTH,
    OFFICE,
    PAGE,
    WORKING,
    WRITE,
    Row,
    Scope,
    give,
    to,
)

DAY = "2021-10-04"


def _merging(world: World) -> dict[str, Any]:
    return {
        "branches": f"{world.a.slug}\n{world.b.slug}",
        "name": "Samen verder",
        "day": DAY,
        "zeker": "1",
    }


ROWS = [
    Row(
        name="monitor:branches",
        scope=Scope.NATIONAL,
        permission="monitor.view",
        get=give(PAGE, *OFFICE),
    ),
    Row(
        name="monitor:branch_new",
        scope=Scope.NATIONAL,
        permission="monitor.change_branches",
        methods=BOTH,
        get=give(PAGE, *OFFICE),
        post=give(to("branches:people"), *OFFICE),
        data=lambda world: {
            "name": "Een nieuwe afdeling",
            "municipalities": world.a.branch.municipalities.all()[0].name,
        },
    ),
    Row(
        name="monitor:branch_merge",
        scope=Scope.NATIONAL,
        permission="monitor.change_branches",
        methods=BOTH,
        get=give(PAGE, *OFFICE),
        post=give(to("monitor:branches"), *OFFICE),
        data=_merging,
    ),
    Row(
        name="monitor:branch_close",
        scope=Scope.NATIONAL,
        permission="monitor.change_branches",
        kwargs=slug,
        methods=BOTH,
        get=give(PAGE, *OFFICE),
        post=give(to("monitor:branches"), *OFFICE),
        data=lambda _world: {"day": DAY, "because": "Er is niemand meer.", "zeker": "1"},
    ),
    Row(
        name="programmes:programme_inherit",
        permission="programmes.import_programme",
        kwargs=lambda world: slug(world) | {"pk": world.a.before.programme.pk},
        methods=WRITE,
        post=give(to("programmes:programme"), *WORKING),
    ),
]
