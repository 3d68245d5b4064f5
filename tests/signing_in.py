"""The steps of signing in, for tests."""

from __future__ import annotations

import re
from typing import Any

from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client
from django.urls import reverse

SECRET = "JBSWY3DPEHPK3PXP"


def ask_code(client: Client, email: str) -> Any:
    """Ask for a code, as the first page does."""
    return client.post(reverse("account_login"), {"email": email})


def mailed_code(index: int = -1) -> str:
    """Return the code from a mail, by default the newest."""
    found = re.search(r"\b\d{4}-\d{4}\b", str(mail.outbox[index].body))
    assert found
    return found.group()


def enter(client: Client, code: str, **more: str) -> Any:
    """Type a code, as the second page does."""
    return client.post(reverse("account_confirm_login_code"), {"code": code, **more})


def wrong(code: str) -> str:
    """Return another code of the same form."""
    return code.translate(str.maketrans("0123456789", "1234567890"))


def signed_in(client: Client) -> bool:
    """Tell whether somebody is signed in."""
    return "_auth_user_id" in client.session


def totp_code() -> str:
    """Return what the app of ``SECRET`` shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(SECRET, counter)))
