"""What somebody decides about what the form set aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from consultation.enums import Held

LET_THROUGH: Final = "through"
THROW_AWAY: Final = "away"
_LONGEST_ID: Final = 18
_MOST: Final = 500


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID


class IdsField(forms.Field):
    """Ids of rows; may be left empty."""

    widget = forms.SelectMultiple

    def clean(self, value: Sequence[str] | None) -> list[int]:
        """Return the ids, or refuse what is none."""
        texts = list(value or ())
        if len(texts) > _MOST or not all(map(_is_id, texts)):
            raise ValidationError(_("Tick them in the list."), code="invalid")
        return [int(text) for text in texts]


class HeldForm(forms.Form):
    """Which (ticked, or all for one reason), and what to do with it."""

    action = forms.ChoiceField(
        choices=[(LET_THROUGH, LET_THROUGH), (THROW_AWAY, THROW_AWAY)],
        error_messages={
            "required": _("Choose what you want to do."),
            "invalid_choice": _("Choose what you want to do."),
        },
    )
    row = IdsField(required=False)
    reason = forms.ChoiceField(
        choices=[("", ""), *((value, value) for value in Held.values if value)], required=False
    )
    newest = forms.CharField(required=False, max_length=_LONGEST_ID)
    confirmed = forms.CharField(required=False, max_length=1)

    def clean(self) -> dict[str, Any]:
        """Ask for something to do it to."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not data["row"] and not data["reason"]:
            raise ValidationError(_("Tick something in the list first."))
        if data.get("newest") and not _is_id(data["newest"]):
            raise ValidationError(_("Choose from the list."))
        return data

    @property
    def all_of(self) -> str:
        """Return of which reason all are meant; empty: those that are ticked."""
        return str(self.cleaned_data["reason"])

    @property
    def up_to(self) -> int | None:
        """Return the last one that was looked at; None: up to now."""
        return int(self.cleaned_data["newest"]) if self.cleaned_data["newest"] else None
