"""Sentences of the history of the top ten: people."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "ten.owner_set": _("Number %(rank)s: %(after)s is in the lead now. Before: %(before)s."),
    "ten.owner_empty": _("Number %(rank)s: nobody is in the lead now. Before: %(before)s."),
    "ten.deputy_set": _("Number %(rank)s: %(after)s is second in the lead. Before: %(before)s."),
    "ten.deputy_empty": _("Number %(rank)s: nobody is second in the lead. Before: %(before)s."),
    "ten.traces_erased": _("Traces of a person were taken out of the top ten: %(count)s."),
}
