"""Sentences of the history: what was done with many contributions at once."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "contributions.theme": _("Gave %(count)s contributions another theme at once."),
    "contributions.assign": _("Changed who takes care of %(count)s contributions at once."),
    "contributions.consider": _("Took %(count)s contributions into consideration at once."),
    "contributions.told_apart": _(
        "Said that %(count)s contributions are not the same as #%(number)s."
    ),
    "contributions.let_through": _("Let %(count)s contributions through that were set aside."),
    "contributions.thrown_away": _("Threw %(count)s contributions away that were set aside."),
    "contributions.names_taken_out": _(
        "Took out a list of %(count)s contributions with names and addresses."
    ),
}
