"""Sentences of the history of the top ten: choosing."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "ten.started": _("The choice of the ten began, from “%(programme)s”."),
    "ten.candidate_added": _("“%(title)s” is a candidate for the top ten."),
    "ten.candidate_removed": _("“%(title)s” is no candidate for the top ten any more."),
    "ten.candidate_described": _("The candidate “%(title)s” was worked out."),
    "ten.ranked_at": _("“%(title)s” stands at number %(rank)s of the top ten."),
    "ten.ranked_out": _("“%(title)s” was taken out of the top ten."),
    "ten.text_refreshed": _("“%(title)s” says again what the programme says."),
    "ten.text_kept": _(
        "The programme says “%(title)s” in other words by now; the text of the top ten stays."
    ),
    "ten.preference_opened": _("Members may show their preference, until %(day)s."),
    "ten.preference_closed": _("The link for preferences was closed."),
    "ten.preference_moved": _("The link for preferences got another address."),
    "ten.agreed": _("The ten were agreed, with the decision of %(day)s."),
    "ten.reopened": _("The ten were opened again: the decision was replaced on %(day)s."),
}
