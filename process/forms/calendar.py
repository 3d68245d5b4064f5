"""What a feed is asked for, in its address: of all branches which, and whether it rings."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from branches.facts.provinces import Province
from process.enums import Phase
from process.queries.calendars import Choice


class RingForm(forms.Form):
    """Whether the calendar gives a signal of its own."""

    herinnering = forms.BooleanField(
        label=_("My calendar gives me a signal as well, a day ahead"), required=False
    )

    def clean_herinnering(self) -> bool:
        """Take ``0`` for no: to a tick in a form every value is yes."""
        return self.data.get("herinnering") in {"1", "on", "true"}


class ChoiceForm(RingForm):
    """What the national office picks from all branches; empty is everything."""

    provincie = forms.ChoiceField(
        label=_("Province"),
        required=False,
        choices=[("", _("all provinces"))] + [(row.value, row.dutch_name) for row in Province],
    )
    fase = forms.TypedChoiceField(
        label=_("Phase"),
        required=False,
        coerce=int,
        choices=[("", _("all phases")), *Phase.choices],
    )
    soort = forms.ChoiceField(
        label=_("What"),
        required=False,
        choices=[
            ("", _("deadlines and meetings")),
            ("deadlines", _("deadlines alone")),
            ("vergaderingen", _("meetings alone")),
        ],
    )
    field_order = ("provincie", "fase", "soort", "herinnering")

    def choice(self) -> Choice:
        """Return what was picked."""
        data = self.cleaned_data
        what = {"vergaderingen": "meetings"}.get(data["soort"], data["soort"])
        return Choice(province=data["provincie"], phase=data["fase"] or 0, what=what)
