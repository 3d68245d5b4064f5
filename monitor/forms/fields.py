"""Fields that several forms of this room share."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Wider than the elections that the rules know; a mistyped century is caught here.
FIRST_DAY = date(2010, 1, 1)
LAST_DAY = date(2100, 12, 31)


class DayField(forms.DateField):
    """A day in our time, picked with the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)
        self.error_messages["invalid"] = _("This is not a day. Write it as 2026-03-18.")
        self.error_messages["required"] = _("Fill in a day.")
        self.error_messages["far"] = _("This day is too far away. Look at the year.")

    def to_python(self, value: Any) -> date | None:
        """Refuse a day with which nothing can be reckoned."""
        day = super().to_python(value)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise ValidationError(self.error_messages["far"], code="far")
        return day
