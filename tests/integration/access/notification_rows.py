"""Rows of the notifications room: one's own mail, stop links, rules, the post of a branch."""

from __future__ import annotations

from typing import Any

from notifications.enums import Kind
from notifications.forms.rules import RulesForm
from notifications.links import stop_token
from notifications.queries.rule_rows import rule_rows
from tests.integration.access.branch_rows import slug
from tests.integration.access.cast import World
from tests.integration.access.row import (
    BOARD,
    BOTH,
    EVERYBODY,
    OFFICE,
    PAGE,
    SIGNED_IN,
    WRITE,
    Row,
    Scope,
    give,
    to,
)

STOP = to("notifications:stop")


def token(world: World) -> dict[str, object]:
    """A link in a mail to A's member."""
    items = [(world.a.branch.pk, str(Kind.MEETINGS))]
    return {"token": stop_token(user_id=world.a.people["member"].pk, items=items)}


def rules_as_they_are() -> dict[str, Any]:
    """The form about all rules, as a browser sends it back."""
    form = RulesForm(rows=rule_rows())
    filled = {name: field.initial for name, field in form.fields.items()}
    return {name: "on" if value is True else value for name, value in filled.items() if value != ""}


ROWS = [
    Row(
        name="notifications:preferences",
        scope=Scope.OWN,
        methods=BOTH,
        data=lambda _world: {"hour": "21", "paused_until": "2021-10-20"},
        get=give(PAGE, *SIGNED_IN),
        post=give(to("notifications:preferences"), *SIGNED_IN),
    ),
    Row(
        # The link is what counts, whoever is signed in, and however far.
        name="notifications:stop",
        scope=Scope.OPEN,
        second_step=False,
        kwargs=token,
        methods=BOTH,
        get=give(PAGE, *EVERYBODY),
        post=give(STOP, *EVERYBODY),
    ),
    Row(
        name="notifications:resume",
        scope=Scope.OPEN,
        second_step=False,
        kwargs=token,
        methods=WRITE,
        post=give(STOP, *EVERYBODY),
    ),
    Row(
        name="notifications:rules",
        scope=Scope.NATIONAL,
        permission="notifications.edit_rules",
        methods=BOTH,
        data=lambda _world: rules_as_they_are() | {"milestone-ahead-days": "21"},
        get=give(PAGE, *OFFICE),
        post=give(to("notifications:rules"), *OFFICE),
    ),
    Row(
        name="notifications:branch_post",
        permission="notifications.view_post",
        kwargs=slug,
        get=give(PAGE, *BOARD, *OFFICE),
    ),
    Row(
        name="notifications:branch_post_retry",
        permission="notifications.retry_post",
        kwargs=lambda world: slug(world) | {"pk": world.a.parked.pk},
        methods=WRITE,
        post=give(to("notifications:branch_post"), *BOARD, *OFFICE),
    ),
]
