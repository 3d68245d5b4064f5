"""What somebody says about a call."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.text import CleanTextField
from monitor.enums_helping import CallOutcome
from monitor.services.calls import Spoken
from process.forms.meetings import day_field

NOTE_LENGTH = 2000


class CallForm(forms.Form):
    """A call: what came of it, a note for colleagues, and when to look again.

    Args:
        today: no call lies after it.
    """

    outcome = forms.ChoiceField(
        label=_("What came of it?"),
        choices=CallOutcome.choices,
        widget=forms.RadioSelect,
        initial=CallOutcome.SPOKEN,
    )
    note = CleanTextField(
        label=_("Note"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For colleagues at the office alone. Short is fine: what helps next time?"),
    )
    follow_up_on = day_field(
        label=_("Look again on"),
        required=False,
        help_text=_("On that day the branch stands at the top of the calls."),
    )
    made_on = day_field(label=_("Day of the call"))
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        kwargs.setdefault("initial", {"made_on": today, "submission": uuid.uuid4()})
        super().__init__(*args, **kwargs)
        self.fields["made_on"].widget.attrs["max"] = today.isoformat()

    def clean_made_on(self) -> date:
        """Refuse a day that is still to come."""
        day: date = self.cleaned_data["made_on"]
        if day > self.today:
            raise ValidationError(_("This day is still to come. Choose today or earlier."))
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse a day to look again that lies before the call."""
        data = super().clean() or {}
        made_on, again = data.get("made_on"), data.get("follow_up_on")
        if made_on is not None and again is not None and again < made_on:
            self.add_error("follow_up_on", _("This day lies before the call. Choose a later one."))
        return data

    def spoken(self) -> Spoken:
        """Return what was filled in, for the service."""
        data = self.cleaned_data
        return Spoken(
            made_on=data["made_on"],
            outcome=CallOutcome(data["outcome"]),
            note=data["note"],
            follow_up_on=data["follow_up_on"],
        )
