"""What a mail provider tells of mails that did not arrive (its "webhook"), through anymail.

Only where a provider is chosen (``EMAIL_PROVIDER``) and a secret is set (``WEBHOOK_SECRET``):
without one, anybody could say that an address does not work.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import URLPattern, path
from django.utils import timezone

from core import clock
from notifications.rules.bounces import is_gone
from notifications.services.bounces import record

# What anymail calls an address that is not there, whichever provider says it.
_GONE = frozenset({"bounced", "invalid"})


def addresses() -> list[URLPattern]:
    """Return where the chosen provider reports, if it does: ``anymail/<provider>/``."""
    provider = settings.EMAIL_PROVIDER.lower().replace("-", "_")
    if not provider or not settings.WEBHOOK_SECRET:
        return []
    from anymail.urls import urlpatterns  # noqa: PLC0415 - only where a provider is used

    name = f"{provider}_tracking_webhook"
    views = [one.callback for one in urlpatterns if one.name == name]
    return [path(f"anymail/{provider}/", view, name="mail_tracking") for view in views[:1]]


def listen() -> None:
    """Act on what is reported."""
    from anymail.signals import tracking  # noqa: PLC0415 - only where a provider is used

    tracking.connect(heard, dispatch_uid="rodedraad.bounces")


def heard(*, event: Any, **_more: Any) -> None:
    """Flag the address of a mail that bounced for good; everything else is left alone."""
    if event.event_type != "bounced" or (event.reject_reason or "bounced") not in _GONE:
        return
    words = " ".join(str(event.mta_response or event.description or "").split())
    if any(c.isdigit() for c in words) and not is_gone(status="", diagnostic=words):
        # The provider repeats what the mail server said, and that is about something else.
        return
    record(
        recipient=str(event.recipient or ""),
        why=words or str(event.reject_reason or "bounced"),
        now=timezone.now(),
        today=clock.today(),
    )
