"""What somebody without an account fills in: say it in a minute, the rest may stay empty."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import lazystr
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from consultation.enums import PersonRole
from consultation.models import Consultation, Theme
from consultation.services.receiving import Incoming, Person
from core.text import AddressField, CleanCharField, CleanTextField

SHORT = 120
NEIGHBOURHOOD = 80
_MEMBER = (("", _("I would rather not say")), ("yes", _("yes")), ("no", _("no")))
FOR_ONESELF = (PersonRole.RESIDENT, PersonRole.MEMBER)
_IS_MEMBER = {"yes": True, "no": False}


class PublicForm(forms.Form):
    """One thing that somebody brings in, with as much of him- or herself as they like."""

    text = CleanTextField(
        label=_("What do you want to say?"),
        help_text=_("A problem, a wish or a plan. One sentence is enough."),
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={
            "required": _("There is nothing in it yet. Write what you want to say."),
        },
    )
    theme = forms.ModelChoiceField(
        Theme.objects.none(),
        label=_("What is it about?"),
        required=False,
        empty_label=_("I don’t know"),
        error_messages={
            "invalid_choice": _("That theme is not there any more. Choose another one."),
        },
    )
    role = forms.ChoiceField(label=_("You speak as"), required=False)
    organisation = CleanCharField(
        label=_("Which organisation, club or company?"),
        required=False,
        max_length=SHORT,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    is_member = forms.ChoiceField(
        label=_("Are you a member of the party?"),
        required=False,
        choices=_MEMBER,
    )
    neighbourhood = CleanCharField(
        label=_("Your neighbourhood or village"),
        required=False,
        max_length=NEIGHBOURHOOD,
    )
    name = CleanCharField(
        label=_("Your name"),
        required=False,
        max_length=SHORT,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = AddressField(label=_("Your e-mail address"), required=False)
    wants_answer = forms.BooleanField(label=_("Mail me what becomes of it"), required=False)
    wants_confirmation = forms.BooleanField(
        label=_("Send me a mail that it came in"), required=False
    )
    consent = forms.BooleanField(
        error_messages={
            "required": _("Tick this if you agree: without it we may not keep what you write."),
        },
    )
    # For robots. It takes anything, so that no robot learns from an error.
    homepage = forms.Field(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    token = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        consultation: Consultation,
        consent: str,
        token: str,
    ) -> None:
        """Make the form of one branch.

        Args:
            data: what was sent; None for an empty form.
            consultation: whose themes can be chosen.
            consent: the sentence beside the tick, as it will be stored.
            token: see ``consultation.form_tokens``; stands in place of the one that was sent.
        """
        if data is not None:
            data = {**_flat(data), "token": token}
        super().__init__(data, initial={"token": token})
        self.consent_sentence = consent
        self.fields["consent"].label = consent
        themes = self.fields["theme"]
        assert isinstance(themes, forms.ModelChoiceField)  # noqa: S101 - told to the type checker
        themes.queryset = consultation.themes.current()
        roles = self.fields["role"]
        assert isinstance(roles, forms.ChoiceField)  # noqa: S101 - told to the type checker
        roles.choices = [
            ("", lazystr(_("I would rather not say"))),
            *((value, capfirst(label)) for value, label in PersonRole.choices),
        ]
        self.fields["email"].widget.attrs |= {"autocomplete": "email", "inputmode": "email"}

    def clean(self) -> dict[str, Any]:
        """Ask for the address of who wants to be mailed."""
        data = super().clean() or {}
        wants = data.get("wants_answer") or data.get("wants_confirmation")
        if wants and not data.get("email") and "email" not in self.errors:
            self.add_error(
                "email", _("Fill in your address, or take the tick for a mail away below it.")
            )
        return data

    def incoming(self, *, language: str, submission: uuid.UUID) -> Incoming:
        """Return what was sent, of a valid form.

        Args:
            language: in which it was read: mails follow it.
            submission: of this text on this form.
        """
        data = self.cleaned_data
        role = data["role"]
        # The page asks it only of who speaks for others; who thought better of that does not.
        organisation = "" if role in FOR_ONESELF else data["organisation"]
        said = _IS_MEMBER.get(data["is_member"])
        return Incoming(
            text=data["text"],
            submission=submission,
            theme=data["theme"],
            role=role,
            is_member=True if role == PersonRole.MEMBER and said is None else said,
            neighbourhood=data["neighbourhood"],
            person=Person(
                name=data["name"],
                email=data["email"],
                organisation=organisation,
                language=language,
                wants_answer=data["wants_answer"],
                consent=self.consent_sentence,
            ),
        )


def _flat(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the last value of each field, as a form takes it."""
    return {name: data.get(name) for name in data}
