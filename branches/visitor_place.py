"""From where on the network a visitor comes: used to count, and kept nowhere."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Return the visitor's address on the network, as sign-in finds it behind our proxies.

    Empty when the proxies say something else than the setting ``TRUSTED_PROXIES`` does: all such
    visitors are one place.
    """
    try:
        return str(get_adapter(request).get_client_ip(request))
    except (PermissionDenied, ImproperlyConfigured):
        return ""
