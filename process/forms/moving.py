"""What people fill in to move days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.dates import day_words
from process.forms.meetings import RevisionForm, day_field

FURTHEST = timedelta(days=6 * 366)
"""How far from polling day a milestone can stand; further is a slip of the finger."""


class DayForm(forms.Form):
    """The new day of one milestone, as asked in the address."""

    dag = day_field(
        label=_("New day"),
        error_messages={
            "required": _("Fill in a day."),
            "invalid": _("This is no day. Write it like this: 20-01-2022."),
        },
    )

    def __init__(self, *args: Any, polling_day: date, **kwargs: Any) -> None:
        """Take polling day: days years away from it are refused."""
        super().__init__(*args, **kwargs)
        self.polling_day = polling_day

    def clean_dag(self) -> date:
        """Refuse a day years away from the election."""
        day: date = self.cleaned_data["dag"]
        if abs(day - self.polling_day) > FURTHEST:
            raise ValidationError(
                _("%(day)s is years away from the election (%(polling_day)s). Is the year right?")
                % {"day": day_words(day), "polling_day": day_words(self.polling_day)}
            )
        return day


class MoveForm(DayForm, RevisionForm):
    """The day that the preview showed, with the revision of the timeline that it was made from."""
