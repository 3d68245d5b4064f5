"""What somebody says of contributions that look alike."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from consultation.queries.doubles import LARGEST_GROUP

MERGE: Final = "merge"
NOT_THE_SAME: Final = "apart"
_LARGEST: Final = 2**31 - 1


class _Numbers(forms.Field):
    widget = forms.SelectMultiple

    def clean(self, value: Any) -> list[int]:
        """Return the numbers, or refuse what is none."""
        texts = [str(text) for text in value or ()]
        if not texts or len(texts) > LARGEST_GROUP:
            raise ValidationError("how many", code="required")
        if not all(text.isascii() and text.isdigit() and len(text) <= 18 for text in texts):  # noqa: PLR2004 - an id
            raise ValidationError("no number", code="invalid")
        return [int(text) for text in texts]


class GroupForm(forms.Form):
    """One group: what stays, what was ticked, and which button."""

    action = forms.ChoiceField(choices=[(MERGE, MERGE), (NOT_THE_SAME, NOT_THE_SAME)])
    lead = forms.IntegerField(min_value=1, max_value=_LARGEST)
    other = _Numbers()
