"""What the branch fills in about its public form and its public result."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import CleanTextField

INTRODUCTION = 2000
OUTCOME_TEXT = 5000


class RevisionForm(forms.Form):
    """Carries the revision that its reader saw."""

    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class IntroductionForm(RevisionForm):
    """What stands above the public form."""

    introduction = CleanTextField(
        label=_("What do you want to say to the people who fill it in?"),
        help_text=_("Two sentences work best: what you want to know, and what you do with it."),
        required=False,
        max_length=INTRODUCTION,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class OutcomeForm(RevisionForm):
    """What stands above the public result."""

    outcome_text = CleanTextField(
        label=_("What do you want to say above it?"),
        help_text=_("Thank people, and tell in two sentences what you learnt."),
        required=False,
        max_length=OUTCOME_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
