"""Rows of the public top ten, and of the board's page about it."""

from __future__ import annotations

from typing import Any

from evaluation.models import TopTen
from tests.integration.access.branch_rows import slug
from tests.integration.access.cast import World
from tests.integration.access.row import (
    BOARD,
    BOTH,
    EVERYBODY,
    PAGE,
    WRITE,
    Row,
    Scope,
    give,
    to,
)

PUBLISH = "evaluation.publish_ten"


def _ten(world: World) -> dict[str, object]:
    return slug(world) | {"pk": world.a.ten.agreed.pk}


def _revision(world: World) -> dict[str, Any]:
    return {"revision": TopTen.objects.get(pk=world.a.ten.agreed.pk).revision}


def _open(name: str, **more: Any) -> Row:
    return Row(
        name=f"evaluation:{name}",
        scope=Scope.OPEN,
        second_step=False,
        get=give(PAGE, *EVERYBODY),
        **{"kwargs": slug, **more},
    )


ROWS: list[Row] = [
    Row(
        name="evaluation:ten_publish",
        permission=PUBLISH,
        methods=BOTH,
        kwargs=_ten,
        data=lambda world: _revision(world) | {"public_text": "Dit beloofden we."},
        get=give(PAGE, *BOARD),
        post=give(to("evaluation:ten_publish"), *BOARD),
    ),
    Row(
        name="evaluation:ten_unpublish",
        permission=PUBLISH,
        methods=WRITE,
        kwargs=_ten,
        data=_revision,
        post=give(to("evaluation:ten_publish"), *BOARD),
    ),
    Row(
        name="evaluation:ten_preview",
        permission=PUBLISH,
        kwargs=_ten,
        get=give(PAGE, *BOARD),
    ),
    _open("public_ten"),
    _open("public_pledge", kwargs=lambda world: slug(world) | {"rank": 1}),
    _open("ten_embed"),
    _open("ten_atom"),
    _open("ten_ical"),
    _open("ten_image"),
    _open("ten_file", kwargs=lambda world: slug(world) | {"pk": world.a.ten.public_file.pk}),
]
