"""Typing in what somebody said elsewhere: at a stall, at the door, on Facebook, on a paper note."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultation.enums import ChannelKind, PersonRole
from consultation.forms.item import NOT_FROM_THE_LIST, ThemeField
from consultation.models import Channel, Consultation
from consultation.models.contribution import LONGEST
from core.text import AddressField, CleanCharField, CleanTextField

# What nobody types in: forms and mails come in by themselves.
TYPED_KINDS = tuple(
    kind for kind in ChannelKind if kind not in (ChannelKind.FORM, ChannelKind.MAIL)
)


class ChannelField(forms.ChoiceField):
    """A channel that is there, or a kind of which one is made.

    A kind is taken also when its channel came meanwhile: the same form sent twice says it twice.
    """

    def valid_value(self, value: str) -> bool:
        """Tell whether this can be chosen."""
        return value in TYPED_KINDS or super().valid_value(value)


class TypeInForm(forms.Form):
    """One thing that somebody said, and by which way it came."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    channel = ChannelField(
        label=_("How did it come to you?"),
        error_messages={
            "required": _("Say how it came to you."),
            "invalid_choice": NOT_FROM_THE_LIST,
        },
    )
    text = CleanTextField(
        label=_("What was said?"),
        max_length=LONGEST,
        help_text=_("In their own words, as far as you can. One wish at a time is easiest later."),
        error_messages={"required": _("There is nothing in it yet. Write what was said.")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    theme = ThemeField()
    role = forms.ChoiceField(
        label=_("Who said it?"),
        required=False,
        choices=[("", pgettext_lazy("role", "not said")), *PersonRole.choices],
        error_messages={"invalid_choice": NOT_FROM_THE_LIST},
    )
    neighbourhood = CleanCharField(label=_("Neighbourhood"), required=False, max_length=80)
    received_on = forms.DateField(
        label=_("When was it said?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    name = CleanCharField(label=_("Name"), required=False, max_length=120)
    email = AddressField(required=False)
    organisation = CleanCharField(label=_("Organisation or club"), required=False, max_length=120)
    wants_answer = forms.BooleanField(
        label=_("Would like to hear what becomes of it"), required=False
    )
    agreed = forms.BooleanField(label=_("They agreed"), required=False)

    def __init__(self, *args: Any, consultation: Consultation, today: date, **kwargs: Any) -> None:
        """Offer the channels that are there, and a new one of each kind that is not."""
        kept = kwargs.pop("initial", None) or {}
        begin = {"submission": uuid.uuid4(), "received_on": today, **kept}
        super().__init__(*args, **{"initial": begin} | kwargs)
        self.today = today
        self.started_on = consultation.started_on
        self._channels = {
            f"c{row.pk}": row
            for row in consultation.channels.filter(kind__in=TYPED_KINDS).order_by("pk")
        }
        there = {row.kind for row in self._channels.values()}
        self.fields["channel"].choices = [  # type: ignore[attr-defined]
            ("", _("choose")),
            *((key, str(row)) for key, row in self._channels.items()),
            *((kind.value, str(kind.label)) for kind in TYPED_KINDS if kind not in there),
        ]
        self.fields["theme"].offer(consultation)  # type: ignore[attr-defined]

    def clean_received_on(self) -> date:
        """Refuse a day that is still to come."""
        day: date = self.cleaned_data["received_on"]
        if day > self.today:
            raise ValidationError(_now("This day is still to come. When was it said?"))
        if day.year < self.started_on.year - 4:
            raise ValidationError(_now("That is longer ago than this election. Look at the year."))
        return day

    def clean(self) -> dict[str, Any]:
        """Keep nobody's name without their word, and promise no answer without an address."""
        data: dict[str, Any] = super().clean() or {}
        named = any(data.get(field) for field in ("name", "email", "organisation"))
        if named and not data.get("agreed"):
            self.add_error(
                "agreed",
                _now(
                    "Did they agree that you write this down? If not, leave name and address out."
                ),
            )
        if data.get("wants_answer") and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _now("To answer them you need their address."))
        return data

    @property
    def channel_row(self) -> Channel | None:
        """Return the channel that was chosen; None: one of that kind is still to be made."""
        return self._channels.get(self.cleaned_data["channel"])
