"""Rows of points, of the report of a gathering, and of one that comes in from a file."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from consultation.links import read_report, report_address
from tests.integration.access.branch_rows import slug
from tests.integration.access.cast import World
from tests.integration.access.row import (
    BOTH,
    COMMITTEE,
    EVERYBODY,
    INSIDE,
    OFFICE,
    PAGE,
    WRITE,
    Row,
    Scope,
    give,
    to,
)

POINTS = to("consultation:points")
REPORT = to("consultation:report")


def _of(name: str) -> Callable[[World], dict[str, object]]:
    return lambda world: slug(world) | {"pk": getattr(world.a.input, name).pk}


def _token(world: World) -> dict[str, object]:
    address = report_address(world.a.input.gathering)
    token = address.rstrip("/").rpartition("/")[2]
    assert read_report(token) == world.a.input.gathering.pk
    return {"token": token}


def _point(world: World) -> dict[str, Any]:
    return {
        "text": "Een fietspad naar het station.",
        "cluster": world.a.input.cluster.pk,
        "kind": "proposal",
        "support": "most",
        "support_note": "niet iedereen",
        "addressee": "province",
        "discussed": "on",
        "notes": [world.a.input.post_it.pk],
        "submission": str(uuid.uuid4()),
    }


def _changed_point(world: World) -> dict[str, Any]:
    return _point(world) | {"revision": world.a.input.point.contribution.revision}


def _revision(world: World) -> dict[str, Any]:
    return {"revision": world.a.input.gathering.revision, "public": "no"}


def _file(_world: World) -> dict[str, Any]:
    content = "# Verslag\n\n## Sessie Wonen\n\n- Bouw in de kern\n"
    return {"file": SimpleUploadedFile("verslag.md", content.encode())}


def _works(
    row_name: str,
    name: str,
    *,
    leads_to: str,
    data: Callable[[World], dict[str, Any]] = lambda _world: {},
) -> Row:
    """A button that the committee presses."""
    return Row(
        name=f"consultation:{row_name}",
        permission="consultation.work",
        kwargs=_of(name),
        methods=WRITE,
        data=data,
        post=give(leads_to, *COMMITTEE),
    )


def _read(row_name: str) -> Row:
    return Row(
        name=f"consultation:{row_name}",
        permission="consultation.view_input",
        kwargs=_of("gathering"),
        get=give(PAGE, *INSIDE, *OFFICE),
    )


ROWS: list[Row] = [
    Row(
        name="consultation:points",
        permission="consultation.work",
        kwargs=_of("session"),
        methods=BOTH,
        data=_point,
        get=give(PAGE, *COMMITTEE),
        post=give(POINTS, *COMMITTEE),
    ),
    _works(
        "session_summary",
        "session",
        leads_to=POINTS,
        data=lambda world: {
            "summary": "Het ging over wonen.",
            "revision": world.a.input.session.revision,
        },
    ),
    _works("point_of_cluster", "cluster", leads_to=to("consultation:point")),
    Row(
        name="consultation:point",
        permission="consultation.work",
        kwargs=_of("point"),
        methods=BOTH,
        data=_changed_point,
        get=give(PAGE, *COMMITTEE),
        post=give(POINTS, *COMMITTEE),
    ),
    _works("point_move", "point", leads_to=POINTS, data=lambda _world: {"to": "up"}),
    _works("point_remove", "point", leads_to=POINTS),
    Row(
        name="consultation:report_import",
        permission="consultation.work",
        kwargs=slug,
        methods=BOTH,
        data=_file,
        get=give(PAGE, *COMMITTEE),
        post=give(PAGE, *COMMITTEE),
    ),
    _read("report"),
    _read("report_docx"),
    _read("report_pdf"),
    Row(
        name="consultation:report_send",
        permission="consultation.work",
        kwargs=_of("gathering"),
        methods=BOTH,
        data=_revision,
        get=give(PAGE, *COMMITTEE),
        post=give(REPORT, *COMMITTEE),
    ),
    _works("report_publish", "gathering", leads_to=REPORT, data=_revision),
    # That of the wing was not brought in from a file, so it stays.
    _works("report_undo", "gathering", leads_to=REPORT),
    Row(
        name="consultation:shared_report",
        scope=Scope.OPEN,
        kwargs=_token,
        get=give(PAGE, *EVERYBODY),
    ),
]
