"""Rows of the top ten: following by mail, and what residents saw."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from core import form_tokens
from tests.clock import FIRST_DAY
from tests.integration.access.branch_rows import slug
from tests.integration.access.cast import Persona, World
from tests.integration.access.row import (
    BOTH,
    EVERYBODY,
    PAGE,
    WRITE,
    Row,
    Scope,
    give,
    to,
)

DELIVER = "evaluation.deliver"
DELIVERS = (Persona.BOARD, Persona.COUNCIL_GROUP)


def _token(form: str, about: int) -> str:
    return form_tokens.issue(form=form, about=about, now=timezone.now() - timedelta(minutes=1))


def _follow(world: World) -> dict[str, Any]:
    return {"token": _token("ten.follow", world.a.ten.agreed.pk), "email": "kees@voorbeeld.nl"}


def _seen(world: World) -> dict[str, Any]:
    return {
        "token": _token("ten.propose", world.a.ten.pledge.pk),
        "text": "De eerste paal staat er.",
        "url": "https://krant.voorbeeld.nl/paal",
        "homepage": "",
    }


def _update(_world: World) -> dict[str, Any]:
    return {
        "status": "under_way",
        "text": "Wat een bewoner zag, in onze woorden.",
        "day": str(FIRST_DAY),
        "public": "on",
    }


def _open(name: str, kwargs: Callable[[World], dict[str, object]], **more: Any) -> Row:
    """Return a row of a page for everybody, in a browser with a second step or without."""
    given = {
        "methods": BOTH,
        "get": give(PAGE, *EVERYBODY),
        "post": give(to(f"evaluation:{name}"), *EVERYBODY),
    } | more
    return Row(
        name=f"evaluation:{name}", scope=Scope.OPEN, second_step=False, kwargs=kwargs, **given
    )


def _proposal(world: World) -> dict[str, object]:
    return slug(world) | {"pk": world.a.ten.proposal.pk}


ROWS: list[Row] = [
    _open("follow", slug, data=_follow),
    _open("propose_update", lambda world: slug(world) | {"rank": 1}, data=_seen),
    # The links in mails: what counts is the key, whoever is signed in.
    _open("follow_confirm", lambda world: {"key": world.a.ten.asking.key}),
    _open("follow_stop", lambda world: {"key": world.a.ten.follower.key}),
    Row(
        name="evaluation:ten_proposals",
        permission=DELIVER,
        kwargs=lambda world: slug(world) | {"pk": world.a.ten.agreed.pk},
        get=give(PAGE, *DELIVERS),
    ),
    Row(
        name="evaluation:proposal_accept",
        permission=DELIVER,
        kwargs=_proposal,
        methods=BOTH,
        data=_update,
        get=give(PAGE, *DELIVERS),
        post=give(to("evaluation:ten_proposals"), *DELIVERS),
    ),
    Row(
        name="evaluation:proposal_refuse",
        permission=DELIVER,
        kwargs=_proposal,
        methods=WRITE,
        post=give(to("evaluation:ten_proposals"), *DELIVERS),
    ),
]
