"""The filter above the threads. What makes no sense is left out and said, never an error."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from branches.enums import SchoolRegion
from branches.facts.provinces import Province
from core.text import CleanCharField
from monitor.enums import Look, Sort, Standing, Stretch
from monitor.queries.national_filter import MYSELF, NOBODY, Wanted
from monitor.queries.national_lists import Lists
from monitor.rules.size import Size
from monitor.size_words import size_name
from process.enums import Forecast, Phase
from process.models import Election
from process.thread import FORECAST_WORDS

NAME_LENGTH = 80
_QUOTED = 40

# Field → its name in the address bar, which people read and send to each other.
ADDRESS: Mapping[str, str] = {
    "look": "beeld",
    "name": "naam",
    "province": "provincie",
    "region": "regio",
    "size": "grootte",
    "outlook": "stand",
    "phase": "fase",
    "milestone": "mijlpaal",
    "standing": "staat",
    "contact": "contact",
    "sort": "volgorde",
    "election": "verkiezing",
    "stretch": "stuk",
}


class FilterForm(forms.Form):
    """Which threads, in which order, shown how."""

    # Chosen by a link above the branches; searching keeps it.
    look = forms.ChoiceField(
        required=False, choices=Look.choices, widget=forms.HiddenInput(attrs={"id": None})
    )
    name = CleanCharField(
        label=_("Name of the branch"),
        required=False,
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    outlook = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all states"))]
        + [(name, FORECAST_WORDS[name]) for name in Forecast.values],
    )
    contact = forms.ChoiceField(label=_("Contact person"), required=False)
    province = forms.ChoiceField(
        label=_("Province"),
        required=False,
        choices=[("", _("all provinces"))] + [(row.value, row.dutch_name) for row in Province],
    )
    region = forms.ChoiceField(
        label=_("School holidays of region"),
        required=False,
        choices=[("", _("all regions")), *SchoolRegion.choices],
    )
    size = forms.ChoiceField(
        label=_("Inhabitants"),
        required=False,
        choices=[("", _("all sizes"))] + [(size.value, size_name(size)) for size in Size],
    )
    phase = forms.TypedChoiceField(
        label=_("What comes next"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("any phase")), *Phase.choices],
    )
    milestone = forms.ChoiceField(label=_("Milestone"), required=False)
    standing = forms.ChoiceField(
        label=_("How that milestone stands"),
        required=False,
        choices=[("", _("any")), *Standing.choices],
    )
    sort = forms.ChoiceField(
        label=_("Order"), required=False, choices=Sort.choices, initial=Sort.CALL
    )
    stretch = forms.ChoiceField(label=_("Part of the way"), required=False, choices=Stretch.choices)
    election = forms.ChoiceField(label=_("Election"), required=False)

    def __init__(self, *args: Any, lists: Lists, election: Election, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "filter-%s")
        super().__init__(*args, **kwargs)
        self._choose("election", [(row.slug, row.name) for row in reversed(lists.elections)])
        self._choose(
            "milestone",
            [("", _("any milestone"))]
            + [(row.key, row.title) for row in lists.of_template(election)],
        )
        self._choose(
            "contact",
            [("", _("everybody")), (MYSELF, _("me")), (NOBODY, pgettext_lazy("contact", "nobody"))]
            + [(str(pk), name) for pk, name in lists.officers.items()],
        )

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def add_prefix(self, field_name: str) -> str:
        """Return the name in the address bar."""
        return ADDRESS.get(field_name, field_name)

    def wanted(self, *, person: int, today: date) -> Wanted:
        """Return what was asked for, as far as it made sense.

        Args:
            person: id of the reader, who is meant by "me".
            today: the day.
        """
        data = self.cleaned_data
        contact = data.get("contact", "")
        meant: dict[str, int | str] = {MYSELF: person, NOBODY: NOBODY, "": ""}
        plain = ("province", "region", "size", "outlook", "milestone", "standing", "name")
        return Wanted(
            today=today,
            phase=data.get("phase"),
            contact=meant.get(contact) or _number(contact),
            sort=data.get("sort") or Sort.CALL,
            **{name: data.get(name, "") for name in plain},
        )

    @property
    def look_now(self) -> Look:
        """Return how the branches are shown."""
        return Look(self.cleaned_data.get("look") or Look.THREADS)

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
    data: QueryDict, *, lists: Lists, election: Election
) -> tuple[FilterForm, list[str]]:
    """Return a valid form and the sentences about what was left out.

    Args:
        data: the query string.
        lists: what there is to choose from.
        election: the one that the address names, or that is shown where it names none.
    """
    given = data.copy()
    form = FilterForm(given, lists=lists, election=election)
    refused = form.refused() if not form.is_valid() else {}
    for name in refused:
        del given[name]
    if not given.get(ADDRESS["election"]):
        given[ADDRESS["election"]] = election.slug
    if refused or ADDRESS["election"] not in data:
        form = FilterForm(given, lists=lists, election=election)
        form.full_clean()
    return form, list(refused.values())


def election_asked(data: QueryDict, *, lists: Lists, today: date) -> Election | None:
    """Return the election that the address names, else the current one."""
    slug = data.get(ADDRESS["election"], "")
    named = (row for row in lists.elections if row.slug == slug)
    return next(named, None) or lists.current(today=today)


def address_of(data: QueryDict) -> str:
    """Return what the address asks for, always written the same way: without page and remarks.

    Two addresses that ask for the same give the same text, so that a saved view knows itself.
    """
    asked = QueryDict(mutable=True)
    for name in ADDRESS.values():
        if value := data.get(name, "").strip():
            asked[name] = value
    return asked.urlencode()


def is_filtered(data: QueryDict) -> bool:
    """Tell whether the address asks for more than how the branches are shown."""
    return any(data.get(name) for field, name in ADDRESS.items() if field != "look")


def _number(text: str) -> int | str:
    return int(text) if text.isdecimal() else ""
