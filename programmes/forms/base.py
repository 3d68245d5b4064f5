"""What a branch does with a measure of the base programme."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.enums import BaseChoice
from programmes.forms.importing import RevisionForm


class ChoiceForm(RevisionForm):
    """One choice, as a button sends it."""

    choice = forms.TypedChoiceField(
        choices=BaseChoice.choices,
        coerce=BaseChoice,
        error_messages={"invalid_choice": _("This choice is not known here.")},
    )
