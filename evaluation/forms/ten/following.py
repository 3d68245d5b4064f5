"""What somebody without an account fills in: an address to follow, or what was seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import AddressField, CleanTextField
from evaluation.forms.ten.pledge import LinkField

LONGEST_TEXT: Final = 2000


class OpenForm(forms.Form):
    """A form for everybody: signed instead of a cookie, with a field for robots."""

    # It takes anything, so that no robot learns from an error.
    homepage = forms.Field(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    token = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None, *, token: str) -> None:
        """Make the form.

        Args:
            data: what was sent; None for an empty form.
            token: see ``core.form_tokens``; stands in place of the one that was sent.
        """
        super().__init__(data if data is None else {**_flat(data), "token": token})
        self.fields["token"].initial = token

    @property
    def trap(self) -> str:
        """Return what stands in the field that people do not see, of a valid form."""
        return str(self.cleaned_data["homepage"] or "")


class FollowForm(OpenForm):
    """To follow by mail: an address and nothing else."""

    email = AddressField(
        label=_("Your e-mail address"),
        error_messages={"required": _("Fill in your e-mail address.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # It is the visitor's own: let the browser fill it in.
        self.fields["email"].widget.attrs["autocomplete"] = "email"


class ProposalForm(OpenForm):
    """What a resident saw; of the resident nothing is asked."""

    text = CleanTextField(
        label=_("What did you see?"),
        max_length=LONGEST_TEXT,
        help_text=_("What, where and when. One or two sentences are enough."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("There is nothing in it yet. Write what you saw.")},
    )
    url = LinkField(
        label=_("A link that shows it"),
        help_text=_("A newspaper, a page of the municipality, a photo on the web."),
    )


def _flat(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was sent, the last of each name, as a form reads it."""
    return {name: data[name] for name in data}
