"""Publishing a version of the base programme."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import CleanCharField, CleanTextField
from monitor.forms.fields import DayField

_LONGEST_NAME = 160
_LONGEST_NOTE = 2000


class PublishBaseForm(forms.Form):
    """Date, signatory (R74), and what branches read about it."""

    dated_on = DayField(
        label=_("Date of this version"),
        help_text=_("The day that stands in the document; it may be earlier than today."),
    )
    signatory = CleanCharField(
        label=_("Who answers for it?"),
        max_length=_LONGEST_NAME,
        help_text=_("Name and function. Branches read it with the programme."),
    )
    note = CleanTextField(
        label=_("What is new in it?"),
        required=False,
        max_length=_LONGEST_NOTE,
        help_text=_("A few sentences. They stand in the mail to the branches that use it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
