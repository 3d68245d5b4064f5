"""What every test has: a day that stands still, no network, people who are signed in."""

from __future__ import annotations

import ipaddress
import os
import socket
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import hypothesis
import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from branches.models import User
from branches.viewer import Viewer
from tests.clock import FIRST_DAY, FixedClock

# No test depends on how quick the machine is; CI tries the same examples each time.
hypothesis.settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("house")

SIGN_IN_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class NetworkIsClosed(RuntimeError):
    """A test tried to reach another machine."""


def _is_here(address: Any) -> bool:
    """Tell whether a socket address is on this machine (a path is a UNIX socket)."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def closed_network() -> Iterator[None]:
    """Refuse every connection that leaves this machine."""
    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex"):
        real = getattr(socket.socket, name)

        def guarded(self: socket.socket, address: Any, *, _real: Callable[..., Any] = real) -> Any:
            if not _is_here(address):
                raise NetworkIsClosed(address)
            return _real(self, address)

        patch.setattr(socket.socket, name, guarded)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def today(settings: Any) -> Iterator[date]:
    """Let it be Monday 4 October 2021; ``FixedClock.set_today`` moves on."""
    settings.CLOCK = "tests.clock.FixedClock"
    FixedClock.set_today(FIRST_DAY)
    yield FIRST_DAY
    FixedClock.set_today(FIRST_DAY)


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    """Start each test in Dutch, whatever language the one before ended in."""
    with translation.override("nl"):
        yield


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Start each test without the rate limits that the one before used up."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def english() -> Iterator[None]:
    """Read the sentences in the language in which they are written."""
    with translation.override("en"):
        yield


@pytest.fixture
def viewer_for() -> Callable[..., Viewer]:
    """Return ``viewer_for(user, today=…)``: the person as scopes and permissions see them."""

    def load(user: User | None, today: date | None = None) -> Viewer:
        return Viewer.load(user, today=today or FixedClock.day)

    return load


@pytest.fixture
def sign_in() -> Callable[..., Client]:
    """Return ``sign_in(client, user)``: signed in, by default with a second factor as well."""

    def act(client: Client, user: User, *, second_factor: bool = True) -> Client:
        client.force_login(user, backend=SIGN_IN_BACKEND)
        methods = [{"method": "code", "at": time.time(), "email": user.email}]
        if second_factor:
            methods.append({"method": "mfa", "at": time.time(), "type": "totp"})
        session = client.session
        session["account_authentication_methods"] = methods
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
        return client

    return act
