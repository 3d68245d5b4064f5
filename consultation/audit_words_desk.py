"""Sentences of the history: what was done with many contributions at once."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "contributions.theme": _("gave %(count)s contributions another theme at once"),
    "contributions.assign": _("changed who takes care of %(count)s contributions at once"),
    "contributions.consider": _("took %(count)s contributions into consideration at once"),
    "contributions.told_apart": _(
        "said that %(count)s contributions are not the same as #%(number)s"
    ),
    "contributions.let_through": _("let %(count)s contributions through that were set aside"),
    "contributions.thrown_away": _("threw %(count)s contributions away that were set aside"),
    "contributions.names_taken_out": _(
        "took out a list of %(count)s contributions with names and addresses"
    ),
}
