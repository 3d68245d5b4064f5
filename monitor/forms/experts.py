"""Who knows what: an entry, and whom somebody looks for."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from consultation.enums import Classic
from core.text import AddressField, CleanCharField, CleanTextField
from monitor.enums_helping import Layer
from monitor.forms.fields import DayField
from monitor.models import Expert
from monitor.queries.experts import Sought
from monitor.services.experts import Entry

_PHONE: Final = re.compile(r"\+?[0-9 ()./-]{6,29}")
_MOST_WORDS: Final = 6


class ExpertForm(forms.Form):
    """Somebody new in the directory."""

    name = CleanCharField(
        label=_("Name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    layer = forms.ChoiceField(
        label=_("Layer of government"), choices=Layer.choices, widget=forms.RadioSelect
    )
    function = CleanCharField(
        label=_("Function"),
        required=False,
        max_length=120,
        help_text=_("For example: member of the Provincial Council, Fryslân."),
    )
    themes = forms.MultipleChoiceField(
        label=_("Themes"),
        required=False,
        choices=Classic.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    about = CleanTextField(
        label=_("Knows about"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In a sentence or two: what can a branch ask?"),
    )
    email = AddressField(required=False)
    phone = CleanCharField(
        label=_("Telephone"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    agreed_on = DayField(
        label=_("Said yes on"),
        help_text=_(
            "The day on which this person told you: my name and how to reach me may be shown to "
            "all branches. No yes? Then do not add anybody."
        ),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["agreed_on"].widget.attrs["max"] = today.isoformat()

    @staticmethod
    def initial_of(row: Expert) -> dict[str, Any]:
        """Return a stored entry as the form shows it."""
        names = (
            "name", "layer", "function", "themes", "about", "email", "phone", "agreed_on",
            "revision",
        )  # fmt: skip
        return {name: getattr(row, name) for name in names}

    def clean_agreed_on(self) -> date:
        """Refuse a yes that was not said yet."""
        day: date = self.cleaned_data["agreed_on"]
        if day > self.today:
            raise ValidationError(_("This day has not come yet. Add somebody after the yes."))
        return day

    def clean_phone(self) -> str:
        """Refuse what cannot be dialled."""
        phone: str = self.cleaned_data["phone"]
        if phone and not _PHONE.fullmatch(phone):
            raise ValidationError(_("This is not a telephone number. Write it as 06 12345678."))
        return phone

    def clean(self) -> dict[str, Any]:
        """Ask for one way to reach the person."""
        data: dict[str, Any] = super().clean() or {}
        known = "email" in data and "phone" in data
        if known and not data["email"] and not data["phone"]:
            self.add_error("email", _("Fill in an e-mail address or a telephone number."))
        return data

    def entry(self) -> Entry:
        """Return what was filled in, for the service."""
        data = self.cleaned_data
        return Entry(
            name=data["name"],
            layer=data["layer"],
            function=data["function"],
            # In the order of the list, whatever the order of the ticks.
            themes=[theme for theme in Classic.values if theme in data["themes"]],
            about=data["about"],
            email=data["email"],
            phone=data["phone"],
            agreed_on=data["agreed_on"],
        )


class ExpertEditForm(ExpertForm):
    """Somebody who is there."""

    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class ExpertsForm(forms.Form):
    """Whom somebody looks for; what makes no sense is left out, never an error."""

    laag = forms.ChoiceField(
        label=_("Layer of government"),
        required=False,
        choices=[("", _("all layers")), *Layer.choices],
    )
    thema = forms.ChoiceField(
        label=_("Theme"), required=False, choices=[("", _("all themes")), *Classic.choices]
    )
    zoek = CleanCharField(label=_("Search"), required=False, max_length=80)

    def sought(self) -> Sought:
        """Return what was asked for, as far as it made sense."""
        self.is_valid()
        data = self.cleaned_data
        words = data.get("zoek", "").split()[:_MOST_WORDS]
        return Sought(
            layer=data.get("laag", ""), theme=data.get("thema", ""), words=" ".join(words)
        )
