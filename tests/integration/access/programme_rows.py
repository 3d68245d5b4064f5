"""Rows of programmes and files on their way in."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from programmes.models import Programme, ProgrammeImport
from tests.integration.access.branch_rows import slug
from tests.integration.access.cast import World
from tests.integration.access.row import (
    BOTH,
    INSIDE,
    OFFICE,
    PAGE,
    WORKING,
    WRITE,
    Row,
    give,
    to,
)

SEEN = give(PAGE, *INSIDE, *OFFICE)
IMPORT = "programmes.import_programme"
EDIT = "programmes.edit_programme"


def _programme(world: World) -> dict[str, object]:
    return slug(world) | {"pk": world.a.programmes.programme.pk}


def _spare(world: World) -> dict[str, object]:
    return slug(world) | {"pk": world.a.programmes.spare.pk}


def _measure(world: World) -> dict[str, object]:
    spare = world.a.programmes.spare
    return slug(world) | {"pk": spare.measures.order_by("number").values_list("pk", flat=True)[0]}


def _section(world: World) -> dict[str, object]:
    return slug(world) | {"pk": world.a.programmes.spare.chapters.get().sections.get().pk}


def _looked_at(world: World) -> dict[str, object]:
    return slug(world) | {"pk": world.a.programmes.looked_at.pk}


def _saved(world: World) -> dict[str, object]:
    return slug(world) | {"pk": world.a.programmes.saved.pk}


def _file(_world: World) -> dict[str, Any]:
    text = b"Wonen\n\nOnze keuzes\n\n- We bouwen woningen.\n"
    return {"kind": "previous", "file": SimpleUploadedFile("programma.txt", text)}


def _with_revision(world: World, **data: Any) -> dict[str, Any]:
    row = ProgrammeImport.objects.get(pk=world.a.programmes.looked_at.pk)
    return data | {"revision": row.revision}


def _as_it_is(world: World, **data: Any) -> dict[str, Any]:
    spare = Programme.objects.get(pk=world.a.programmes.spare.pk)
    return data | {"revision": spare.revision}


ROWS: list[Row] = [
    Row(
        name="programmes:programmes", permission="programmes.view_programmes", kwargs=slug, get=SEEN
    ),
    Row(
        name="programmes:programme",
        permission="programmes.view_programmes",
        kwargs=_programme,
        get=SEEN,
    ),
    Row(
        name="programmes:import_new",
        permission=IMPORT,
        kwargs=slug,
        methods=BOTH,
        data=_file,
        get=give(PAGE, *WORKING),
        post=give(to("programmes:import"), *WORKING),
    ),
    Row(
        name="programmes:import",
        permission=IMPORT,
        kwargs=_looked_at,
        get=give(PAGE, *WORKING),
    ),
    Row(
        name="programmes:import_correct",
        permission=IMPORT,
        kwargs=_looked_at,
        methods=WRITE,
        data=lambda world: _with_revision(world, what="role:5:text"),
        post=give(to("programmes:import"), *WORKING),
    ),
    Row(
        name="programmes:import_take_back",
        permission=IMPORT,
        kwargs=_looked_at,
        methods=WRITE,
        data=_with_revision,
        post=give(to("programmes:import"), *WORKING),
    ),
    Row(
        name="programmes:import_save",
        permission=IMPORT,
        kwargs=_looked_at,
        methods=WRITE,
        data=lambda world: _with_revision(world, title="Van de buren"),
        post=give(to("programmes:programme"), *WORKING),
    ),
    Row(
        name="programmes:import_discard",
        permission=IMPORT,
        kwargs=_looked_at,
        methods=BOTH,
        get=give(PAGE, *WORKING),
        post=give(to("programmes:programmes"), *WORKING),
    ),
    Row(
        name="programmes:import_undo",
        permission=IMPORT,
        kwargs=_saved,
        methods=BOTH,
        get=give(PAGE, *WORKING),
        post=give(to("programmes:import"), *WORKING),
    ),
    Row(
        name="programmes:programme_freeze",
        permission=EDIT,
        kwargs=_spare,
        methods=BOTH,
        get=give(PAGE, *WORKING),
        post=give(to("programmes:programme"), *WORKING),
    ),
    Row(
        name="programmes:programme_version",
        permission=EDIT,
        kwargs=_spare,
        methods=BOTH,
        get=give(PAGE, *WORKING),
        post=give(to("programmes:programme"), *WORKING),
    ),
    Row(
        name="programmes:measure",
        permission=EDIT,
        kwargs=_measure,
        methods=BOTH,
        data=lambda world: _as_it_is(world, text="We bouwen [aantal] woningen.", group="Bouwen"),
        get=give(PAGE, *WORKING),
        post=give(to("programmes:programme"), *WORKING),
    ),
    Row(
        name="programmes:measure_add",
        permission=EDIT,
        kwargs=_section,
        methods=BOTH,
        data=lambda world: _as_it_is(world, text="Er komt een park."),
        get=give(PAGE, *WORKING),
        post=give(to("programmes:programme"), *WORKING),
    ),
    Row(
        name="programmes:measure_move",
        permission=EDIT,
        kwargs=_measure,
        methods=WRITE,
        data=lambda world: _as_it_is(world, up="0"),
        post=give(to("programmes:measure"), *WORKING),
    ),
    Row(
        name="programmes:measure_retire",
        permission=EDIT,
        kwargs=_measure,
        methods=WRITE,
        data=_as_it_is,
        post=give(to("programmes:programme"), *WORKING),
    ),
]
