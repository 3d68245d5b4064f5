"""Rows of meetings, decisions and the committee."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from process.models import Meeting
from tests.integration.access.branch_rows import slug
from tests.integration.access.cast import Persona, World
from tests.integration.access.row import (
    BOARD,
    BOTH,
    COMMITTEE,
    EVERYBODY,
    INSIDE,
    OFFICE,
    PAGE,
    Row,
    Scope,
    give,
    to,
)

SEEN = give(PAGE, *INSIDE, *OFFICE)
MEETING = to("process:meeting")
BACK = to("process:committee")


def _coming(world: World) -> dict[str, object]:
    return slug(world) | {"pk": world.a.coming_meeting.pk}


def _past(world: World) -> dict[str, object]:
    return slug(world) | {"pk": world.a.past_meeting.pk}


def _decision(world: World) -> dict[str, object]:
    return slug(world) | {"pk": world.a.decision.pk}


def _plan(_world: World) -> dict[str, Any]:
    return {"title": "Ledenavond", "kind": "alv", "day": "2021-11-20", "place": "De Schakel"}


def _votes(meeting: Callable[[World], int]) -> Callable[[World], dict[str, Any]]:
    return lambda world: {
        "submission": str(uuid.uuid4()),
        "meeting": meeting(world),
        "text": "Aldus besloten",
        "votes_for": 20,
        "votes_against": 1,
    }


def _new_decision(world: World) -> dict[str, Any]:
    return _votes(lambda world: world.a.past_meeting.pk)(world) | {"kind": "adopt_programme"}


def _replacement(world: World) -> dict[str, Any]:
    return _votes(lambda world: world.a.decision.meeting_id)(world) | {"reason": "Tikfout"}


def _approached(_world: World) -> dict[str, Any]:
    return {
        "name": "Wijkverpleegkundige",
        "why": "knowledge",
        "reason": "weet veel",
        "answer": "open",
    }


def _about_meeting(row_name: str, kwargs: Callable[[World], dict[str, object]], **data: Any) -> Row:
    def form(world: World) -> dict[str, Any]:
        meeting = Meeting.objects.get(pk=str(kwargs(world)["pk"]))
        more = _plan(world) if row_name.endswith("edit") else {}
        return data | more | {"revision": meeting.revision}

    return Row(
        name=row_name,
        permission="process.manage_meetings",
        kwargs=kwargs,
        methods=BOTH,
        data=form,
        get=give(PAGE, *BOARD),
        post=give(MEETING, *BOARD),
    )


ROWS = [
    Row(
        name="process:public_meetings",
        scope=Scope.OPEN,
        kwargs=slug,
        get=give(PAGE, *EVERYBODY),
    ),
    Row(name="process:meetings", permission="process.view_timeline", kwargs=slug, get=SEEN),
    Row(name="process:meeting", permission="process.view_timeline", kwargs=_past, get=SEEN),
    Row(
        name="process:meeting_new",
        permission="process.manage_meetings",
        kwargs=slug,
        methods=BOTH,
        data=_plan,
        get=give(PAGE, *BOARD),
        post=give(MEETING, *BOARD),
    ),
    _about_meeting("process:meeting_edit", _coming),
    _about_meeting("process:meeting_notice", _coming, sent_on="2021-10-01", text="Kom allen"),
    _about_meeting("process:meeting_invite", _coming, as_notice="on"),
    Row(name="process:meeting_ics", permission="process.view_timeline", kwargs=_coming, get=SEEN),
    _about_meeting("process:meeting_minutes", _past, minutes="Er was koffie"),
    _about_meeting("process:meeting_cancel", _coming, reason="Zaal bezet"),
    Row(
        name="process:decision_new",
        permission="process.record_decision",
        kwargs=slug,
        methods=BOTH,
        data=_new_decision,
        get=give(PAGE, *BOARD),
        post=give(to("process:decision"), *BOARD),
    ),
    Row(name="process:decision", permission="process.view_timeline", kwargs=_decision, get=SEEN),
    Row(
        name="process:decision_replace",
        permission="process.record_decision",
        kwargs=_decision,
        methods=BOTH,
        data=_replacement,
        get=give(PAGE, *BOARD),
        post=give(to("process:decision"), *BOARD),
    ),
    Row(
        name="process:decision_document",
        permission="process.view_timeline",
        kwargs=lambda world: slug(world) | {"pk": world.a.with_document.pk},
        get=SEEN,
    ),
    Row(name="process:committee", permission="process.view_committee", kwargs=slug, get=SEEN),
    Row(
        name="process:seat_new",
        permission="process.manage_committee",
        kwargs=slug,
        methods=BOTH,
        data=lambda _world: {"name": "Nieuw lid", "role": "writer", "started_on": "2021-10-04"},
        get=give(PAGE, *COMMITTEE),
        post=give(BACK, *COMMITTEE),
    ),
    Row(
        name="process:seat_end",
        permission="process.manage_committee",
        kwargs=lambda world: slug(world) | {"pk": world.a.seat.pk},
        methods=BOTH,
        data=lambda _world: {"ended_on": "2021-10-04"},
        get=give(PAGE, *COMMITTEE),
        post=give(BACK, *COMMITTEE),
    ),
    Row(
        name="process:approached_new",
        permission="process.manage_committee",
        kwargs=slug,
        methods=BOTH,
        data=_approached,
        get=give(PAGE, *COMMITTEE),
        post=give(BACK, *COMMITTEE),
    ),
    Row(
        name="process:approached_edit",
        permission="process.manage_committee",
        kwargs=lambda world: slug(world) | {"pk": world.a.approached.pk},
        methods=BOTH,
        data=lambda world: _approached(world) | {"revision": 0},
        get=give(PAGE, *COMMITTEE),
        post=give(BACK, *COMMITTEE),
    ),
    Row(
        # Everybody sees the totals; who has no seat with an account cannot answer (409).
        name="process:diversity",
        permission="process.view_committee",
        kwargs=slug,
        methods=BOTH,
        data=lambda _world: {
            "age": "under_30",
            "gender": "woman",
            "place": "centre",
            "background": "both",
        },
        get=SEEN,
        post=give("409", *INSIDE, *OFFICE) | give(to("process:diversity"), Persona.COMMITTEE),
    ),
]
