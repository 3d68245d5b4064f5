"""Rows of signing in and of the second step, most of them allauth's own views."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.integration.access.cast import Persona, World
from tests.integration.access.row import (
    BOTH,
    EVERYBODY,
    NOT_FOUND,
    PAGE,
    SIGNED_IN,
    Answers,
    Row,
    Scope,
    give,
    to,
)


def _entrance(name: str, *, get: Answers, post: Answers, **more: Any) -> Row:
    return Row(
        name=name, scope=Scope.OPEN, methods=BOTH, get=get, post=post, of_allauth=True, **more
    )


def _own(name: str, *, get: Answers, post: Mapping[Persona, str] | None = None, **more: Any) -> Row:
    return Row(
        name=name,
        scope=Scope.OWN,
        second_step=False,
        methods=BOTH if post is not None else frozenset({"GET"}),
        get=get,
        post=post or {},
        of_allauth=True,
        **more,
    )


def _key(world: World) -> dict[str, object]:
    return {"pk": world.passkeys[Persona.BOARD].pk}


HOME = give(to("home"), *SIGNED_IN)
WITHOUT_KEYS = tuple(
    one
    for one in SIGNED_IN
    if one not in {Persona.BOARD, Persona.NEIGHBOUR_BOARD, Persona.NATIONAL}
)
# Signed in with a key a while ago: the key is asked for once more.
ONCE_MORE = give(to("mfa_reauthenticate_webauthn"), Persona.NEIGHBOUR_BOARD)
WAITS = give(to("account_confirm_login_code"), Persona.WAITING)
IS_HALFWAY = give(to("mfa_authenticate"), Persona.HALFWAY)
AGAIN = give(to("account_login"), Persona.ANONYMOUS, Persona.WAITING, Persona.HALFWAY)
KEYS = frozenset({"mfa_authenticator"})
PASSES_BY = {"second_step": False}


def _ask_code(name: str) -> Row:
    return _entrance(
        name,
        get=give(PAGE, Persona.ANONYMOUS) | WAITS | IS_HALFWAY | HOME,
        post=give(to("account_confirm_login_code"), Persona.ANONYMOUS) | WAITS | IS_HALFWAY | HOME,
        data=lambda _world: {"email": "vreemde@voorbeeld.nl"},
        second_step=False,
    )


def _notice(name: str, *, of_allauth: bool = False) -> Row:
    return Row(name=name, scope=Scope.OPEN, get=give(PAGE, *EVERYBODY), of_allauth=of_allauth)


ROWS = [
    _ask_code("account_login"),
    _ask_code("account_request_login_code"),
    _entrance(
        # A wrong code: the page stays. (The right one: test_sign_in.)
        "account_confirm_login_code",
        get=AGAIN | HOME | give(PAGE, Persona.WAITING),
        post=AGAIN | HOME | give(PAGE, Persona.WAITING),
        data=lambda _world: {"code": "0000-000"},
    ),
    _notice("account_signup"),
    _notice("account_inactive", of_allauth=True),
    _entrance(
        "account_logout",
        get=give(to("home"), *EVERYBODY) | give(PAGE, *SIGNED_IN),
        post=give(to("home"), *EVERYBODY),
        **PASSES_BY,
    ),
    _entrance(
        # A wrong code: the page stays.
        "mfa_authenticate",
        get=AGAIN | HOME | give(PAGE, Persona.HALFWAY),
        post=AGAIN | HOME | give(PAGE, Persona.HALFWAY),
        data=lambda _world: {"code": "000"},
        **PASSES_BY,
    ),
    _entrance(
        # Without a key that fits: back to where one asks for a code.
        "mfa_login_webauthn",
        get=WAITS | IS_HALFWAY | HOME | give(to("account_login"), Persona.ANONYMOUS),
        post=WAITS | IS_HALFWAY | HOME | give(to("account_login"), Persona.ANONYMOUS),
        data=lambda _world: {"credential": "{}"},
        **PASSES_BY,
    ),
    _own("mfa_index", get=give(PAGE, *SIGNED_IN)),
    _own(
        "mfa_reauthenticate",
        get=give(PAGE, Persona.NATIONAL)
        | give(to("mfa_reauthenticate_webauthn"), Persona.BOARD, Persona.NEIGHBOUR_BOARD),
        post=give(PAGE, Persona.NATIONAL)
        | give(to("mfa_reauthenticate_webauthn"), Persona.BOARD, Persona.NEIGHBOUR_BOARD),
        data=lambda _world: {"code": "000"},
    ),
    _own(
        "mfa_reauthenticate_webauthn",
        get=give(PAGE, Persona.BOARD, Persona.NEIGHBOUR_BOARD, Persona.NATIONAL),
        post=give(to("account_login"), Persona.BOARD, Persona.NEIGHBOUR_BOARD, Persona.NATIONAL),
        data=lambda _world: {"credential": "{}"},
    ),
    _own(
        "mfa_activate_totp",
        get=give(PAGE, *WITHOUT_KEYS, Persona.BOARD)
        | ONCE_MORE
        | give(to("mfa_deactivate_totp"), Persona.NATIONAL),
        post=give(PAGE, *WITHOUT_KEYS, Persona.BOARD)
        | ONCE_MORE
        | give(to("mfa_deactivate_totp"), Persona.NATIONAL),
        data=lambda _world: {"code": "000"},
    ),
    _own(
        "mfa_deactivate_totp",
        get=give(PAGE, Persona.NATIONAL),
        post=give(to("mfa_index"), Persona.NATIONAL),
        otherwise=NOT_FOUND,
    ),
    # allauth writes down that somebody has seen their own codes, which changes nothing else.
    _own(
        "mfa_view_recovery_codes",
        get=give(PAGE, Persona.NATIONAL),
        otherwise=NOT_FOUND,
        looking_writes=KEYS,
    ),
    # POST finds no codes of theirs before it finds that there is nothing to send.
    _own(
        "mfa_download_recovery_codes",
        get=give(PAGE, Persona.NATIONAL),
        post=give("405", Persona.NATIONAL),
        otherwise=NOT_FOUND,
        looking_writes=KEYS,
    ),
    _own(
        # Without a key of their own people get the page, and a reason why not.
        "mfa_generate_recovery_codes",
        get=give(PAGE, *SIGNED_IN) | ONCE_MORE,
        post=give(PAGE, *WITHOUT_KEYS)
        | ONCE_MORE
        | give(to("mfa_view_recovery_codes"), Persona.BOARD, Persona.NATIONAL),
    ),
    _own("mfa_list_webauthn", get=give(PAGE, *SIGNED_IN)),
    _own(
        # A key that is none: the page stays.
        "mfa_add_webauthn",
        get=give(PAGE, *SIGNED_IN) | ONCE_MORE,
        post=give(PAGE, *SIGNED_IN) | ONCE_MORE,
        data=lambda _world: {"name": "x", "credential": "{}"},
    ),
    _own(
        "mfa_edit_webauthn",
        kwargs=_key,
        get=give(PAGE, Persona.BOARD) | ONCE_MORE,
        post=give(to("mfa_list_webauthn"), Persona.BOARD) | ONCE_MORE,
        data=lambda _world: {"name": "laptop"},
        otherwise=NOT_FOUND,
    ),
    _own(
        "mfa_remove_webauthn",
        kwargs=_key,
        get=give(PAGE, Persona.BOARD) | ONCE_MORE,
        post=give(to("mfa_list_webauthn"), Persona.BOARD) | ONCE_MORE,
        otherwise=NOT_FOUND,
    ),
]
