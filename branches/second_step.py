"""The second step in this session: was it taken, and where is it taken."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest

from branches.models import User

KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def taken(request: HttpRequest) -> bool:
    """Tell whether the person who is signed in used a passkey, app or recovery code just now."""
    records = get_authentication_records(request, cast("User", request.user))
    return any(record.get("method") == "mfa" for record in records)


def address(request: HttpRequest) -> str | None:
    """Return the page where the step is taken; ``None`` when nothing is set up yet."""
    if not is_mfa_enabled(request.user, list(KINDS)):
        return None
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    return str(methods[0]["url"])


def remember_new(
    *, request: HttpRequest, user: User, authenticator: Authenticator, **_signal: Any
) -> None:
    """Count setting up as taking the step: the key or code was shown to be there a moment ago.

    Hears allauth's ``authenticator_added``. Adding a second one asks for the first before.
    """
    if authenticator.type in KINDS:
        record_authentication(
            request,
            user,
            "mfa",
            id=authenticator.pk,
            type=authenticator.type,
            reauthenticated=True,
        )
