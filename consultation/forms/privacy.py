"""Looking for one person, and what to do with what was found."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from branches.personal_data import SHORTEST
from core.text import CleanCharField

MOST_TRACES = 900
"""A form may have a thousand fields; who ticks more looks for too little."""


class FindForm(forms.Form):
    """A name or an address."""

    sought = CleanCharField(
        label=_("Name or e-mail address"),
        max_length=120,
        min_length=SHORTEST,
        help_text=_(
            "An address finds exactly that one. Of a name, every word must be there. It stands in "
            "no address and in no log."
        ),
        error_messages={
            "required": _("Fill in whom you look for."),
            "min_length": _("Fill in at least three characters: fewer find half the branch."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class TracesForm(forms.Form):
    """What was ticked: keys of traces, which the services look up in this branch again."""

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.keys: list[str] = []

    def clean(self) -> None:
        """Take the ticked keys, of a sensible number and length."""
        ticked = self.data.getlist("trace")  # type: ignore[attr-defined]
        self.keys = [key for key in ticked if len(key) <= 60][:MOST_TRACES]  # noqa: PLR2004 - of ours
        if not self.keys:
            raise forms.ValidationError(_("Tick what it is about first."))
