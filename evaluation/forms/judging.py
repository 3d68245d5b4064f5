"""The forms about one promise: judging, settling, showing, saying, describing."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.text import CleanCharField, CleanTextField
from core.uploads import DocumentField
from evaluation.enums import Reason, Timing, Verdict
from evaluation.models.evaluation import HEAVIEST
from evaluation.rules.marks import LENGTH
from evaluation.services.judging import Shown

LONGEST_TEXT = 5000
LONGEST_LINE = 300
LONGEST_BECAUSE = 1000
LONGEST_LINK = 1000
LONGEST_PORTFOLIO = 80
LARGEST_NUMBER = 2**31 - 1


class VerdictForm(forms.Form):
    """Verdict, reason and moment: three questions."""

    verdict = forms.ChoiceField(
        label=_("What came of it?"),
        choices=Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what came of it."),
            "invalid_choice": _("Choose what came of it, from the list."),
        },
    )
    reason = forms.ChoiceField(
        label=_("Why not, or not all of it?"),
        choices=[("", pgettext_lazy("reason", "not said")), *Reason.choices],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Choose a reason from the list.")},
    )
    timing = forms.ChoiceField(
        label=_("Did it come when it was promised?"),
        choices=Timing.choices,
        widget=forms.RadioSelect,
        required=False,
        initial=Timing.UNKNOWN,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )


class EvidenceForm(forms.Form):
    """What shows it, in whatever shape there is: a link, a file, a note."""

    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)
    shows = CleanCharField(label=_("What shows it?"), max_length=LONGEST_LINE, required=False)
    url = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=LONGEST_LINK,
        assume_scheme="https",
        error_messages={"invalid": _("This is no whole address. It begins with https://.")},
    )
    document = DocumentField(label=_("File"), required=False)
    council = forms.BooleanField(label=_("It is a document of the council"), required=False)
    private = forms.BooleanField(label=_("Not for the public page"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submission"].initial = uuid.uuid4

    @property
    def shown(self) -> Shown:
        """Return what a valid form shows; nothing is falsy."""
        data = self.cleaned_data
        return Shown(
            title=data["shows"],
            url=data["url"],
            document=data["document"],
            council=data["council"],
            public=not data["private"],
            submission=data["submission"],
        )


class ExplanationForm(forms.Form):
    """What the public reads about a promise, and which text it was opened with."""

    explanation = CleanTextField(
        label=_("Explanation for the public"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=_("Stands on the public page, once you switch that on."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    explanation_seen = forms.CharField(max_length=LENGTH, required=False, widget=forms.HiddenInput)


class JudgeForm(VerdictForm, EvidenceForm, ExplanationForm):
    """A card of the desk."""

    note = CleanTextField(
        label=_("Note for each other"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=_("Only the council group and the board read this."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, max_value=LARGEST_NUMBER, required=False
    )
    field_order = (
        "verdict",
        "reason",
        "timing",
        "shows",
        "url",
        "document",
        "council",
        "private",
        "note",
        "explanation",
    )


class SettleForm(VerdictForm):
    """The third step: what it is, and why."""

    because = CleanTextField(
        label=_("Why so?"),
        max_length=LONGEST_BECAUSE,
        help_text=_("In a few words, for those who found otherwise."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LARGEST_NUMBER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verdict = self.fields["verdict"]
        verdict.choices = [  # type: ignore[attr-defined]
            choice for choice in Verdict.choices if choice[0] != Verdict.NOT_ASSESSED
        ]


class CommentForm(forms.Form):
    """What somebody says to the others."""

    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text = CleanTextField(
        label=_("Your comment"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write something first.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submission"].initial = uuid.uuid4


class DescribeForm(forms.Form):
    """Explanation, portfolio, and weight where the evaluation weighs."""

    explanation = CleanTextField(
        label=_("Explanation for the public"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=_("Stands on the public page, once you switch that on."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    portfolio = CleanCharField(label=_("Portfolio"), max_length=LONGEST_PORTFOLIO, required=False)
    weight = forms.TypedChoiceField(
        label=_("How much does it weigh?"),
        coerce=int,
        choices=[
            (1, pgettext_lazy("weight", "1, as usual")),
            (2, pgettext_lazy("weight", "2, more than usual")),
            (HEAVIEST, pgettext_lazy("weight", "3, most of all")),
        ],
        error_messages={"invalid_choice": _("Choose a weight from the list.")},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LARGEST_NUMBER)

    def __init__(self, *args: Any, weighted: bool, **kwargs: Any) -> None:
        """Ask for a weight only where it counts."""
        super().__init__(*args, **kwargs)
        if not weighted:
            del self.fields["weight"]
