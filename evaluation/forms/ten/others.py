"""Looking for pledges of other branches, and taking one over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import CleanCharField
from evaluation.enums_ten import PledgeStatus, PledgeTheme
from evaluation.queries.ten.others import Sought
from programmes.models import Programme
from programmes.models.programme import ProgrammeQuerySet

LONGEST_SEARCH = 100
_ANY = ("", _("all"))


class OthersForm(forms.Form):
    """Which pledges; sent by GET: a search is an address. What makes no sense is left out."""

    thema = forms.ChoiceField(
        label=_("Theme"), required=False, choices=[_ANY, *PledgeTheme.choices]
    )
    stand = forms.ChoiceField(
        label=_("How it stands"), required=False, choices=[_ANY, *PledgeStatus.choices]
    )
    zoek = CleanCharField(label=_("Search"), required=False, max_length=LONGEST_SEARCH)

    def sought(self) -> Sought:
        """Return what was asked for, as far as it makes sense."""
        self.is_valid()
        data = self.cleaned_data
        return Sought(
            theme=data.get("thema", ""),
            status=data.get("stand", ""),
            words=data.get("zoek", ""),
        )


class CopyForm(forms.Form):
    """Into which draft a pledge is taken over."""

    concept = forms.ModelChoiceField(
        label=_("Into which draft?"), queryset=Programme.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, drafts: ProgrammeQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concept"].queryset = drafts  # type: ignore[attr-defined]
