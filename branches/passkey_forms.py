"""What a browser sends about a passkey: hostile until shown otherwise.

allauth reads it with Django's ``JSONField`` and hands it on; a number of 5,000 digits, a hundred
thousand brackets or an answer of another shape would be a server error instead of a refusal.
"""

from __future__ import annotations

from typing import Any, cast

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError

LARGEST = 20_000
"""Characters; a real answer has one or two thousand."""

# What the reader of such an answer raises where a part is missing or of another kind.
_OUT_OF_SHAPE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class CredentialField(forms.JSONField):
    """One JSON object; whatever else it is, is refused, and never shown back."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """Read it, or refuse it in one sentence."""
        if len(str(value or "")) > LARGEST:
            raise _refused()
        try:
            found = super().to_python(value)
        except (ValueError, RecursionError) as error:
            raise _refused() from error
        if found is not None and not isinstance(found, dict):
            raise _refused()
        return found

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Show nothing back: an answer serves once."""
        del data, initial
        return None


class _Shaped:
    """Refuses an answer that its reader stumbles over."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField()

    def clean_credential(self) -> Authenticator:
        """Find the key that the answer was made with."""
        try:
            return cast("Authenticator", super().clean_credential())  # type: ignore[misc]
        except _OUT_OF_SHAPE as error:
            raise _refused() from error


class KeyAtSignIn(_Shaped, LoginWebAuthnForm):  # type: ignore[misc]
    """A key instead of a code."""


class KeyAsSecondStep(_Shaped, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A key after the code."""


class KeyOnceMore(_Shaped, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A key once more, before something that matters."""


class NewKey(AddWebAuthnForm):  # type: ignore[misc]
    """A new key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField()

    def clean(self) -> dict[str, Any]:
        """Take the key in, or refuse it in one sentence."""
        try:
            return cast("dict[str, Any]", super().clean())
        except _OUT_OF_SHAPE as error:
            raise _refused() from error


def _refused() -> ValidationError:
    return cast("ValidationError", get_adapter().validation_error("incorrect_code"))
