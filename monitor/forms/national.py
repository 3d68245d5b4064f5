"""The filter above the threads. What makes no sense is left out and said, never an error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from branches.facts.provinces import Province
from core.text import CleanCharField
from monitor.enums import Sort, Stretch
from monitor.queries.national import Wanted
from process.enums import Forecast, Phase
from process.models import Election
from process.thread import FORECAST_WORDS

NAME_LENGTH = 80
_QUOTED = 40

# Field → its name in the address bar, which people read and send to each other.
ADDRESS: Mapping[str, str] = {
    "name": "naam",
    "province": "provincie",
    "outlook": "stand",
    "phase": "fase",
    "sort": "volgorde",
    "election": "verkiezing",
    "stretch": "stuk",
}


class FilterForm(forms.Form):
    """Which threads, in which order."""

    name = CleanCharField(
        label=_("Name of the branch"),
        required=False,
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    province = forms.ChoiceField(
        label=_("Province"),
        required=False,
        choices=[("", _("all provinces"))] + [(row.value, row.dutch_name) for row in Province],
    )
    outlook = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all states"))]
        + [(name, FORECAST_WORDS[name]) for name in Forecast.values],
    )
    phase = forms.TypedChoiceField(
        label=_("What comes next"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("any phase")), *Phase.choices],
    )
    sort = forms.ChoiceField(
        label=_("Order"), required=False, choices=Sort.choices, initial=Sort.CALL
    )
    stretch = forms.ChoiceField(label=_("Part of the way"), required=False, choices=Stretch.choices)
    election = forms.ChoiceField(label=_("Election"), required=False)

    def __init__(self, *args: Any, elections: Sequence[Election], **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "filter-%s")
        super().__init__(*args, **kwargs)
        self.fields["election"].choices = [  # type: ignore[attr-defined]
            (row.slug, row.name) for row in reversed(elections)
        ]

    def add_prefix(self, field_name: str) -> str:
        """Return the name in the address bar."""
        return ADDRESS.get(field_name, field_name)

    def wanted(self) -> Wanted:
        """Return what was asked for, as far as it made sense."""
        data = self.cleaned_data
        return Wanted(
            province=data.get("province", ""),
            outlook=data.get("outlook", ""),
            phase=data.get("phase"),
            name=data.get("name", ""),
            sort=data.get("sort") or Sort.CALL,
        )

    def refused(self) -> dict[str, str]:
        """Return name in the address bar → the sentence about what was left out."""
        return {
            self.add_prefix(field): left_out(str(self.data.get(self.add_prefix(field), "")))
            for field in self.errors
        }


def left_out(value: str) -> str:
    """Say that something in the address means nothing here."""
    quoted = value if len(value) <= _QUOTED else f"{value[:_QUOTED]}…"
    return gettext("“%(value)s” in the address means nothing to us, so we left it out.") % {
        "value": quoted
    }


def read_filter(
    data: QueryDict, *, elections: Sequence[Election], election: Election
) -> tuple[FilterForm, list[str]]:
    """Return a valid form and the sentences about what was left out.

    Args:
        data: the query string.
        elections: those to choose from.
        election: shown as chosen where the address names none.
    """
    given = data.copy()
    form = FilterForm(given, elections=elections)
    refused = form.refused() if not form.is_valid() else {}
    for name in refused:
        del given[name]
    if not given.get(ADDRESS["election"]):
        given[ADDRESS["election"]] = election.slug
    form = FilterForm(given, elections=elections)
    form.full_clean()
    return form, list(refused.values())
