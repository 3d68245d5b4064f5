"""A name for what the national page shows now."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.text import CleanCharField
from monitor.forms.national import address_of
from monitor.models import SavedView

LONGEST_NAME = 60
LONGEST_QUERY = 600


class ViewForm(forms.Form):
    """Keep this filter under a name."""

    name = CleanCharField(
        label=_("Name of this view"),
        max_length=LONGEST_NAME,
        help_text=_("For example: Gelderland, draft late"),
    )
    is_shared = forms.BooleanField(
        label=SavedView._meta.get_field("is_shared").verbose_name,  # noqa: SLF001 - documented
        required=False,
    )
    query = CleanCharField(required=False, max_length=4000, widget=forms.HiddenInput)

    def clean_query(self) -> str:
        """Return the filters alone, written as ``address_of`` writes them."""
        query = address_of(QueryDict(self.cleaned_data["query"]))
        if len(query) > LONGEST_QUERY:
            raise forms.ValidationError(
                _("These filters are too long to keep. Search for a shorter name.")
            )
        return query

    def said(self) -> dict[str, Any]:
        """Return what the service takes."""
        return {name: self.cleaned_data[name] for name in ("name", "is_shared", "query")}
