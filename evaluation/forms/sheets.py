"""A spreadsheet that comes back, and the choices about what it changes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.uploads import DocumentField
from evaluation.sheets.file import KINDS


class SheetForm(forms.Form):
    """The file."""

    document = DocumentField(
        label=_("Your spreadsheet"),
        kinds=KINDS,
        error_messages={"required": _("Choose the spreadsheet first.")},
    )


class SheetActionForm(forms.Form):
    """What to do with a sheet, and the revision that the page was opened with."""

    action = forms.ChoiceField(choices=[(name, name) for name in ("apply", "undo", "discard")])
    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1)
