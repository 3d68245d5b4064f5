"""The spreadsheet of the top ten on its way back in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.uploads import DocumentField
from evaluation.sheets.ten_file import KINDS


class TenSheetForm(forms.Form):
    """The file."""

    document = DocumentField(
        label=_("Your spreadsheet"),
        kinds=KINDS,
        error_messages={"required": _("Choose the spreadsheet first.")},
    )


class TellSheetForm(forms.Form):
    """What the preview showed, signed: nobody types it."""

    packed = forms.CharField(widget=forms.HiddenInput, max_length=1_000_000)
