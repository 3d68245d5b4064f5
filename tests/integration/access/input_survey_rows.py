"""Rows of the input: surveys and lists, and who takes part."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.integration.access.branch_rows import slug
from tests.integration.access.cast import World
from tests.integration.access.row import (
    BOTH,
    COMMITTEE,
    INSIDE,
    OFFICE,
    PAGE,
    WRITE,
    Row,
    give,
    to,
)


def _list(world: World) -> dict[str, object]:
    return slug(world) | {"pk": world.a.input.list_import.pk}


def _file(world: World) -> dict[str, Any]:
    del world
    content = b"Naam;Idee\nJan;Een bankje bij de vijver, graag."
    return {"document": SimpleUploadedFile("lijst.csv", content, "text/csv"), "name": "Krant"}


def _columns(world: World) -> dict[str, Any]:
    revision = world.a.input.list_import.revision
    return {"column_0": "text", "column_1": "ignore", "revision": revision}


ROWS: list[Row] = [
    Row(
        name="consultation:participation",
        permission="consultation.view_input",
        kwargs=slug,
        get=give(PAGE, *INSIDE, *OFFICE),
    ),
    Row(
        name="consultation:lists",
        permission="consultation.work",
        kwargs=slug,
        methods=BOTH,
        data=_file,
        get=give(PAGE, *COMMITTEE),
        post=give(to("consultation:list"), *COMMITTEE),
    ),
    Row(
        name="consultation:list",
        permission="consultation.work",
        kwargs=_list,
        get=give(PAGE, *COMMITTEE),
    ),
    Row(
        name="consultation:list_columns",
        permission="consultation.work",
        kwargs=_list,
        methods=WRITE,
        data=_columns,
        post=give(to("consultation:list"), *COMMITTEE),
    ),
    Row(
        name="consultation:list_act",
        permission="consultation.work",
        kwargs=_list,
        methods=WRITE,
        data=lambda world: {
            "action": "take_over",
            "revision": world.a.input.list_import.revision,
        },
        post=give(to("consultation:list"), *COMMITTEE),
    ),
]
