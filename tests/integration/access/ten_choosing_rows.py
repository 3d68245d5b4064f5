"""Rows of the top ten: the overview, choosing, agreeing, and what members prefer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from core import form_tokens
from tests.integration.access.branch_rows import slug
from tests.integration.access.cast import Persona, World
from tests.integration.access.row import (
    BOTH,
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

SEEN = give(PAGE, *INSIDE, *OFFICE)
CHOOSE = "evaluation.choose"
CHOOSING = to("evaluation:ten_choosing")
PREFERENCE = to("evaluation:ten_preference")
BOARD = (Persona.BOARD,)


def _ten(world: World) -> dict[str, object]:
    return slug(world) | {"pk": world.a.ten.choosing.pk}


def _pledge(which: str) -> Callable[[World], dict[str, object]]:
    return lambda world: slug(world) | {"pk": getattr(world.a.ten, which).pk}


def _owners(world: World) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for pledge in world.a.ten.choosing.pledges.chosen():
        data[f"owner-{pledge.pk}"] = world.a.people["committee"].pk
        data[f"deputy-{pledge.pk}"] = world.a.people["council_group"].pk
        data[f"revision-{pledge.pk}"] = pledge.revision
    return data


def _words(_world: World) -> dict[str, Any]:
    return {
        "title": "Een zwembad",
        "text": "Op het Stationsplein komt een zwembad.",
        "for_whom": "Alle scholen",
        "by_when": "2025-07-01",
        "measured_by": "Het is open.",
        "theme": "culture",
        "revision": 0,
    }


def _dots(world: World) -> dict[str, Any]:
    wing = world.a.ten
    token = form_tokens.issue(
        form="evaluation.preference", about=wing.choosing.pk, now=timezone.now()
    )
    return {"token": token, f"dots-{wing.chosen.pk}": 7, f"dots-{wing.candidate.pk}": 3}


ROWS = [
    Row(name="evaluation:ten", permission="evaluation.view_ten", kwargs=slug, get=SEEN),
    Row(
        name="evaluation:ten_start",
        permission=CHOOSE,
        methods=BOTH,
        kwargs=slug,
        data=lambda world: {"programme": world.a.ten.choosing.programme_id},
        get=give(PAGE, *WORKING),
        post=give(CHOOSING, *WORKING),
    ),
    Row(
        name="evaluation:ten_choosing",
        permission="evaluation.view_ten",
        kwargs=_ten,
        get=SEEN,
    ),
    Row(
        name="evaluation:candidate_add",
        permission=CHOOSE,
        methods=WRITE,
        kwargs=_ten,
        data=lambda world: {"measure": world.a.ten.free.pk},
        post=give(CHOOSING, *WORKING),
    ),
    Row(
        name="evaluation:candidate_remove",
        permission=CHOOSE,
        methods=WRITE,
        kwargs=_pledge("candidate"),
        post=give(CHOOSING, *WORKING),
    ),
    Row(
        name="evaluation:ten_rank",
        permission=CHOOSE,
        methods=WRITE,
        kwargs=_ten,
        data=lambda world: {"pledge": world.a.ten.chosen.pk, "to": "down", "revision": 0},
        post=give(CHOOSING, *WORKING),
    ),
    Row(
        name="evaluation:candidate",
        permission=CHOOSE,
        methods=BOTH,
        kwargs=_pledge("candidate"),
        data=_words,
        get=give(PAGE, *WORKING),
        post=give(to("evaluation:candidate"), *WORKING),
    ),
    Row(
        name="evaluation:pledge_refresh_text",
        permission=CHOOSE,
        methods=WRITE,
        kwargs=_pledge("chosen"),
        data=lambda _world: {"take_over": "on", "revision": 0},
        post=give(to("evaluation:candidate"), *WORKING),
    ),
    Row(
        name="evaluation:ten_owners",
        permission=CHOOSE,
        methods=BOTH,
        kwargs=_ten,
        data=_owners,
        get=give(PAGE, *WORKING),
        post=give(to("evaluation:ten_owners"), *WORKING),
    ),
    Row(
        name="evaluation:ten_agree",
        permission="evaluation.agree",
        methods=BOTH,
        kwargs=_ten,
        get=give(PAGE, *BOARD),
        post=give(to("evaluation:ten"), *BOARD),
    ),
    Row(
        name="evaluation:ten_reopen",
        permission="evaluation.agree",
        methods=WRITE,
        kwargs=_ten,
        post=give(CHOOSING, *BOARD),
    ),
    Row(
        name="evaluation:ten_preference",
        permission=CHOOSE,
        methods=BOTH,
        kwargs=_ten,
        data=lambda _world: {"until": "2021-11-19"},
        get=give(PAGE, *WORKING),
        post=give(PREFERENCE, *WORKING),
    ),
    Row(
        name="evaluation:preference_close",
        permission=CHOOSE,
        methods=WRITE,
        kwargs=_ten,
        post=give(PREFERENCE, *WORKING),
    ),
    Row(
        name="evaluation:preference_renew",
        permission=CHOOSE,
        methods=WRITE,
        kwargs=_ten,
        post=give(PREFERENCE, *WORKING),
    ),
    Row(
        # Whoever holds the link: members have no accounts.
        name="evaluation:preference",
        scope=Scope.OPEN,
        second_step=False,
        methods=BOTH,
        kwargs=lambda world: {"key": world.a.ten.choosing.preference_key},
        data=_dots,
        get=give(PAGE, *EVERYBODY),
        post=give(to("evaluation:preference"), *EVERYBODY),
    ),
]
