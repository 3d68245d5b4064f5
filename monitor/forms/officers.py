"""Somebody new at the national office."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import CleanCharField

EMAIL_LENGTH = 254
NAME_LENGTH = 120


class OfficerForm(forms.Form):
    """Who it is."""

    name = CleanCharField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=EMAIL_LENGTH,
        help_text=_("No mail is sent. Tell them yourself that they can sign in with it."),
        error_messages={
            "invalid": _("This is not a whole e-mail address. Look for a missing @ or dot."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
