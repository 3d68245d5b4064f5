"""Forms about whom a branch asks for input, and what they brought in."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from branches.models import User
from consultation.enums import StakeholderAnswer, StakeholderKind
from consultation.forms.item import NOT_FROM_THE_LIST, RevisionForm, ThemeField
from consultation.models import Consultation, Stakeholder
from consultation.models.contribution import LONGEST
from consultation.services.stakeholders import Details
from core.text import AddressField, CleanCharField, CleanTextField
from process.forms.meetings import day_field

_ALL = ("", _("all"))


class StakeholderFilter(forms.Form):
    """Which of the list; sent by GET, so that a filter is an address that can be kept."""

    soort = forms.ChoiceField(
        label=_("What are they?"),
        required=False,
        choices=[_ALL, *StakeholderKind.choices],
        error_messages={"invalid_choice": NOT_FROM_THE_LIST},
    )
    antwoord = forms.ChoiceField(
        label=_("How far are we?"),
        required=False,
        choices=[_ALL, *StakeholderAnswer.choices],
        error_messages={"invalid_choice": NOT_FROM_THE_LIST},
    )

    @property
    def wanted(self) -> dict[str, str]:
        """Return the filter for the table; what is not in the lists filters nothing."""
        self.is_valid()
        data = self.cleaned_data
        asked = {"kind": data.get("soort"), "answer": data.get("antwoord")}
        return {name: value for name, value in asked.items() if value}


class StakeholderForm(forms.Form):
    """Whom we ask."""

    name = CleanCharField(label=_("Name of the organisation or person"), max_length=120)
    kind = forms.ChoiceField(
        label=_("What are they?"),
        choices=StakeholderKind.choices,
        widget=forms.RadioSelect,
        initial=StakeholderKind.ORGANISATION,
        error_messages={"invalid_choice": NOT_FROM_THE_LIST},
    )
    reason = CleanCharField(
        label=_("Why do you ask them?"),
        required=False,
        max_length=500,
        help_text=_("What they know that you do not: that is also what to ask about."),
    )
    theme = ThemeField()
    asked_by = forms.ModelChoiceField(
        label=_("Who asks?"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("nobody yet"),
        error_messages={"invalid_choice": NOT_FROM_THE_LIST},
    )
    answer = forms.ChoiceField(
        label=_("How far are we?"),
        choices=StakeholderAnswer.choices,
        widget=forms.RadioSelect,
        initial=StakeholderAnswer.TO_ASK,
        error_messages={"invalid_choice": NOT_FROM_THE_LIST},
    )
    contact_name = CleanCharField(label=_("Whom to ask for"), required=False, max_length=120)
    contact_email = AddressField(required=False)
    contact_phone = CleanCharField(label=_("Phone number"), required=False, max_length=40)
    note = CleanTextField(
        label=_("Note for each other"),
        required=False,
        max_length=5_000,
        help_text=_("Write about people as if they read along."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, consultation: Consultation, people: QuerySet[User], **kwargs: Any
    ) -> None:
        """Offer the themes of this consultation and the people of this branch."""
        super().__init__(*args, **kwargs)
        theme = (kwargs.get("initial") or {}).get("theme")
        self.fields["theme"].offer(consultation, chosen=theme)  # type: ignore[attr-defined]
        self.fields["theme"].label = _now("What do they know most about?")
        self.fields["theme"].empty_label = _now("nothing in particular")  # type: ignore[attr-defined]
        self.fields["asked_by"].queryset = people  # type: ignore[attr-defined]

    def details(self) -> Details:
        """Return what was filled in, for the service."""
        data = self.cleaned_data
        return Details(
            kind=StakeholderKind(data["kind"]),
            name=data["name"],
            answer=StakeholderAnswer(data["answer"]),
            reason=data["reason"],
            theme=data["theme"],
            contact_name=data["contact_name"],
            contact_email=data["contact_email"],
            contact_phone=data["contact_phone"],
            asked_by=data["asked_by"],
            note=data["note"],
        )


class StakeholderEditForm(RevisionForm, StakeholderForm):
    """The same, of one on the list."""

    @classmethod
    def initial_of(cls, row: Stakeholder) -> dict[str, Any]:
        """Return a stored row as the form shows it."""
        stored = {name: getattr(row, name) for name in cls.base_fields}
        return stored | {"theme": row.theme_id, "asked_by": row.asked_by_id}


class BroughtForm(forms.Form):
    """What an organisation said."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    text = CleanTextField(
        label=_("What do they want?"),
        max_length=LONGEST,
        help_text=_("One wish at a time is easiest later. You can come back for the next one."),
        error_messages={"required": _("There is nothing in it yet. Write what was said.")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    theme = ThemeField()
    received_on = day_field(label=_("When was it said?"))
    wants_answer = forms.BooleanField(
        label=_("They want to hear by mail what becomes of it, and agreed that you write it down"),
        required=False,
    )

    def __init__(self, *args: Any, stakeholder: Stakeholder, today: date, **kwargs: Any) -> None:
        """Offer the themes; ask about an answer only when there is an address."""
        kwargs["initial"] = {
            "submission": uuid.uuid4(),
            "theme": stakeholder.theme_id,
            "received_on": today,
        }
        super().__init__(*args, **kwargs)
        self._today = today
        self._started_on = stakeholder.consultation.started_on
        field = self.fields["theme"]
        field.offer(stakeholder.consultation, chosen=stakeholder.theme_id)  # type: ignore[attr-defined]
        if not stakeholder.contact_email:
            del self.fields["wants_answer"]

    def clean_received_on(self) -> date:
        """Refuse a day that is still to come, and one of another election."""
        day: date = self.cleaned_data["received_on"]
        if day > self._today:
            raise ValidationError(_now("This day is still to come. When was it said?"))
        if day.year < self._started_on.year - 4:
            raise ValidationError(_now("That is longer ago than this election. Look at the year."))
        return day
