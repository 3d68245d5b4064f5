"""Sentences of the history about what branches do together."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "together.announced": _("Told the branches: “%(title)s”."),
    "together.announcement_changed": _("Changed the announcement “%(title)s”."),
    "together.announcement_withdrawn": _("Withdrew the announcement “%(title)s”."),
    "together.activity_made": _("Put the activity “%(title)s” on the calendar, on %(day)s."),
    "together.activity_changed": _("Changed the activity “%(title)s” on %(day)s."),
    "together.activity_moved": _("Changed time or place of the activity “%(title)s”: %(day)s."),
    "together.activity_cancelled": _("Called off the activity “%(title)s” on %(day)s."),
    "together.attends": _("Comes to the activity “%(title)s”."),
    "together.attends_not": _("Does not come to the activity “%(title)s” after all."),
    "together.expert_added": _("Added somebody to “who knows what”."),
    "together.expert_changed": _("Changed somebody in “who knows what”."),
    "together.expert_removed": _("Took somebody out of “who knows what”."),
}
