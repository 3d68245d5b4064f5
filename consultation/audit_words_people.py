"""Sentences of the history: what is known of people."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "input.traces_erased": _(
        "Words and contacts of somebody were taken out, in %(count)s places of the input."
    ),
    "input.handed_over": _("What is known of somebody was downloaded, from %(count)s places."),
    "input.names_let_go": _(
        "The names and addresses of %(count)s people were removed, as they were promised."
    ),
    "input.time_over": _(
        "The time of the input is over: contacts, codes and the mailbox were removed."
    ),
}
