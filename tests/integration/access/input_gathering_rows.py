"""Rows of gatherings, sessions, the board, and the pages on phones."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from consultation.forms.joining import sign_key
from tests.integration.access.branch_rows import slug
from tests.integration.access.cast import World
from tests.integration.access.row import (
    BOTH,
    COMMITTEE,
    EVERYBODY,
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

GATHERING = to("consultation:gathering")
SESSION = to("consultation:session")
CODE = to("consultation:join_code")


def _of(name: str) -> Callable[[World], dict[str, object]]:
    return lambda world: slug(world) | {"pk": getattr(world.a.input, name).pk}


def _code(world: World) -> dict[str, object]:
    return {"code": str(world.a.input.session.code)}


def _own_note(world: World) -> dict[str, object]:
    return _code(world) | {"pk": world.a.input.post_it.pk}


def _plan(_world: World) -> dict[str, Any]:
    return {
        "title": "Buurtavond",
        "day": "2021-11-20",
        "starts_at": "20:00",
        "place": "Dorpshuis",
        "is_public": "on",
        "contact_name": "Bo",
        "contact_email": "bo@voorbeeld.nl",
    }


def _changed_plan(world: World) -> dict[str, Any]:
    row = world.a.input.gathering
    return _plan(world) | {"revision": row.revision, "meeting_revision": row.meeting.revision}


def _table(world: World) -> dict[str, Any]:
    return {
        "title": "Tafel twee",
        "theme": world.a.input.theme.pk,
        "question": "Wat eerst?",
        "notes_each": 3,
        "reporter": world.a.people["committee"].pk,
    }


def _works(row_name: str, name: str, *, leads_to: str, data: Callable[[World], Any]) -> Row:
    """A button of the board."""
    return Row(
        name=f"consultation:{row_name}",
        permission="consultation.work",
        kwargs=_of(name),
        methods=WRITE,
        data=data,
        post=give(leads_to, *COMMITTEE),
    )


def _fills_in(row_name: str, name: str, *, leads_to: str, data: Callable[[World], Any]) -> Row:
    """A form with a page of its own."""
    return Row(
        name=f"consultation:{row_name}",
        permission="consultation.work",
        kwargs=_of(name),
        methods=BOTH,
        data=data,
        get=give(PAGE, *COMMITTEE),
        post=give(leads_to, *COMMITTEE),
    )


def _on_a_phone(row_name: str, **fields: Any) -> Row:
    """Who did not join with this browser is led to the page on which one joins."""
    fields.setdefault("kwargs", _code)
    fields.setdefault("post", give(CODE, *EVERYBODY))
    return Row(name=f"consultation:{row_name}", scope=Scope.OPEN, **fields)


ROWS: list[Row] = [
    Row(
        name="consultation:gatherings",
        permission="consultation.view_input",
        kwargs=slug,
        get=give(PAGE, *INSIDE, *OFFICE),
    ),
    Row(
        name="consultation:gathering",
        permission="consultation.view_input",
        kwargs=_of("gathering"),
        get=give(PAGE, *INSIDE, *OFFICE),
    ),
    Row(
        name="consultation:gathering_add",
        permission="consultation.work",
        kwargs=slug,
        methods=BOTH,
        data=_plan,
        get=give(PAGE, *COMMITTEE),
        post=give(GATHERING, *COMMITTEE),
    ),
    _fills_in("gathering_edit", "gathering", leads_to=GATHERING, data=_changed_plan),
    _works("gathering_held", "gathering", leads_to=GATHERING, data=lambda _world: {}),
    _fills_in(
        "people_add",
        "gathering",
        leads_to=GATHERING,
        data=lambda _world: {"role": "resident", "member": "no", "count": 12},
    ),
    _fills_in("session_add", "gathering", leads_to=GATHERING, data=_table),
    _works("sessions_ready", "gathering", leads_to=GATHERING, data=lambda _world: {}),
    Row(
        name="consultation:session",
        permission="consultation.view_contributions",
        kwargs=_of("session"),
        get=give(PAGE, *WORKING),
    ),
    Row(
        name="consultation:session_board",
        permission="consultation.view_contributions",
        kwargs=_of("session"),
        get=give(PAGE, *WORKING),
    ),
    Row(
        name="consultation:session_screen",
        permission="consultation.view_contributions",
        kwargs=_of("session"),
        get=give(PAGE, *WORKING),
    ),
    _fills_in(
        "session_edit",
        "session",
        leads_to=GATHERING,
        data=lambda world: _table(world) | {"revision": world.a.input.session.revision},
    ),
    _works("session_remove", "session", leads_to=GATHERING, data=lambda _world: {}),
    _works(
        "session_phase",
        "session",
        leads_to=SESSION,
        data=lambda world: {"seen": world.a.input.session.phase, "to": "cluster"},
    ),
    _works(
        "notes_move",
        "session",
        leads_to=SESSION,
        data=lambda world: {
            "note": [world.a.input.post_it.pk],
            "to": world.a.input.cluster.pk,
        },
    ),
    _fills_in(
        "notes_typed",
        "session",
        leads_to=SESSION,
        data=lambda world: {
            "submission": str(uuid.uuid4()),
            "notes": "Meer bomen\nMinder auto's",
            "cluster": world.a.input.cluster.pk,
            "role": "resident",
        },
    ),
    _works("note_off", "post_it", leads_to=SESSION, data=lambda _world: {}),
    _fills_in(
        "cluster",
        "cluster",
        leads_to=SESSION,
        data=lambda world: {
            "title": "Bomen",
            "question": "Waar?",
            "answer": "Overal",
            "discussed": "on",
            "revision": world.a.input.cluster.revision,
        },
    ),
    _works(
        "cluster_discussed", "cluster", leads_to=SESSION, data=lambda _world: {"discussed": "no"}
    ),
    _works("cluster_dissolve", "cluster", leads_to=SESSION, data=lambda _world: {}),
    _on_a_phone(
        "join",
        kwargs=lambda _world: {},
        methods=BOTH,
        data=_code,
        get=give(PAGE, *EVERYBODY),
    ),
    _on_a_phone(
        "join_code",
        methods=BOTH,
        data=lambda _world: {"key": sign_key(uuid.uuid4().hex), "role": "resident"},
        get=give(PAGE, *EVERYBODY),
    ),
    _on_a_phone(
        "post",
        methods=WRITE,
        data=lambda _world: {"submission": str(uuid.uuid4()), "text": "Meer bomen"},
    ),
    _on_a_phone(
        "note_edit",
        kwargs=_own_note,
        methods=BOTH,
        data=lambda _world: {"text": "Minder bomen"},
        get=give(CODE, *EVERYBODY),
    ),
    _on_a_phone("note_withdraw", kwargs=_own_note, methods=WRITE),
    _on_a_phone("stand", get=give(CODE, *EVERYBODY), post={}),
    _on_a_phone(
        "leave_address",
        methods=WRITE,
        data=lambda _world: {"email": "iemand@voorbeeld.nl", "consent": "on"},
    ),
]
