"""Passwords that the product itself must use later, kept encrypted.

A copy of the database tells none of them.

The key follows from ``SECRET_KEY``. What was encrypted under a key of before
(``SECRET_KEY_FALLBACKS``) can still be read, and is encrypted anew when it is written.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class CannotRead(ValueError):
    """This was encrypted under a key that is not known here, or is no secret at all."""


def lock(secret: str, *, purpose: str) -> str:
    """Return a secret as it may be stored, for this purpose alone."""
    return _keys(purpose).encrypt(secret.encode()).decode("ascii")


def unlock(stored: str, *, purpose: str) -> str:
    """Return a stored secret.

    Raises:
        CannotRead: no key of today or before opens it.
    """
    try:
        return _keys(purpose).decrypt(stored.encode()).decode()
    except (InvalidToken, UnicodeError) as wrong:
        raise CannotRead("stored under another key") from wrong


def _keys(purpose: str) -> MultiFernet:
    return MultiFernet(
        [
            _key(str(secret), purpose)
            for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        ]
    )


def _key(secret: str, purpose: str) -> Fernet:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"at rest: {purpose}".encode())
    return Fernet(base64.urlsafe_b64encode(derive.derive(secret.encode())))
