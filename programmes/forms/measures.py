"""One measure of a programme."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import CleanCharField, CleanTextField
from programmes.forms.importing import RevisionForm
from programmes.models import Measure

_LONGEST_NOTE = 5000


class MeasureForm(RevisionForm):
    """What a measure says. What stands in square brackets is a place to fill in."""

    text = CleanTextField(
        label=_("Text of the measure"),
        help_text=_("Put what still has to be filled in between square brackets: [number]."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    group = CleanCharField(
        label=_("Heading above it"),
        required=False,
        help_text=_("Measures with the same heading stand together under it."),
    )
    author_note = CleanTextField(
        label=_("Note for the writers"),
        required=False,
        max_length=_LONGEST_NOTE,
        help_text=_("Only for who writes on the programme; it is never printed."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @staticmethod
    def initial_of(measure: Measure) -> dict[str, Any]:
        """Return what the form begins with."""
        return {
            "text": measure.text,
            "group": measure.group,
            "author_note": measure.author_note,
            "derived_change": measure.derived_change,
            "revision": measure.programme.revision,
        }


class DerivedMeasureForm(MeasureForm):
    """A measure that was taken from another programme (R42): what was changed on the way?"""

    derived_change = CleanCharField(
        label=_("What was changed since it was taken over?"), required=False, max_length=1000
    )


class MoveForm(RevisionForm):
    """Up or down."""

    up = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda one: one == "1")
