"""What the clock bar sends."""

from __future__ import annotations

from django import forms


class ClockForm(forms.Form):
    """One move of the clock."""

    move = forms.ChoiceField(
        choices=[(name, name) for name in ("day", "week", "deadline", "date", "reset")]
    )
    day = forms.DateField(required=False, input_formats=["%Y-%m-%d", "%d-%m-%Y"])
    branch = forms.SlugField(required=False, max_length=80)
