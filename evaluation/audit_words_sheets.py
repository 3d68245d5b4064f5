"""The sentences of the history about the evaluation's sheets."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "sheet.applied": _("%(count)s cells of the spreadsheet “%(name)s” were taken over."),
    "sheet.undone": _("The spreadsheet “%(name)s” was taken back: %(count)s cells."),
}
