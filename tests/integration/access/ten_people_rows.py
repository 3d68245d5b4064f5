"""Rows of the top ten: who is in the lead, and handing over."""

from __future__ import annotations

from typing import Any

from tests.integration.access.branch_rows import slug
from tests.integration.access.cast import Persona, World
from tests.integration.access.row import BOTH, PAGE, Row, give, to

DELIVER = (Persona.BOARD, Persona.COUNCIL_GROUP)


def _handed_over(world: World) -> dict[str, Any]:
    people = world.a.people
    return {
        "owner": people["second_board"].pk,
        "deputy": people["council_group"].pk,
        "note": "Begin bij de huisartsen.",
        "revision": world.a.ten.pledge.revision,
    }


ROWS = [
    Row(
        name="evaluation:pledge_hand_over",
        # Or who is in the lead of this very pledge: see the tests of its page.
        permission="evaluation.deliver",
        kwargs=lambda world: slug(world) | {"pk": world.a.ten.pledge.pk},
        methods=BOTH,
        data=_handed_over,
        get=give(PAGE, *DELIVER),
        post=give(to("evaluation:pledge"), *DELIVER),
    ),
    Row(
        name="evaluation:ten_orphans",
        permission="evaluation.deliver",
        kwargs=slug,
        get=give(PAGE, *DELIVER),
    ),
]
