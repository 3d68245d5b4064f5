"""The list of all that came in: what to look for, and what to do with what is ticked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from branches.models import User
from consultation.enums import Nature, PersonRole, Status
from consultation.queries.desk import NO_THEME, Choices, Filter, Member, Order, Whose
from consultation.services.bulk import BulkAction
from core.dates import day_words
from core.text import CleanCharField

LONGEST_SEARCH = 100
_ANY = ("", _("all"))
_EITHER = ("", _("does not matter"))
_WRONG = {"invalid_choice": _("Choose from the list.")}
_TICKED: Final = re.compile(r"([0-9]{1,18})\.([0-9]{1,9})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One word of a filter, and the address (after the ``?``) of the list without it."""

    label: str | Promise
    choice: str
    without: str


class _Day(forms.DateField):
    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d-%m-%Y"],
        )


class FilterForm(forms.Form):
    """Which contributions; sent by GET, so that a filter is an address that can be kept."""

    zoek = CleanCharField(
        label=_("Search in what people said"), max_length=LONGEST_SEARCH, required=False
    )
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[_ANY, *Status.choices], error_messages=_WRONG
    )
    thema = forms.ChoiceField(label=_("Theme"), required=False, error_messages=_WRONG)
    wie = forms.ChoiceField(
        label=_("Who takes care of it"),
        required=False,
        choices=[
            _EITHER,
            (Whose.MINE.value, _("I do")),
            (Whose.NOBODYS.value, _("nobody yet")),
            (Whose.SOMEBODYS.value, _("somebody")),
        ],
        error_messages=_WRONG,
    )
    kanaal = forms.ChoiceField(label=_("Channel"), required=False, error_messages=_WRONG)
    hoe = forms.ChoiceField(
        label=_("Online or face to face"),
        required=False,
        choices=[_EITHER, *Nature.choices],
        error_messages=_WRONG,
    )
    rol = forms.ChoiceField(
        label=_("Speaks as"),
        required=False,
        choices=[_ANY, *PersonRole.choices],
        error_messages=_WRONG,
    )
    lid = forms.ChoiceField(
        label=_("Member of the party"),
        required=False,
        choices=[
            _EITHER,
            (Member.YES.value, _("yes")),
            (Member.NO.value, _("no")),
            (Member.UNKNOWN.value, _("not said")),
        ],
        error_messages=_WRONG,
    )
    buurt = CleanCharField(
        label=_("Neighbourhood"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"list": "neighbourhoods"}),
    )
    voorstel = forms.ChoiceField(
        label=_("Stands in a programme"),
        required=False,
        choices=[_EITHER, ("ja", _("yes")), ("nee", _("not yet"))],
        error_messages=_WRONG,
    )
    vanaf = _Day(_("Came in from"))
    tot = _Day(_("Came in until"))
    volgorde = forms.ChoiceField(
        label=_("What comes first"),
        required=False,
        choices=[
            (Order.NEWEST.value, _("the newest")),
            (Order.MOST_NAMED.value, _("what was said most")),
            (Order.UNTOUCHED.value, _("what waits longest")),
        ],
        error_messages=_WRONG,
    )
    antwoord = forms.BooleanField(label=_("Wants an answer and has none yet"), required=False)
    vaker = forms.BooleanField(label=_("Said more than once"), required=False)
    laat = forms.BooleanField(label=_("Came in after input closed"), required=False)

    def __init__(self, *args: Any, known: Choices, **kwargs: Any) -> None:
        """Offer the themes and channels of this consultation."""
        kwargs["auto_id"] = "filter_%s"  # what to do with many stands on the same page
        super().__init__(*args, **kwargs)
        themes = [(str(theme.pk), str(theme)) for theme in known.themes]
        channels = [(str(channel.pk), str(channel)) for channel in known.channels]
        none = (NO_THEME, pgettext_lazy("theme", "no theme yet"))
        self.fields["thema"].choices = [_ANY, none, *themes]  # type: ignore[attr-defined]
        self.fields["kanaal"].choices = [_ANY, *channels]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> Filter | None:
        """Return the filter; None when it asks for something that is not there."""
        if not self.is_valid():
            return None
        data = self.cleaned_data
        return Filter(
            text=data["zoek"],
            status=data["status"],
            theme=data["thema"],
            channel=data["kanaal"],
            nature=data["hoe"],
            role=data["rol"],
            neighbourhood=data["buurt"],
            member=data["lid"],
            whose=data["wie"],
            waiting=data["antwoord"],
            late=data["laat"],
            several=data["vaker"],
            taken_up=data["voorstel"],
            since=data["vanaf"],
            until=data["tot"],
        )

    @property
    def order(self) -> str:
        """Return the order that is asked for."""
        return str(self.cleaned_data.get("volgorde") or "") if self.is_valid() else ""

    def query(self, *, without: str = "") -> str:
        """Return the filter as part of an address, ending in ``&`` when there is one.

        Args:
            without: the name of a field to leave out.
        """
        asked = {name: self.data.get(name, "") for name in self.fields if name != without}
        text = urlencode({name: value for name, value in asked.items() if value}, errors="replace")
        return f"{text}&" if text else ""

    @property
    def asked(self) -> list[Asked]:
        """Return what a valid filter asks, in words, but for the order."""
        if not self.is_valid():
            return []
        return [
            Asked(
                label=_("Words") if name == "zoek" else str(field.label),
                choice=self._said(name, field),
                without=self.query(without=name).rstrip("&"),
            )
            for name, field in self.fields.items()
            if name != "volgorde" and self.cleaned_data[name]
        ]

    def _said(self, name: str, field: forms.Field) -> str:
        value = self.cleaned_data[name]
        if isinstance(field, forms.BooleanField):
            return ""
        if isinstance(field, forms.DateField):
            return day_words(value)
        words = {str(key): str(label) for key, label in getattr(field, "choices", ())}
        return words.get(value, f"“{value}”")

    @property
    def is_used(self) -> bool:
        """Tell whether something is asked, an order aside."""
        return bool(self.query(without="volgorde"))

    @property
    def is_open(self) -> bool:
        """Tell whether something in it is wrong, so that it must be seen."""
        return bool(self.errors)


class BulkForm(forms.Form):
    """What to do with what is ticked, or with all that was found."""

    action = forms.ChoiceField(
        choices=[(action.value, action.value) for action in BulkAction],
        error_messages={
            "required": _("Choose what you want to do."),
            "invalid_choice": _("Choose what you want to do."),
        },
    )
    everything = forms.ChoiceField(
        choices=[("", "ticked"), ("1", "all")], required=False, error_messages=_WRONG
    )
    theme = forms.ChoiceField(label=_("Theme"), required=False, error_messages=_WRONG)
    person = forms.ChoiceField(label=_("Who"), required=False, error_messages=_WRONG)

    def __init__(self, *args: Any, known: Choices, people: Sequence[User], **kwargs: Any) -> None:
        """Offer the themes that are open, and who reads contributions today."""
        super().__init__(*args, **kwargs)
        self.themes = {str(theme.pk): theme for theme in known.themes if not theme.closed_on}
        self.people = {str(person.pk): person for person in people}
        none = (NO_THEME, pgettext_lazy("theme", "no theme"))
        self.fields["theme"].choices = [  # type: ignore[attr-defined]
            ("", _("choose")),
            *((key, str(theme)) for key, theme in self.themes.items()),
            none,
        ]
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            ("", _("choose")),
            *((key, str(person)) for key, person in self.people.items()),
            (Whose.NOBODYS.value, _("nobody")),
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen action needs."""
        data: dict[str, Any] = super().clean() or {}
        needed = {
            BulkAction.THEME.value: ("theme", _("Choose the theme.")),
            BulkAction.ASSIGN.value: ("person", _("Choose who takes care of it.")),
        }.get(data.get("action", ""))
        if needed and needed[0] not in self.errors and not data.get(needed[0]):
            self.add_error(*needed)
        return data


def ticked(values: Sequence[str]) -> dict[int, int] | None:
    """Return number → the revision that was seen; None when one of them is no tick of ours."""
    found = [_TICKED.fullmatch(value) for value in values]
    if not all(found):
        return None
    return {int(one[1]): int(one[2]) for one in found if one}
