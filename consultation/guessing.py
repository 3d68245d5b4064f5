"""How often one network may be wrong about a code, and how many may join from it at once.

A whole room shares one wifi, and so one address: who knows the code is never counted as wrong. Of
the address only a number is kept, for minutes, made with the installation's secret.
"""

from __future__ import annotations

from typing import Final

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from branches.services.place_limits import networks_of
from branches.visitor_place import address_of

WRONG: Final = 60
"""Wrong codes from one household or hall in ``WINDOW``: far more than a hall mistypes."""

WINDOW: Final = 10 * 60
"""Seconds."""

JOINS: Final = 200
"""People who join one session from one place in ``JOIN_WINDOW``: a full hall, all at once."""

JOIN_WINDOW: Final = 60
"""Seconds."""


def is_shut(request: HttpRequest) -> bool:
    """Tell whether this place was wrong too often to try once more."""
    return int(cache.get(_key(request, "wrong"), 0)) >= WRONG


def count(request: HttpRequest) -> None:
    """Count one wrong code."""
    _one_more(_key(request, "wrong"), WINDOW)


def is_crowded(request: HttpRequest, *, session_id: int) -> bool:
    """Count one who joins, and tell whether too many do from this place."""
    return _one_more(_key(request, f"join {session_id}"), JOIN_WINDOW) > JOINS


def _one_more(key: str, seconds: int) -> int:
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:
        # It ran out just now.
        return 1


def _key(request: HttpRequest, what: str) -> str:
    household, _network = networks_of(address_of(request))
    number = salted_hmac("consultation.guessing", f"{what} {household}").hexdigest()[:32]
    return f"guessing.{number}"
