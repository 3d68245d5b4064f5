"""What people fill in about one milestone."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from branches.models import User
from core.text import CleanCharField, CleanTextField
from process.forms.meetings import RevisionForm, day_field

NOTE_LENGTH = 5000
LINK_LENGTH = 200


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """People by name."""

    def label_from_instance(self, obj: Any) -> str:
        """Name one person."""
        return str(obj)


class DescribeForm(RevisionForm):
    """Who does it, and what others should know."""

    owner = PersonChoice(
        label=_("Who does it?"),
        queryset=User.objects.none(),
        required=False,
        error_messages={
            "invalid_choice": _(
                "This person has no role here that fits. Choose somebody from the list."
            )
        },
    )
    note = CleanTextField(
        label=_("Note"),
        required=False,
        max_length=NOTE_LENGTH,
        help_text=_("How far are you, what did you agree? Your whole branch reads this."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, people: QuerySet[User], nobody: str, **kwargs: Any) -> None:
        """Take the people to choose from, and what it says when nobody is chosen."""
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = people
        owner.empty_label = nobody


class PartForm(forms.Form):
    """That a part is there, with a note and a link if they help."""

    seen = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)
    note = CleanTextField(
        label=_("Note"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    link = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=LINK_LENGTH,
        assume_scheme="https",
        help_text=_("For example to the document in your shared folder."),
        error_messages={"invalid": _("This is no whole address. It begins with https://.")},
    )


class FinishForm(RevisionForm):
    """That it is done, today or earlier."""

    day = day_field(
        label=_("Done on"),
        required=False,
        help_text=_("Leave it empty for today."),
        error_messages={"invalid": _("This is no day. Write it like this: 20-01-2022.")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Take the product's day: what lies after it cannot be done yet."""
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_day(self) -> date | None:
        """Refuse a day that has not been."""
        day: date | None = self.cleaned_data["day"]
        if day is not None and day > self.today:
            raise ValidationError(
                _("A day in the future cannot be done yet. Fill in today or earlier.")
            )
        return day


class ReasonForm(RevisionForm):
    """Why: others read it later."""

    reason = CleanCharField(
        label=_("Why?"), help_text=_("In a few words: others read it later."), max_length=300
    )
