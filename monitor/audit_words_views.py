"""The sentences about saved views."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "office.view_saved": _("Saved the view “%(name)s”."),
    "office.view_shared": _("Saved the view “%(name)s” for all colleagues."),
    "office.view_removed": _("Removed the view “%(name)s”."),
}
