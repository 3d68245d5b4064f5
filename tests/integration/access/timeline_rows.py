"""Rows of today, the timeline and its milestones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.integration.access.branch_rows import slug
from tests.integration.access.cast import World
from tests.integration.access.row import (
    BOARD,
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

SEEN = give(PAGE, *INSIDE, *OFFICE)
MILESTONE = to("process:milestone")


def _milestone(which: str) -> Callable[[World], dict[str, object]]:
    return lambda world: slug(world) | {"pk": world.a.milestones[which].pk}


def _part(world: World) -> dict[str, object]:
    return _milestone("working")(world) | {"part_key": world.a.part_key}


def _of_milestone(which: str, **data: Any) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"revision": world.a.milestones[which].revision, **data}


def _of_timeline(world: World) -> dict[str, Any]:
    world.a.timeline.refresh_from_db(fields=["revision"])
    return {"revision": world.a.timeline.revision}


def _seen(world: World) -> str:
    from process.queries.pages import part_mark  # noqa: PLC0415 - Django is ready by now

    records = world.a.milestones["working"].part_records
    return part_mark(records.filter(part_key=world.a.part_key).first())


# The working milestone is the committee's: the council group works in the branch, not on it.
ROWS = [
    Row(name="process:today", permission="process.view_timeline", kwargs=slug, get=SEEN),
    Row(name="process:timeline", permission="process.view_timeline", kwargs=slug, get=SEEN),
    Row(name="process:timetable", permission="process.view_timeline", kwargs=slug, get=SEEN),
    Row(
        name="process:late_start",
        permission="process.plan",
        kwargs=slug,
        methods=BOTH,
        data=_of_timeline,
        get=give(PAGE, *BOARD),
        post=give(to("process:timeline"), *BOARD),
    ),
    Row(
        name="process:milestone",
        permission="process.view_timeline",
        kwargs=_milestone("working"),
        get=SEEN,
    ),
    Row(
        name="process:part",
        permission="process.work",
        kwargs=_part,
        methods=WRITE,
        data=lambda world: {"seen": _seen(world), "note": "Het is er", "link": ""},
        post=give(MILESTONE, *COMMITTEE),
    ),
    Row(
        name="process:part_remove",
        permission="process.work",
        kwargs=_part,
        methods=WRITE,
        post=give(MILESTONE, *COMMITTEE),
    ),
    Row(
        name="process:milestone_describe",
        permission="process.work",
        kwargs=_milestone("working"),
        methods=WRITE,
        data=lambda world: (
            _of_milestone("working")(world)
            | {"note": "Halverwege", "owner": world.a.people["board"].pk}
        ),
        post=give(MILESTONE, *COMMITTEE),
    ),
    Row(
        name="process:milestone_finish",
        permission="process.work",
        kwargs=_milestone("working"),
        methods=WRITE,
        data=_of_milestone("working", day="2021-10-01"),
        post=give(MILESTONE, *COMMITTEE),
    ),
    Row(
        name="process:milestone_reopen",
        permission="process.work",
        kwargs=_milestone("done"),
        methods=WRITE,
        data=_of_milestone("done", reason="Toch niet"),
        post=give(MILESTONE, *COMMITTEE),
    ),
    Row(
        name="process:milestone_drop",
        permission="process.plan",
        kwargs=_milestone("working"),
        methods=WRITE,
        data=_of_milestone("working", reason="Niet bij ons"),
        post=give(MILESTONE, *BOARD),
    ),
    Row(
        name="process:milestone_restore",
        permission="process.plan",
        kwargs=_milestone("dropped"),
        methods=WRITE,
        data=_of_milestone("dropped"),
        post=give(MILESTONE, *BOARD),
    ),
    Row(
        name="process:milestone_move",
        permission="process.plan",
        kwargs=_milestone("moved"),
        methods=BOTH,
        data=lambda world: _of_timeline(world) | {"dag": "2022-01-12"},
        get=give(PAGE, *BOARD),
        post=give(MILESTONE, *BOARD),
    ),
    Row(
        name="process:milestone_follow",
        permission="process.plan",
        kwargs=_milestone("moved"),
        methods=WRITE,
        data=_of_timeline,
        post=give(MILESTONE, *BOARD),
    ),
]
