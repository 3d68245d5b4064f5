"""Rows of calls, encouragements and contact persons."""

from __future__ import annotations

import uuid

from tests.clock import FIRST_DAY
from tests.integration.access.cast import World
from tests.integration.access.row import BOTH, OFFICE, PAGE, WRITE, Row, Scope, give, to

PERMISSION = "monitor.help_branches"


def _slug(world: World) -> dict[str, object]:
    return {"slug": world.a.slug}


def _read(name: str, **more: object) -> Row:
    return Row(
        name=f"monitor:{name}",
        scope=Scope.NATIONAL,
        permission=PERMISSION,
        get=give(PAGE, *OFFICE),
        **more,  # type: ignore[arg-type]
    )


ROWS = [
    _read("branch_card", kwargs=_slug),
    _read("calls"),
    _read("nudges"),
    _read("contacts"),
    Row(
        name="monitor:call_log",
        scope=Scope.NATIONAL,
        permission=PERMISSION,
        methods=BOTH,
        kwargs=_slug,
        data=lambda _world: {
            "outcome": "spoken",
            "note": "Aardig gesprek",
            "made_on": FIRST_DAY.isoformat(),
            "follow_up_on": "",
            "submission": str(uuid.uuid4()),
        },
        get=give(PAGE, *OFFICE),
        post=give(to("monitor:calls"), *OFFICE),
    ),
    Row(
        name="monitor:call_done",
        scope=Scope.NATIONAL,
        permission=PERMISSION,
        methods=WRITE,
        kwargs=lambda world: {"pk": world.a.office.call.pk},
        post=give(to("monitor:calls"), *OFFICE),
    ),
    Row(
        name="monitor:nudge",
        scope=Scope.NATIONAL,
        permission=PERMISSION,
        methods=BOTH,
        data=lambda world: {
            "afdeling": world.a.slug,
            "stap": "versturen",
            "subject": "Hoe gaat het in {afdeling}?",
            "text": "Wie pakt het op?",
            "submission": str(uuid.uuid4()),
        },
        get=give(PAGE, *OFFICE),
        post=give(to("monitor:nudges"), *OFFICE),
    ),
    Row(
        name="monitor:contact_assign",
        scope=Scope.NATIONAL,
        permission=PERMISSION,
        methods=WRITE,
        data=lambda world: {"person": "niemand", "afdeling": world.a.slug},
        post=give(to("monitor:contacts"), *OFFICE),
    ),
]
