"""A round in one sitting: one short form a pledge."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.text import CleanCharField, CleanTextField
from evaluation.enums import Reason
from evaluation.enums_ten import PledgeStatus
from evaluation.services.ten.evidence import LONGEST_TITLE, Shown
from evaluation.services.ten.steps import LONGEST_TITLE as LONGEST_STEP
from evaluation.services.ten.updates import LONGEST_TEXT

LONGEST_LINK = 1000


class RoundForm(forms.Form):
    """Still the same? What happened? Everything else only when it is asked for.

    ``nothing`` is the button "nothing new": the words are then ours, and how it stands stays.
    """

    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)
    nothing = forms.BooleanField(widget=forms.HiddenInput, required=False)
    status = forms.ChoiceField(
        label=_("Does it still stand like this?"),
        choices=PledgeStatus.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how it stands."),
            "invalid_choice": _("Choose how it stands, from the list."),
        },
    )
    text = CleanTextField(
        label=_("What happened?"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=_("One to three sentences, as you would tell a neighbour."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=[("", pgettext_lazy("reason", "not said")), *Reason.choices],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Choose a reason from the list.")},
    )
    shows = CleanCharField(label=_("What shows it?"), max_length=LONGEST_TITLE, required=False)
    url = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=LONGEST_LINK,
        assume_scheme="https",
        error_messages={"invalid": _("This is no whole address. It begins with https://.")},
    )
    next_step = CleanCharField(
        label=_("What happens next?"), max_length=LONGEST_STEP, required=False
    )
    next_on = forms.DateField(
        label=_("When?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Choose a day, or leave it empty.")},
    )
    private = forms.BooleanField(label=_("Only for ourselves, not for the public"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submission"].initial = uuid.uuid4

    def clean(self) -> dict[str, Any]:
        """Ask for words, unless there is nothing new: then these are given."""
        data = super().clean() or {}
        if data.get("nothing") and not data.get("text"):
            data["text"] = gettext("There is nothing new to tell yet.")
        elif not data.get("text") and "text" not in self.errors:
            self.add_error("text", _("Say in a sentence what happened, or choose “Nothing new”."))
        return data

    @property
    def shown(self) -> list[Shown]:
        """Return what a valid form shows."""
        data = self.cleaned_data
        shown = Shown(title=data["shows"], url=data["url"])
        return [shown] if shown else []
