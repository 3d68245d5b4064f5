"""The forms of asking the office, and of answering."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from branches.models import User
from core.text import CleanCharField, CleanTextField
from monitor.enums_helping import HelpState
from monitor.models import Expert, HelpMessage
from monitor.queries.help import Wanted

LONGEST_SUBJECT = 160
LONGEST_MESSAGE = 5000
LONGEST_NAME = 80


class Numbered(forms.Form):
    """A form that carries its own number, so that sending it twice is one deed."""

    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("submission", uuid.uuid4())


class AskForm(Numbered):
    """A question of a branch."""

    subject = CleanCharField(label=_("What is it about?"), max_length=LONGEST_SUBJECT)
    text = CleanTextField(
        label=_("Your question"),
        max_length=LONGEST_MESSAGE,
        help_text=_("Say what you want to do, what you tried, and by when you want to know."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    milestone = forms.ChoiceField(label=_("Which milestone is it about?"), required=False)
    field_order = ("subject", "text", "milestone", "submission")

    def __init__(self, *args: Any, milestones: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if milestones:
            self.fields["milestone"].choices = [  # type: ignore[attr-defined]
                ("", _("none in particular")),
                *milestones,
            ]
        else:
            del self.fields["milestone"]


class MessageForm(Numbered):
    """One more message of the branch."""

    text = CleanTextField(
        label=_("Write once more"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    field_order = ("text", "submission")


class ExpertChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody of the directory, named with the layer of government."""

    def label_from_instance(self, obj: Any) -> str:
        """Name one of them."""
        return f"{obj.name} ({obj.get_layer_display()})"


class AnswerForm(Numbered):
    """An answer of the office."""

    text = CleanTextField(
        label=_("Your answer"),
        max_length=LONGEST_MESSAGE,
        help_text=_("It goes to the branch by mail, and stays on their page."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    expert = ExpertChoice(
        label=_("Who knows more about it?"),
        queryset=Expert.objects.none(),
        required=False,
        empty_label=_("nobody in particular"),
        help_text=_("The branch gets this person’s name and address with your answer."),
        error_messages={"invalid_choice": _("This person is not in the directory any more.")},
    )
    # The last message that stood on the page when the answer was begun.
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**53)
    field_order = ("text", "expert", "seen", "submission")

    def __init__(self, *args: Any, talk: list[HelpMessage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen", talk[-1].pk if talk else 0)
        self.fields["expert"].queryset = Expert.objects.all()  # type: ignore[attr-defined]


class TakeForm(forms.Form):
    """Who looks after a question."""

    to = forms.ModelChoiceField(
        label=_("Hand it to"),
        queryset=User.objects.none(),
        empty_label=None,
        error_messages={
            "invalid_choice": _("This colleague does not work at the national office any more.")
        },
    )
    seen = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=2**53
    )

    def __init__(self, *args: Any, colleagues: QuerySet[User, User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues  # type: ignore[attr-defined]


class DeskForm(forms.Form):
    """Which questions; what makes no sense is left out, never an error."""

    mijn = forms.BooleanField(label=_("only mine, and of my branches"), required=False)
    stand = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all that are open")), *HelpState.choices],
    )
    afdeling = CleanCharField(
        label=_("Name of the branch"), required=False, max_length=LONGEST_NAME
    )
    field_order = ("afdeling", "stand", "mijn")

    def wanted(self, *, me: User) -> Wanted:
        """Return what was asked for, as far as it made sense."""
        self.is_valid()
        data = self.cleaned_data
        return Wanted(
            state=data.get("stand", ""),
            branch=data.get("afdeling", ""),
            mine=me if data.get("mijn") else None,
        )
