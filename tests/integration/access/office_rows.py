"""Rows of the national office and of the demonstration."""

from __future__ import annotations

from typing import Any

from monitor.forms.template import digest as sign_of
from monitor.forms.template import stored
from process.models import TemplateMilestone
from tests.integration.access.cast import World
from tests.integration.access.row import (
    BOTH,
    EVERYBODY,
    OFFICE,
    PAGE,
    WRITE,
    Answers,
    Row,
    Scope,
    give,
    to,
)

EDITED = "input_open"
_POST_KINDS = {"read": frozenset({"GET"}), "both": BOTH, "write": WRITE}


def _election(world: World) -> dict[str, object]:
    return {"slug": world.a.election.slug}


def _text_of(world: World) -> dict[str, Any]:
    row = TemplateMilestone.objects.get(version=world.draft, key=EDITED)
    values = stored(row, list(row.parts.all()))
    filled = {key: value for key, value in values.items() if value is not None}
    world.draft.refresh_from_db(fields=["revision"])
    return filled | {
        "title_nl": "Een nieuwe titel",
        "revision": world.draft.revision,
        "seen": sign_of(values),
    }


def _office(name: str, permission: str, kind: str = "read", then: str = "", **more: Any) -> Row:
    post: Answers = give(to(f"monitor:{then}"), *OFFICE) if then else {}
    get: Answers = {} if kind == "write" else give(PAGE, *OFFICE)
    return Row(
        name=f"monitor:{name}",
        scope=Scope.NATIONAL,
        permission=f"monitor.{permission}",
        methods=_POST_KINDS[kind],
        get=get,
        post=post,
        **more,
    )


NATIONAL_ROWS = [
    _office("national", "view"),
    _office("elections", "view"),
    _office("election", "view", kwargs=_election),
    _office(
        "election_new",
        "roll_out",
        "both",
        "election",
        data=lambda _world: {"kind": "municipal_regular", "polling_day": "2030-03-20", "name": ""},
    ),
    _office(
        "polling_day",
        "roll_out",
        "both",
        "roll_out",
        kwargs=lambda world: {"slug": world.empty_election.slug},
        data=lambda _world: {"dag": "2026-03-17"},
    ),
    _office(
        "roll_out_preview",
        "roll_out",
        "both",
        "roll_out",
        kwargs=lambda world: {"slug": world.empty_election.slug},
    ),
    _office(
        "template_roll_out",
        "roll_out",
        "both",
        "roll_out",
        kwargs=lambda world: {"slug": world.empty_election.slug},
    ),
    _office(
        "override_new",
        "roll_out",
        "both",
        "election",
        kwargs=_election,
        data=lambda world: {
            "key": "result",
            "date": "2022-03-22",
            "branch": world.b.branch.slug,
            "reason": "Besluit van de provincie",
            "source": "Provinciaal blad",
        },
    ),
    _office(
        "override_withdraw",
        "roll_out",
        "write",
        "election",
        kwargs=lambda world: _election(world) | {"pk": world.a.override.pk},
    ),
    _office("roll_out", "roll_out", kwargs=lambda world: {"pk": world.roll_out.pk}),
    _office(
        "roll_out_retry",
        "roll_out",
        "write",
        "roll_out",
        kwargs=lambda world: {"pk": world.stuck.pk},
    ),
    _office("template", "view"),
    _office("template_draft", "edit_template", "both", "template_draft"),
    _office(
        "template_milestone",
        "edit_template",
        "both",
        "template_draft",
        kwargs=lambda _world: {"key": EDITED},
        data=_text_of,
    ),
    _office(
        "template_publish",
        "edit_template",
        "both",
        "template",
        data=lambda world: {"note": "Ruimere inbreng", "revision": world.draft.revision},
    ),
    _office(
        "officers",
        "manage_officers",
        "both",
        "officers",
        data=lambda _world: {"name": "Nieuwe Collega", "email": "collega@landelijk.voorbeeld.nl"},
    ),
    Row(
        # Ending oneself leads home; a colleague leads back to the list.
        name="monitor:officer_end",
        scope=Scope.NATIONAL,
        permission="monitor.manage_officers",
        kwargs=lambda world: {"pk": world.officer.pk},
        methods=BOTH,
        get=give(PAGE, *OFFICE),
        post=give(to("home"), *OFFICE),
    ),
]


def _demo(name: str, kind: str = "read", then: str = "", **more: Any) -> Row:
    return Row(
        name=f"demo:{name}",
        scope=Scope.OPEN,
        second_step=False,
        methods=_POST_KINDS[kind],
        get={} if kind == "write" else give(PAGE, *EVERYBODY),
        post=give(to(then), *EVERYBODY) if then else {},
        **more,
    )


DEMO_ROWS = [
    _demo("personas"),
    _demo("step_in", "write", "process:today", kwargs=lambda _world: {"key": "board"}),
    _demo(
        # Who asks to move it is brought back to a page of ours (the clock itself: fixtures).
        "clock",
        "write",
        "demo:personas",
        data=lambda _world: {"move": "day", "next": "/demo/"},
    ),
    _demo("mailbox"),
    _demo("mail", kwargs=lambda world: {"pk": world.mail.pk}),
    _demo("mail_html", kwargs=lambda world: {"pk": world.mail.pk}),
    _demo("mail_file", kwargs=lambda world: {"pk": world.mail.pk, "number": 1}),
]
ROWS = [*NATIONAL_ROWS, *DEMO_ROWS]
