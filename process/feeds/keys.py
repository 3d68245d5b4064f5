"""The key in the address of a feed: whoever has it reads the feed, and nothing but that feed.

It is computed from the feed's nonce with the installation's secret (HMAC-SHA-256, 256 bits), so
that the page can always show it, while the table holds a digest alone: a stolen copy of the table
opens nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from typing import Final

from django.conf import settings

from process.models import CalendarFeed

KEY: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_SALT: Final = "process.feeds.keys"


def new_nonce() -> str:
    """Return 256 random bits in text."""
    return secrets.token_urlsafe(32)


def key_of(feed: CalendarFeed) -> str | None:
    """Return the key that opens this feed, or ``None`` if no secret of today made it.

    That happens when an installation's secret was replaced without keeping the old one among the
    fallbacks: the feed then needs a new key.
    """
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        key = _key(feed, str(secret))
        if hmac.compare_digest(hash_of(key), feed.key_hash):
            return key
    return None


def new_hash(feed: CalendarFeed) -> str:
    """Return what is stored of the key that belongs to the feed's present nonce."""
    return hash_of(_key(feed, str(settings.SECRET_KEY)))


def hash_of(key: str) -> str:
    """Return what is stored of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def _key(feed: CalendarFeed, secret: str) -> str:
    said = f"{_SALT}:{feed.user_id}:{feed.scope}:{feed.branch_id}:{feed.nonce}"
    digest = hmac.new(secret.encode(), said.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
