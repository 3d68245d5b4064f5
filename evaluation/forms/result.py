"""What people fill in about the result: whether promises go on, weights, the public page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import CleanTextField
from evaluation.enums import CarryOver
from evaluation.models import Promise

REASON_LENGTH = 1000
PUBLIC_TEXT_LENGTH = 5000
_YES_NO = (("yes", _("yes")), ("no", _("no")))
_CHOICES = (
    (CarryOver.CARRY.value, _("Carry over")),
    (CarryOver.DROP.value, _("Drop")),
)
_WORDS_OF = {True: "yes", False: "no", None: ""}


class RevisionForm(forms.Form):
    """A form about a stored row: carries the revision that its reader saw."""

    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class _Decision(forms.Form):
    """Carry over or drop, with a reason."""

    carry_over = forms.ChoiceField(
        label=_("Does it go on?"),
        choices=_CHOICES,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose whether it goes on or is dropped."),
            "invalid_choice": _("Choose whether it goes on or is dropped."),
        },
    )
    reason = CleanTextField(
        label=_("Why?"),
        required=False,
        max_length=REASON_LENGTH,
        help_text=_("Needed when you drop it. Members read this in the report."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the reason beside its own field when something is dropped."""
        data = super().clean() or {}
        if data.get("carry_over") == CarryOver.DROP and not data.get("reason", "x"):
            self.add_error("reason", _("Say in a few words why you drop it: members will ask."))
        return data


class CarryForm(_Decision, RevisionForm):
    """One promise: was it good, is it still topical, does it go on?"""

    good = forms.ChoiceField(
        label=_("Was it a good idea?"),
        choices=_YES_NO,
        required=False,
        widget=forms.RadioSelect,
    )
    topical = forms.ChoiceField(
        label=_("Does it still matter?"),
        choices=_YES_NO,
        required=False,
        widget=forms.RadioSelect,
    )

    field_order = ("revision", "good", "topical", "reason", "carry_over")

    def questions(self) -> list[forms.BoundField]:
        """Return the two questions that come before the decision (R41)."""
        return [self["good"], self["topical"]]

    @classmethod
    def initial_of(cls, promise: Promise) -> dict[str, Any]:
        """Return a promise as the form shows it."""
        return {
            "revision": promise.revision,
            "good": _WORDS_OF[promise.good],
            "topical": _WORDS_OF[promise.topical],
            "reason": promise.carry_reason,
            "carry_over": "" if promise.carry_over == CarryOver.OPEN else promise.carry_over,
        }

    def answers(self) -> dict[str, Any]:
        """Return what was filled in, for the service."""
        data = self.cleaned_data
        return {
            "carry_over": data["carry_over"],
            "reason": data["reason"],
            "good": _answer(data["good"]),
            "topical": _answer(data["topical"]),
        }


class CarryManyForm(_Decision):
    """The same for everything in a list that is still to be decided."""

    # How many the reader saw: another number means that the list changed meanwhile.
    count = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


class WeighForm(RevisionForm):
    """Whether some promises weigh more."""

    weighted = forms.BooleanField(required=False, widget=forms.HiddenInput)


class PublicForm(RevisionForm):
    """What stands above the public page."""

    public_text = CleanTextField(
        label=_("Introduction"),
        required=False,
        max_length=PUBLIC_TEXT_LENGTH,
        help_text=_(
            "For residents: what did you set out to do, what are you proud of, what did not work "
            "out? A few sentences are enough."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
    )


def _answer(word: str) -> bool | None:
    return {"yes": True, "no": False}.get(word)
