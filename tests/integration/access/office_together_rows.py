"""Rows of what the office does with all branches: telling, activities, who knows what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
    Scope,
    give,
    to,
)

Kwargs = Callable[[World], dict[str, object]]


def _none(_world: World) -> dict[str, object]:
    return {}


def _announcement(world: World) -> dict[str, object]:
    return {"pk": world.a.office.announcement.pk}


def _national(world: World) -> dict[str, object]:
    return {"pk": world.a.office.national_activity.pk}


def _expert(world: World) -> dict[str, object]:
    return {"pk": world.a.office.expert.pk}


def _own(world: World) -> dict[str, object]:
    return slug(world) | {"pk": world.a.office.activity.pk}


def _telling(world: World) -> dict[str, Any]:
    return {
        "title": "De training gaat door",
        "text": "Er zijn nog plaatsen.",
        "shown_from": "2021-10-04",
        "shown_until": "2021-10-20",
        "province": "",
        "by_mail": "on",
        "revision": world.a.office.announcement.revision,
    }


def _plan(_world: World) -> dict[str, Any]:
    return {
        "kind": "campaign",
        "title": "Langs de deuren",
        "day": "2021-11-13",
        "starts": "10:00",
        "ends": "12:30",
        "place": "Voor het station",
        "revision": 0,
    }


def _entry(_world: World) -> dict[str, Any]:
    return {
        "name": "Sjoukje Staten",
        "layer": "province",
        "themes": ["housing"],
        "about": "Weet hoe de provincie woningen toewijst.",
        "phone": "06 12345678",
        "agreed_on": "2021-10-01",
        "revision": 0,
    }


def _reads(name: str, kwargs: Kwargs = _none) -> Row:
    return Row(
        name=f"monitor:{name}",
        scope=Scope.NATIONAL,
        permission="monitor.view",
        kwargs=kwargs,
        get=give(PAGE, *OFFICE),
    )


def _tells(
    name: str,
    then: str,
    *,
    kwargs: Kwargs = _none,
    data: Callable[[World], dict[str, Any]] = _none,
) -> Row:
    return Row(
        name=f"monitor:{name}",
        scope=Scope.NATIONAL,
        permission="monitor.tell_everybody",
        kwargs=kwargs,
        methods=BOTH,
        data=data,
        get=give(PAGE, *OFFICE),
        post=give(to(f"monitor:{then}"), *OFFICE),
    )


def _everybody(name: str, kwargs: Kwargs = slug) -> Row:
    return Row(
        name=f"together:{name}",
        permission="monitor.view_together",
        kwargs=kwargs,
        get=give(PAGE, *INSIDE, *OFFICE),
    )


def _makes(
    name: str, kwargs: Kwargs = _own, data: Callable[[World], dict[str, Any]] = _plan
) -> Row:
    return Row(
        name=f"together:{name}",
        permission="monitor.make_activity",
        kwargs=kwargs,
        methods=BOTH,
        data=data,
        get=give(PAGE, *COMMITTEE),
        post=give(to("together:activity"), *COMMITTEE),
    )


ROWS: list[Row] = [
    _reads("announcements"),
    _tells("announcement_new", "announcements", data=_telling),
    _tells("announcement_edit", "announcements", kwargs=_announcement, data=_telling),
    _tells("announcement_withdraw", "announcements", kwargs=_announcement),
    _reads("activities"),
    _reads("untrained"),
    _reads("activities_export", lambda _world: {"ending": "csv"}),
    _reads("activity", _national),
    _tells("activity_new", "activity", data=_plan),
    _tells("activity_edit", "activity", kwargs=_national, data=_plan),
    _tells(
        "activity_cancel",
        "activity",
        kwargs=_national,
        data=lambda _world: {"reason": "Te weinig mensen.", "revision": 0},
    ),
    _reads("experts"),
    _tells("expert_new", "experts", data=_entry),
    _tells("expert_edit", "experts", kwargs=_expert, data=_entry),
    _tells("expert_remove", "experts", kwargs=_expert),
    _everybody("news"),
    _everybody("activities"),
    _everybody("activity", _own),
    _everybody("activity_ics", _own),
    _everybody("experts"),
    Row(
        name="together:attend",
        permission="monitor.attend",
        kwargs=_own,
        methods=WRITE,
        data=lambda _world: {"komt": "ja"},
        post=give(to("together:activity"), *INSIDE),
    ),
    _makes("activity_new", slug),
    _makes("activity_edit"),
    _makes("activity_cancel", data=lambda _world: {"reason": "Het regent.", "revision": 0}),
]
