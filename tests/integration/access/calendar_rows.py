"""Rows of calendars: the pages with an address, and what is at the address."""

from __future__ import annotations

from tests.integration.access.branch_rows import slug
from tests.integration.access.cast import Persona, World
from tests.integration.access.row import (
    BOTH,
    EVERYBODY,
    INSIDE,
    NOT_FOUND,
    OFFICE,
    PAGE,
    SIGNED_IN,
    WORKING,
    WRITE,
    Row,
    Scope,
    give,
    to,
)

WITH_A_ROLE = (*INSIDE, Persona.NEIGHBOUR_MEMBER, Persona.NEIGHBOUR_BOARD, *OFFICE)


def _key(world: World) -> dict[str, object]:
    """The board's own key, in whoever's hands: the key is the right (see the tests of feeds)."""
    return {"key": world.a.calendar.own_key}


def _own_feed(world: World) -> dict[str, object]:
    return {"pk": world.a.calendar.own.pk}


ROWS = [
    Row(
        name="process:feed",
        scope=Scope.OPEN,
        second_step=False,
        kwargs=_key,
        get=give(PAGE, *EVERYBODY),
    ),
    Row(
        name="process:feed_public",
        scope=Scope.OPEN,
        second_step=False,
        kwargs=slug,
        get=give(PAGE, *EVERYBODY),
    ),
    Row(
        name="process:calendar",
        scope=Scope.OWN,
        methods=BOTH,
        get=give(PAGE, *SIGNED_IN),
        post=give(to("process:calendar"), *WITH_A_ROLE),
    ),
    Row(
        name="process:calendar_rotate",
        scope=Scope.OWN,
        methods=BOTH,
        kwargs=_own_feed,
        get=give(PAGE, Persona.BOARD),
        post=give(to("process:calendar"), Persona.BOARD),
        otherwise=NOT_FOUND,
    ),
    Row(
        name="process:branch_calendar",
        permission="process.view_timeline",
        kwargs=slug,
        get=give(PAGE, *INSIDE, *OFFICE),
    ),
    Row(
        name="process:branch_calendar_open",
        permission="process.subscribe_branch",
        methods=WRITE,
        kwargs=slug,
        post=give(to("process:branch_calendar"), *WORKING),
    ),
    Row(
        name="process:national_calendar",
        scope=Scope.NATIONAL,
        permission="process.view_all_calendars",
        methods=BOTH,
        get=give(PAGE, *OFFICE),
        post=give(to("process:national_calendar"), *OFFICE),
    ),
]
