"""Starting to look back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme


class StartForm(forms.Form):
    """Which programme."""

    programme = forms.ModelChoiceField(
        queryset=Programme.objects.none(),
        label=_("Which programme do you look back at?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Choose a programme."),
            "invalid_choice": _("Choose a programme from the list."),
        },
    )

    def __init__(self, *args: Any, programmes: QuerySet[Programme], **kwargs: Any) -> None:
        """Let choose from these programmes."""
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]
