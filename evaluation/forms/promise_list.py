"""The list of promises: what to look for, and what to do with what was found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from branches.models import User
from core.text import CleanCharField
from evaluation.enums import CarryOver, Reason, Timing, Verdict
from evaluation.forms.judging import LONGEST_PORTFOLIO
from evaluation.queries.desk import Whose
from evaluation.queries.promise_list import DISPUTED, Choices, Filter, Missing
from evaluation.services.bulk import BulkAction, BulkEdit

LONGEST_SEARCH = 100
LONGEST_REASON = 1000
_LONGEST_ID = 18
_ANY = ("", _("all"))
_WRONG = {"invalid_choice": _("Choose from the list.")}


class FilterForm(forms.Form):
    """Which promises; sent by GET, so that a filter is an address."""

    zoek = CleanCharField(label=_("Search in the text"), max_length=LONGEST_SEARCH, required=False)
    hoofdstuk = forms.ChoiceField(label=_("Chapter"), required=False, error_messages=_WRONG)
    portefeuille = forms.ChoiceField(label=_("Portfolio"), required=False, error_messages=_WRONG)
    wie = forms.ChoiceField(label=_("Dealt out to"), required=False, error_messages=_WRONG)
    oordeel = forms.ChoiceField(
        label=_("Verdict"),
        required=False,
        choices=[_ANY, *Verdict.choices, (DISPUTED, pgettext_lazy("verdict", "not agreed on yet"))],
        error_messages=_WRONG,
    )
    mist = forms.ChoiceField(
        label=_("What is missing"),
        required=False,
        choices=[
            ("", _("does not matter")),
            (Missing.REASON.value, _("a reason")),
            (Missing.EVIDENCE.value, _("evidence")),
            (Missing.MINE.value, _("my verdict")),
        ],
        error_messages=_WRONG,
    )
    meenemen = forms.ChoiceField(
        label=_("Does it go on?"),
        required=False,
        choices=[_ANY, *CarryOver.choices],
        error_messages=_WRONG,
    )

    def __init__(self, *args: Any, known: Choices, **kwargs: Any) -> None:
        """Offer the chapters, portfolios and people of this evaluation."""
        kwargs["auto_id"] = "filter_%s"  # the bulk form below has fields of the same names
        super().__init__(*args, **kwargs)
        self._offer("hoofdstuk", [_ANY, *known.chapters])
        self._offer("portefeuille", [_ANY, *known.portfolios])
        who = [
            _ANY,
            (Whose.MINE.value, _("me")),
            (Whose.NOBODYS.value, _("nobody")),
            *known.people,
        ]
        self._offer("wie", who)

    def _offer(self, name: str, offered: Sequence[tuple[Any, Any]]) -> None:
        self.fields[name].choices = offered  # type: ignore[attr-defined]

    @property
    def wanted(self) -> Filter | None:
        """Return the filter; None when it asks for something that is not there."""
        if not self.is_valid():
            return None
        data = self.cleaned_data
        return Filter(
            text=data["zoek"],
            chapter=data["hoofdstuk"],
            portfolio=data["portefeuille"],
            who=data["wie"],
            verdict=data["oordeel"],
            missing=data["mist"],
            carry_over=data["meenemen"],
        )

    @property
    def query(self) -> str:
        """Return the filter as part of an address, ending in ``&`` when there is one."""
        asked = {name: self.data.get(name, "") for name in self.fields}
        text = urlencode({name: value for name, value in asked.items() if value})
        return f"{text}&" if text else ""

    @property
    def asked(self) -> list[tuple[str, str]]:
        """Return what a valid filter asks, in words."""
        if not self.is_valid():
            return []
        found = []
        for name, field in self.fields.items():
            value = self.cleaned_data[name]
            words = {str(key): str(label) for key, label in getattr(field, "choices", ())}
            if value:
                found.append((str(field.label), words.get(value, f"“{value}”")))
        return found

    @property
    def is_used(self) -> bool:
        """Tell whether something is asked."""
        return bool(self.query)


class BulkForm(forms.Form):
    """What to do with the promises that are ticked, or with all of the filter."""

    action = forms.ChoiceField(
        label=_("What do you want to do?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what you want to do."),
            "invalid_choice": _("Choose what you want to do."),
        },
    )
    everything = forms.ChoiceField(
        choices=[("", "ticked"), ("1", "all")], required=False, error_messages=_WRONG
    )
    verdict = forms.ChoiceField(
        label=_("My verdict"),
        choices=[("", _("choose")), *Verdict.choices],
        required=False,
        error_messages=_WRONG,
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", pgettext_lazy("reason", "not said")), *Reason.choices],
        required=False,
        error_messages=_WRONG,
    )
    timing = forms.ChoiceField(
        label=_("On time or late"), choices=Timing.choices, required=False, error_messages=_WRONG
    )
    portfolio = CleanCharField(
        label=_("Portfolio"),
        max_length=LONGEST_PORTFOLIO,
        required=False,
        help_text=_("Leave it empty to take them out of their portfolio."),
        widget=forms.TextInput(attrs={"list": "portfolios"}),
    )
    people = forms.TypedMultipleChoiceField(
        label=_("Deal out to"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("In place of who has them now. Nobody ticked: they are taken back."),
        error_messages={
            "invalid_choice": _("Somebody you chose is not in the council group today.")
        },
    )
    carry_over = forms.ChoiceField(
        label=_("Does it go on?"),
        choices=[("", _("choose")), *CarryOver.choices],
        required=False,
        error_messages=_WRONG,
    )
    carry_reason = CleanCharField(
        label=_("Why"),
        max_length=LONGEST_REASON,
        required=False,
        help_text=_("Asked for when you drop them."),
    )

    def __init__(
        self, *args: Any, actions: Sequence[BulkAction], people: Sequence[User], **kwargs: Any
    ) -> None:
        """Offer what this person may do, and the council group of today."""
        super().__init__(*args, **kwargs)
        names = {
            BulkAction.JUDGE: _("judge, as my verdict"),
            BulkAction.PORTFOLIO: _("put in a portfolio"),
            BulkAction.DEAL: _("deal out"),
            BulkAction.CARRY: _("carry over or drop"),
        }
        self.fields["action"].choices = [  # type: ignore[attr-defined]
            (action.value, names[action]) for action in actions
        ]
        self.fields["people"].choices = [  # type: ignore[attr-defined]
            (person.pk, str(person)) for person in people
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen action needs."""
        data: dict[str, Any] = super().clean() or {}
        action = data.get("action")
        if action == BulkAction.JUDGE and not data.get("verdict"):
            self.add_error("verdict", _("Choose what came of them."))
        if action == BulkAction.CARRY:
            if not data.get("carry_over"):
                self.add_error("carry_over", _("Choose whether it goes on or is dropped."))
            elif data["carry_over"] == CarryOver.DROP and not data.get("carry_reason"):
                self.add_error(
                    "carry_reason", _("Say in a few words why you drop it: members will ask.")
                )
        return data

    @property
    def edit(self) -> BulkEdit:
        """Return what a valid form asks for."""
        data = self.cleaned_data
        return BulkEdit(
            action=BulkAction(data["action"]),
            verdict=data["verdict"],
            reason=data["reason"],
            timing=data["timing"] or Timing.UNKNOWN,
            portfolio=data["portfolio"],
            people=data["people"],
            carry_over=data["carry_over"],
            carry_reason=data["carry_reason"],
        )


def ids_of(values: Sequence[str]) -> set[int] | None:
    """Return the ticked promises; None when one of them is no id."""
    if all(text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID for text in values):
        return {int(text) for text in values}
    return None
