"""Rows of the base programme, at the office and in a branch, and of the template's parts."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from process.models import TemplatePart
from programmes.models import Programme, ProgrammeImport
from tests.integration.access.branch_rows import slug
from tests.integration.access.cast import World
from tests.integration.access.office_rows import EDITED, _office
from tests.integration.access.programme_rows import EDIT, SEEN
from tests.integration.access.row import WORKING, WRITE, Row, give, to

MANAGE = "edit_template"


def _published(world: World) -> dict[str, object]:
    return {"pk": world.base.published.pk}


def _coming(world: World) -> dict[str, object]:
    return {"pk": world.base.coming.pk}


def _looked_at(world: World) -> dict[str, object]:
    return {"pk": world.base.looked_at.pk}


def _saved(world: World) -> dict[str, object]:
    return {"pk": world.base.saved.pk}


def _measure(world: World) -> dict[str, object]:
    return {"pk": world.base.measure.pk}


def _section(world: World) -> dict[str, object]:
    return {"pk": world.base.measure.section_id}


def _file(_world: World) -> dict[str, Any]:
    text = b"Wonen\n\nOnze keuzes\n\n- We bouwen woningen.\n"
    return {"file": SimpleUploadedFile("basis.txt", text)}


def _of_file(world: World, **data: Any) -> dict[str, Any]:
    return data | {"revision": ProgrammeImport.objects.get(pk=world.base.looked_at.pk).revision}


def _of_coming(world: World, **data: Any) -> dict[str, Any]:
    return data | {"revision": Programme.objects.get(pk=world.base.coming.pk).revision}


def _of_draft(world: World, **data: Any) -> dict[str, Any]:
    return data | {"revision": Programme.objects.get(pk=world.a.programmes.spare.pk).revision}


def _change(world: World) -> dict[str, object]:
    return slug(world) | {"identity": world.base.changed.identity}


def _part(world: World) -> TemplatePart:
    parts = TemplatePart.objects.filter(milestone__version=world.draft, milestone__key=EDITED)
    return parts.filter(decision_kind="").order_by("position")[0]


OFFICE_ROWS = [
    _office("base_programmes", "view"),
    _office("base_programme", "view", kwargs=_coming),
    _office("base_changed", "view", kwargs=_published),
    _office(
        "base_publish",
        MANAGE,
        "both",
        "base_programme",
        kwargs=_coming,
        data=lambda world: _of_coming(
            world, dated_on="2021-10-01", signatory="Rita Redactie", note="Bijgewerkt"
        ),
    ),
    _office("base_import_new", MANAGE, "both", "base_import", data=_file),
    _office("base_import", MANAGE, kwargs=_looked_at),
    _office(
        "base_import_correct",
        MANAGE,
        "write",
        "base_import",
        kwargs=_looked_at,
        data=lambda world: _of_file(world, what="role:3:text"),
    ),
    _office(
        "base_import_take_back",
        MANAGE,
        "write",
        "base_import",
        kwargs=_looked_at,
        data=_of_file,
    ),
    _office(
        "base_import_save",
        MANAGE,
        "write",
        "base_programme",
        kwargs=_looked_at,
        data=lambda world: _of_file(world, title="Ander basisprogramma"),
    ),
    _office("base_import_undo", MANAGE, "both", "base_import", kwargs=_saved),
    _office("base_import_discard", MANAGE, "both", "base_programmes", kwargs=_looked_at),
    _office(
        "base_measure",
        MANAGE,
        "both",
        "base_programme",
        kwargs=_measure,
        data=lambda world: _of_coming(world, text="We bouwen [aantal] woningen.", group=""),
    ),
    _office(
        "base_measure_add",
        MANAGE,
        "both",
        "base_programme",
        kwargs=_section,
        data=lambda world: _of_coming(world, text="We leggen een fietspad aan.", group=""),
    ),
    _office(
        "base_measure_move",
        MANAGE,
        "write",
        "base_measure",
        kwargs=_measure,
        data=lambda world: _of_coming(world, up="0"),
    ),
    _office(
        "base_measure_retire",
        MANAGE,
        "write",
        "base_programme",
        kwargs=_measure,
        data=_of_coming,
    ),
]
TEMPLATE_ROWS = [
    _office("template_effects", MANAGE),
    _office(
        "template_part_add",
        MANAGE,
        "write",
        "template_milestone",
        kwargs=lambda _world: {"key": EDITED},
        data=lambda _world: {"label_nl": "Een foto", "label_en": "A photo"},
    ),
    _office(
        "template_part_remove",
        MANAGE,
        "write",
        "template_milestone",
        kwargs=lambda world: {"key": EDITED, "part_key": _part(world).key},
        data=lambda world: {"seen": _part(world).label_nl},
    ),
]
BRANCH_ROWS = [
    Row(
        name="programmes:base_changes",
        permission="programmes.view_programmes",
        kwargs=slug,
        get=SEEN,
    ),
    Row(
        name="programmes:base_change",
        permission="programmes.view_programmes",
        kwargs=_change,
        get=SEEN,
    ),
    Row(
        name="programmes:base_decide",
        permission=EDIT,
        kwargs=_change,
        methods=WRITE,
        data=lambda world: _of_draft(world, choice="keep"),
        post=give(to("programmes:base_changes"), *WORKING),
    ),
]
ROWS: list[Row] = [*OFFICE_ROWS, *TEMPLATE_ROWS, *BRANCH_ROWS]
