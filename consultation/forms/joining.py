"""What participants fill in on their phone."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultation.enums import PersonRole
from consultation.forms.gatherings import IS_MEMBER
from consultation.rules.session_codes import read_code
from consultation.services.post_its import NOTE_LENGTH
from core.text import AddressField, CleanCharField, CleanTextField

_KEY_SALT = "consultation.join"
_LONGEST_KEY = 200


def sign_key(token: str) -> str:
    """Return a sign for a form: only what we gave out can become somebody's."""
    return signing.Signer(salt=_KEY_SALT).sign(token)


class CodeForm(forms.Form):
    """The code from the screen."""

    code = CleanCharField(
        label=_("Code on the screen"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        """Return the code as it is stored."""
        code = read_code(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(
                _("A code has six letters and numbers. Look at the screen once more.")
            )
        return code


class JoinForm(forms.Form):
    """As what somebody takes part."""

    # Given out with the form: sent twice, it is one person.
    key = forms.CharField(max_length=_LONGEST_KEY, widget=forms.HiddenInput)
    role = forms.ChoiceField(
        label=_("I am here as"),
        choices=PersonRole.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose as what you are here.")},
    )
    member = forms.ChoiceField(
        label=_("Are you a member of the party?"),
        choices=[
            ("yes", _("yes")),
            ("no", _("no")),
            ("", pgettext_lazy("member", "I would rather not say")),
        ],
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )

    def clean_key(self) -> str:
        """Return the token that was given out."""
        try:
            return signing.Signer(salt=_KEY_SALT).unsign(self.cleaned_data["key"])
        except signing.BadSignature as bad:
            raise forms.ValidationError(_("This page is too old. Load it again.")) from bad

    @property
    def is_member(self) -> bool | None:
        """Return what a valid form says about membership."""
        return IS_MEMBER[self.cleaned_data["member"]]


class NoteForm(forms.Form):
    """One post-it."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    text = CleanTextField(
        label=_("What should be different?"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("There is nothing in it yet. Write what you want to say.")},
    )


class NoteEditForm(forms.Form):
    """The words of a post-it that hangs already."""

    text = CleanTextField(
        label=_("Your post-it"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("There is nothing in it yet. Write what you want to say.")},
    )


class AddressForm(forms.Form):
    """Where the report may be sent."""

    email = AddressField(label=_("Your e-mail address"))
    name = CleanCharField(label=_("Your name"), max_length=120, required=False)
    consent = forms.BooleanField(
        error_messages={"required": _("Tick this, or we may not keep your address.")}
    )

    def __init__(self, *args: Any, sentence: str, **kwargs: Any) -> None:
        """Ask for consent with this very sentence."""
        super().__init__(*args, **kwargs)
        self.fields["consent"].label = sentence
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["name"].widget.attrs["autocomplete"] = "name"
