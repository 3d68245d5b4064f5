"""What the public form carries instead of a cookie (``core.form_tokens``)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from consultation.models import Consultation
from core import form_tokens
from core.form_tokens import FormToken

_FORM: Final = "consultation.form"


def issue(consultation: Consultation, *, now: datetime) -> str:
    """Return the token of a form that is drawn now."""
    return form_tokens.issue(form=_FORM, about=consultation.pk, now=now)


def read(token: str, *, consultation: Consultation) -> FormToken | None:
    """Return what a token says; None: it was made up, or is of another form."""
    return form_tokens.read(token, form=_FORM, about=consultation.pk)


__all__ = ["FormToken", "issue", "read"]
