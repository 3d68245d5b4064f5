"""What the board fills in about the public page of the top ten."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import CleanTextField
from evaluation.forms.result import RevisionForm

PUBLIC_TEXT_LENGTH = 5000


class IntroductionForm(RevisionForm):
    """What stands above the ten."""

    public_text = CleanTextField(
        label=_("Introduction"),
        required=False,
        max_length=PUBLIC_TEXT_LENGTH,
        help_text=_(
            "Two or three sentences: what these ten are, and how people reach you. May be empty."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
