"""What people fill in, in this room."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import EditWebAuthnForm
from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from branches.enums import Role
from branches.models import Branch, User
from branches.passkey_forms import NewKey
from core.text import AddressField, CleanCharField

NAME_LENGTH = 120
FUNCTION_LENGTH = 60


def passkey_name(*, required: bool) -> CleanCharField:
    """Return the field for the name of a passkey."""
    return CleanCharField(
        label=_("Name of the passkey"),
        max_length=60,
        required=required,
        help_text=_("So that you know which one it is: my phone, the laptop at home."),
    )


class SignInForm(RequestLoginCodeForm):  # type: ignore[misc]
    """Where the code is to be sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["email"] = AddressField(
            label=_("Your e-mail address"),
            error_messages={"required": _("Fill in your e-mail address.")},
        )
        field.widget.attrs["autocomplete"] = "username webauthn"


class CodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code from the mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(
            label=_("The code from the mail"),
            max_length=40,
            widget=forms.TextInput(
                attrs={
                    "autocomplete": "one-time-code",
                    "inputmode": "numeric",
                    "autofocus": True,
                    "size": 12,
                }
            ),
            error_messages={"required": _("Fill in the code from the mail.")},
        )


class AppCode:
    """The field for six digits (or a recovery code), with the number keys on a phone."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(
            label=_("The code from your app"),
            max_length=40,
            widget=forms.TextInput(
                attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "size": 12}
            ),
        )


class SecondStepForm(AppCode, AuthenticateForm):  # type: ignore[misc]
    """The second step at sign-in."""


class SecondStepAgainForm(AppCode, ReauthenticateForm):  # type: ignore[misc]
    """The second step once more."""


class SetUpAppForm(AppCode, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new app."""


class PasskeyForm(NewKey):
    """A new passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"passwordless": True} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["name"] = passkey_name(required=False)
        self.fields["passwordless"].label = _("With this passkey alone I am signed in")
        self.fields["passwordless"].help_text = _(
            "Without a tick it only serves as the second step, after the code by mail."
        )


class RenamePasskeyForm(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = passkey_name(required=True)


class InviteForm(forms.Form):
    """Who is asked, for what."""

    name = CleanCharField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = AddressField(help_text=_("The invitation goes here. It is valid for 14 days."))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, widget=forms.RadioSelect)
    function = CleanCharField(
        label=_("Function"),
        max_length=FUNCTION_LENGTH,
        required=False,
        help_text=_("For example: chair, treasurer."),
    )


class AcceptForm(forms.Form):
    """How somebody wants to be called."""

    name = CleanCharField(
        label=_("Your name"),
        max_length=NAME_LENGTH,
        help_text=_("This is how your branch sees you."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class FunctionForm(forms.Form):
    """What somebody does within a role."""

    function = CleanCharField(
        label=_("Function"),
        max_length=FUNCTION_LENGTH,
        required=False,
        help_text=_("For example: chair, treasurer."),
    )


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """People by name."""

    def label_from_instance(self, obj: User) -> str:
        """Return the name; never the address, which is for the board alone."""
        return obj.name or gettext("Somebody without a name")


class HandOverForm(forms.Form):
    """Who takes over what somebody owned."""

    to = PersonChoice(
        label=_("Who takes this over?"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody yet: the board decides"),
        error_messages={
            "invalid_choice": _(
                "The person you chose is not active in this branch any more. Choose somebody else."
            ),
        },
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a board decides about its branch; it is saved by the service, never by the form."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    demonym = CleanCharField(
        label=_("What are people from here called?"),
        max_length=80,
        required=False,
        help_text=_("Hagenezen, Harlingers, Arnhemmers: the programme speaks of them."),
    )

    class Meta:
        model = Branch
        fields = ["demonym", "notice_days"]
        help_texts = {
            "notice_days": _(
                "As your statutes say. The invitation leaves at least this long before the meeting."
            ),
        }


class ProfileForm(forms.Form):
    """How somebody wants to be called, and in which language they read."""

    name = CleanCharField(
        label=_("Your name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )


class HistoryFilter(forms.Form):
    """Of whom the history is shown."""

    by = PersonChoice(
        label=_("Done by"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Everybody"),
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by"].queryset = people  # type: ignore[attr-defined]
