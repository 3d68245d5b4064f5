"""A meeting leaves through every provider: as an invitation where it can, else as a file."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives

from config.settings import providers

READY = sorted(
    name for name, chosen in providers.PROVIDERS.items() if not providers.lacking(chosen)
)


# One provider works and is no longer tried by anymail's makers, who say so at each start.
@pytest.mark.filterwarnings("ignore:django-anymail has dropped official support")
@pytest.mark.parametrize("name", READY)
def test_no_provider_refuses_a_mail_with_a_calendar_in_it(name: str, settings: Any) -> None:
    chosen = providers.PROVIDERS[name]
    made = providers.for_provider(
        chosen, dict.fromkeys((*chosen.needs, *chosen.knows), "https://x.example/"), secret=""
    )
    settings.ANYMAIL = made["ANYMAIL"]
    backend = import_module(f"anymail.backends.{chosen.backend}").EmailBackend()
    message = EmailMultiAlternatives(
        "Vergadering",
        "tekst",
        "a@voorbeeld.nl",
        ["b@voorbeeld.nl"],
        headers={"List-Unsubscribe": "<https://x.example/>", "List-Id": "Rode Draad <x.example>"},
    )
    message.attach_alternative("<p>tekst</p>", "text/html")
    message.attach_alternative("BEGIN:VCALENDAR", "text/calendar; method=REQUEST")
    message.attach("rode-draad.ics", b"BEGIN:VCALENDAR", "application/ics")
    payload = backend.build_message_payload(message, backend.send_defaults)
    assert payload is not None
