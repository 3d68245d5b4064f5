"""Rows of the input: the list of all that came in, what is double, what was set aside."""

from __future__ import annotations

from typing import Any

from tests.integration.access.branch_rows import slug
from tests.integration.access.cast import World
from tests.integration.access.row import BOARD, BOTH, COMMITTEE, PAGE, WORKING, WRITE, Row, give, to


def _file(world: World) -> dict[str, object]:
    return slug(world) | {"ending": "csv"}


def _many(world: World) -> dict[str, Any]:
    row = world.a.input.mailed
    return {
        "action": "theme",
        "theme": world.a.input.consultation.themes.earliest("pk").pk,
        "row": f"{row.pk}.{row.revision}",
    }


def _double(world: World) -> dict[str, Any]:
    return {
        "action": "apart",
        "lead": world.a.input.contribution.pk,
        "other": world.a.input.mailed.pk,
    }


ROWS = [
    Row(
        name="consultation:desk",
        permission="consultation.view_contributions",
        kwargs=slug,
        get=give(PAGE, *WORKING),
    ),
    Row(
        name="consultation:desk_many",
        permission="consultation.work",
        kwargs=slug,
        methods=WRITE,
        data=_many,
        post=give(to("consultation:desk"), *COMMITTEE),
    ),
    Row(
        name="consultation:desk_export",
        permission="consultation.view_contributions",
        kwargs=_file,
        get=give(PAGE, *WORKING),
    ),
    Row(
        # The answer is the file; that names were taken out stands in the history.
        looking_writes=frozenset({"branches_auditentry"}),
        name="consultation:desk_export_names",
        permission="consultation.privacy",
        kwargs=_file,
        methods=WRITE,
        post=give(PAGE, *BOARD),
    ),
    Row(
        name="consultation:doubles",
        permission="consultation.work",
        kwargs=slug,
        methods=BOTH,
        data=_double,
        get=give(PAGE, *COMMITTEE),
        post=give(to("consultation:doubles"), *COMMITTEE),
    ),
    Row(
        name="consultation:held",
        permission="consultation.work",
        kwargs=slug,
        methods=BOTH,
        data=lambda world: {"action": "through", "row": world.a.input.held.pk},
        get=give(PAGE, *COMMITTEE),
        post=give(to("consultation:held"), *COMMITTEE),
    ),
]
