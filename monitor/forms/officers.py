"""Somebody new at the national office."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import AddressField, CleanCharField

NAME_LENGTH = 120


class OfficerForm(forms.Form):
    """Who it is."""

    name = CleanCharField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = AddressField(
        help_text=_("No mail is sent. Tell them yourself that they can sign in with it.")
    )
