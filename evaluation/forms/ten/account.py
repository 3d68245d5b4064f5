"""The form of the final account: what came of one of the ten."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import CleanTextField
from evaluation.forms.judging import LARGEST_NUMBER, VerdictForm
from evaluation.services.ten.account import LONGEST_TEXT


class PledgeVerdictForm(VerdictForm):
    """Verdict, reason, and what came of it in words. Whether it was on time, the updates say."""

    # Django's way to leave a field out.
    timing = None  # type: ignore[assignment]
    text = CleanTextField(
        label=_("What came of it"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=_(
            "In a few sentences, as you would tell somebody in your street. Everybody can read it "
            "once you give the final account."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LARGEST_NUMBER)
