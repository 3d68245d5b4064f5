"""Filling in the public form, as a resident does."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultation import form_tokens
from consultation.models import Consultation
from consultation.services.forms_open import open_form
from tests.clock import FIRST_DAY
from tests.consultation_factories import consultation_of
from tests.factories import UserFactory

TEXT = "Een veilig fietspad naar school."


def open_consultation(**fields: Any) -> Consultation:
    """Return a collecting of input whose form is open."""
    consultation = consultation_of()
    open_form(
        consultation=consultation,
        introduction="Zeg het ons.",
        by=UserFactory.create(),
        today=FIRST_DAY,
        revision=consultation.revision,
    )
    for name, value in fields.items():
        setattr(consultation, name, value)
    consultation.save()
    return consultation


def address(consultation: Consultation, name: str = "form") -> str:
    """Return the address of a public page of a branch."""
    return reverse(f"consultation:{name}", args=[consultation.branch.slug])


def filled_in(
    consultation: Consultation, *, drawn_at: datetime | None = None, **fields: Any
) -> dict[str, Any]:
    """Return what a browser sends, a minute after the form was drawn."""
    drawn = drawn_at or timezone.now() - timedelta(minutes=1)
    token = form_tokens.issue(consultation, now=drawn)
    return {"token": token, "text": TEXT, "consent": "on"} | fields


def send(consultation: Consultation, data: dict[str, Any] | None = None, /, **fields: Any) -> Any:
    """Send a form as somebody who was never here before."""
    form = filled_in(consultation, **fields) if data is None else data | fields
    return Client().post(address(consultation), form)
