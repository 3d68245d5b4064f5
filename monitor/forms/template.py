"""Editing a milestone of the national template, and publishing a version."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from branches.enums import Role
from core.text import CleanCharField, CleanTextField
from process.models import TemplateMilestone, TemplatePart

TITLE_LENGTH = 120
TEXT_LENGTH = 2000
LABEL_LENGTH = 160
NOTE_LENGTH = 300
# Three and a half years on either side: the way to one election and what follows from it.
FAR = 200

TEXTS = ("title_nl", "title_en", "why_nl", "why_en", "how_nl", "how_en")
WEEKS = ("start_week", "target_week", "end_week")
ROLES = ("owner_role", "second_role")


def _weeks(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=-FAR, max_value=FAR)


def _long(label: Any, *, required: bool = True) -> CleanTextField:
    return CleanTextField(
        label=label,
        required=required,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class MilestoneForm(forms.Form):
    """Texts, window, owners and parts of one milestone."""

    title_nl = CleanCharField(label=_("Title (Dutch)"), max_length=TITLE_LENGTH)
    title_en = CleanCharField(label=_("Title (English)"), max_length=TITLE_LENGTH)
    start_week = _weeks(_("The window opens, in weeks from polling day"))
    target_week = _weeks(_("The target, in weeks from polling day"))
    end_week = _weeks(_("The window closes, in weeks from polling day"))
    owner_role = forms.ChoiceField(label=_("Who sees to it"), choices=Role.choices)
    second_role = forms.ChoiceField(
        label=_("Together with"), required=False, choices=[("", _("nobody")), *Role.choices]
    )
    why_nl = _long(_("Why it matters (Dutch)"))
    why_en = _long(_("Why it matters (English)"))
    how_nl = _long(_("How others do it (Dutch)"), required=False)
    how_en = _long(_("How others do it (English)"), required=False)
    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    # What the milestone looked like when the form was opened: two people who edit two different
    # milestones of one draft are not in each other's way.
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        milestone: TemplateMilestone,
        parts: list[TemplatePart],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        if milestone.statutory_key:
            for name in WEEKS:
                del self.fields[name]
        else:
            self.fields["start_week"].help_text = _("−20 is twenty weeks before, 4 is four after.")
        for part in parts:
            for name, language in part_fields(part):
                self.fields[name] = CleanCharField(
                    label=_("Part “%(part)s” (%(language)s)")
                    % {"part": part.label, "language": language},
                    max_length=LABEL_LENGTH,
                )

    def clean(self) -> dict[str, Any]:
        """Hold the target inside its window."""
        data: dict[str, Any] = super().clean() or {}
        start, target, end = (data.get(name) for name in WEEKS)
        if start is not None and end is not None and start > end:
            self.add_error(
                "end_week",
                _("The window closes before it opens. The later week has the higher number."),
            )
        elif target is not None and start is not None and target < start:
            self.add_error("target_week", _("The target lies before the window opens."))
        elif target is not None and end is not None and target > end:
            self.add_error("target_week", _("The target lies after the window closes."))
        return data

    def changes(self) -> dict[str, Any]:
        """Return field → value for the service."""
        names = [name for name in (*TEXTS, *WEEKS, *ROLES) if name in self.cleaned_data]
        return {name: self.cleaned_data[name] for name in names}

    def part_labels(self) -> dict[str, tuple[str, str]]:
        """Return part key → (Dutch, English) for the service."""
        return {
            part.key: (
                self.cleaned_data[f"part_{part.key}_nl"],
                self.cleaned_data[f"part_{part.key}_en"],
            )
            for part in self.parts
        }


class PartForm(forms.Form):
    """One more thing that must be there before a milestone can be done."""

    label_nl = CleanCharField(label=_("What must be there? (Dutch)"), max_length=LABEL_LENGTH)
    label_en = CleanCharField(label=_("The same in English"), max_length=LABEL_LENGTH)


class RemoveForm(forms.Form):
    """Taking a part out; ``seen`` is what it was called on the page."""

    seen = forms.CharField(max_length=LABEL_LENGTH, widget=forms.HiddenInput)


class PublishForm(forms.Form):
    """What changed in this version."""

    note = CleanCharField(
        label=_("What changed?"),
        max_length=NOTE_LENGTH,
        help_text=_("One sentence for colleagues who look back later."),
    )
    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


def part_fields(part: TemplatePart) -> list[tuple[str, Any]]:
    """Return the two fields of a part with their language."""
    return [(f"part_{part.key}_nl", _("Dutch")), (f"part_{part.key}_en", _("English"))]


def stored(milestone: TemplateMilestone, parts: list[TemplatePart]) -> dict[str, Any]:
    """Return field → value as it stands in the database."""
    values: dict[str, Any] = {name: getattr(milestone, name) for name in (*TEXTS, *WEEKS, *ROLES)}
    for part in parts:
        values[f"part_{part.key}_nl"] = part.label_nl
        values[f"part_{part.key}_en"] = part.label_en
    return values


def digest(values: dict[str, Any]) -> str:
    """Return a short sign by which a milestone's content can be recognised."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
