"""Sentences of the history of the top ten: desk."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "ten.standing.unknown": _("Where the branch stands is open again."),
    "ten.standing.coalition": _("The branch is in the coalition."),
    "ten.standing.opposition": _("The branch is in the opposition."),
    "ten.standing.not_elected": _("The branch is not in the council."),
    "ten.sheet_applied": _("A spreadsheet brought %(count)s updates of the ten."),
}
