"""The filters above the top tens. What makes no sense is left out, never an error."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import CleanCharField
from evaluation.forms.ten.others import OthersForm
from monitor.enums import TenState
from monitor.queries.top_tens import Wanted
from process.models import Election

LONGEST_NAME = 80


class OfElection(forms.Form):
    """Which election."""

    verkiezing = forms.ChoiceField(label=_("Election"), required=False)

    def __init__(self, *args: Any, elections: Sequence[Election], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verkiezing"].choices = [  # type: ignore[attr-defined]
            (row.slug, row.name) for row in reversed(elections)
        ]

    def election(self, elections: Sequence[Election], *, otherwise: Election) -> Election:
        """Return the election that was asked for."""
        self.is_valid()
        asked = self.cleaned_data.get("verkiezing", "")
        return next((row for row in elections if row.slug == asked), otherwise)


class TopTensForm(OfElection):
    """Which branches."""

    stand = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all states")), *TenState.choices]
    )
    vast = forms.BooleanField(label=_("only where something is stuck"), required=False)
    naam = CleanCharField(label=_("Name of the branch"), required=False, max_length=LONGEST_NAME)
    field_order = ("naam", "stand", "vast", "verkiezing")

    def wanted(self) -> Wanted:
        """Return what was asked for, as far as it made sense."""
        self.is_valid()
        data = self.cleaned_data
        return Wanted(
            state=data.get("stand", ""), name=data.get("naam", ""), stuck=bool(data.get("vast"))
        )


class PledgesForm(OfElection, OthersForm):
    """Which pledges, over all branches."""

    field_order = ("zoek", "thema", "stand", "verkiezing")
