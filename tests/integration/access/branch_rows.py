"""Rows of the branches room: people, roles, history, settings, and the front door."""

from __future__ import annotations

from tests.integration.access.cast import VISITORS, Persona, World
from tests.integration.access.row import (
    BOARD,
    BOTH,
    EVERYBODY,
    INSIDE,
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


def slug(world: World) -> dict[str, object]:
    """The branch's own address."""
    return {"slug": world.a.slug}


PEOPLE = to("branches:people")

ROWS = [
    Row(
        # In a demonstration visitors choose a persona first; elsewhere they read what this is.
        name="home",
        scope=Scope.OPEN,
        get=give(PAGE, *EVERYBODY)
        | give(to("demo:personas"), *VISITORS)
        | give(to("process:today"), *INSIDE, Persona.NEIGHBOUR_MEMBER, Persona.NEIGHBOUR_BOARD)
        | give(to("monitor:national"), *OFFICE),
    ),
    Row(
        name="set_language",
        scope=Scope.OPEN,
        methods=WRITE,
        second_step=False,
        data=lambda _world: {"language": "en", "next": "/ik/"},
        post=give(to("branches:profile"), *EVERYBODY),
    ),
    Row(
        name="branches:profile",
        scope=Scope.OWN,
        methods=BOTH,
        data=lambda _world: {"name": "Iemand Anders", "language": "en"},
        get=give(PAGE, *SIGNED_IN),
        post=give(to("branches:profile"), *SIGNED_IN),
    ),
    Row(
        # Whoever holds the link may use it, unless signed in as somebody else (409).
        name="branches:invitation",
        scope=Scope.OPEN,
        kwargs=lambda world: {"token": world.a.token},
        methods=BOTH,
        data=lambda _world: {"name": "Nieuwe Naam"},
        get=give("409", *SIGNED_IN) | give(PAGE, *VISITORS),
        post=give("409", *SIGNED_IN) | give(to("process:today"), *VISITORS),
    ),
    Row(
        name="branches:people",
        permission="branches.view_people",
        kwargs=slug,
        get=give(PAGE, *WORKING, *OFFICE),
    ),
    Row(
        name="branches:invite",
        permission="branches.manage_people",
        kwargs=slug,
        methods=BOTH,
        data=lambda _world: {"name": "Nieuw", "email": "nieuw@voorbeeld.nl", "role": "member"},
        get=give(PAGE, *BOARD, *OFFICE),
        post=give(PEOPLE, *BOARD, *OFFICE),
    ),
    Row(
        name="branches:invite_again",
        permission="branches.manage_people",
        kwargs=lambda world: slug(world) | {"pk": world.a.invitation.pk},
        methods=WRITE,
        post=give(PEOPLE, *BOARD, *OFFICE),
    ),
    Row(
        name="branches:invite_withdraw",
        permission="branches.manage_people",
        kwargs=lambda world: slug(world) | {"pk": world.a.invitation.pk},
        methods=WRITE,
        post=give(PEOPLE, *BOARD, *OFFICE),
    ),
    Row(
        name="branches:function",
        permission="branches.manage_people",
        kwargs=lambda world: slug(world) | {"pk": world.a.memberships["member"].pk},
        methods=BOTH,
        data=lambda _world: {"function": "bezorger"},
        get=give(PAGE, *BOARD, *OFFICE),
        post=give(PEOPLE, *BOARD, *OFFICE),
    ),
    Row(
        name="branches:end",
        permission="branches.manage_people",
        kwargs=lambda world: slug(world) | {"pk": world.a.memberships["committee"].pk},
        methods=BOTH,
        data=lambda world: {"to": world.a.people["board"].pk},
        get=give(PAGE, *BOARD, *OFFICE),
        post=give(PEOPLE, *BOARD, *OFFICE),
    ),
    Row(
        # The national office sees branches and belongs to none: nothing to leave.
        name="branches:leave",
        permission="branches.view_branch",
        kwargs=slug,
        methods=BOTH,
        data=lambda world: {"to": world.a.people["second_board"].pk},
        get=give(PAGE, *INSIDE),
        post=give(to("home"), *INSIDE),
    ),
    Row(
        name="branches:history",
        permission="branches.view_history",
        kwargs=slug,
        get=give(PAGE, *BOARD, *OFFICE),
    ),
    Row(
        name="branches:settings",
        permission="branches.edit_branch",
        kwargs=slug,
        methods=BOTH,
        data=lambda world: {
            "revision": world.a.branch.revision,
            "demonym": "Harlingers",
            "notice_days": 21,
        },
        get=give(PAGE, *BOARD),
        post=give(to("branches:settings"), *BOARD),
    ),
]
