"""Sentences of the history of the top ten: following, and what residents saw."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "ten.proposal_accepted": _("Took over what a resident saw: %(pledge)s"),
    "ten.proposal_refused": _("Did not take over what a resident saw: %(pledge)s"),
}
