"""Where the branch stands."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from evaluation.enums_ten import Standing


class StandingForm(forms.Form):
    """Coalition, opposition, not in the council, or not known yet."""

    standing = forms.ChoiceField(
        label=_("Where do you stand after the election?"),
        choices=Standing.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose where you stand."),
            "invalid_choice": _("Choose where you stand, from the list."),
        },
    )
    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
