"""Sentences of the history: themes, channels, organisations."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "consultation.started": _("Began to collect input."),
    "consultation.closes": _("Said that input closes on %(day)s."),
    "consultation.stays_open": _("Took away the day on which input closes."),
    "consultation.handed_over": _(
        "Gave %(to)s what %(name)s still had to look at: %(count)s contributions."
    ),
    "consultation.handed_back": _(
        "%(count)s contributions that %(name)s had to look at are nobody’s now."
    ),
    "theme.added": _("Added the theme “%(theme)s”."),
    "theme.changed": _("Changed the theme “%(theme)s”."),
    "theme.closed": _("Closed the theme “%(theme)s”."),
    "theme.reopened": _("Opened the theme “%(theme)s” again."),
    "theme.moved": _("Gave the theme “%(theme)s” another place."),
    "channel.added": _("Added a way to take part: %(channel)s."),
    "channel.changed": _("Changed a way to take part: %(channel)s."),
    "channel.opened": _("Opened a way to take part: %(channel)s."),
    "channel.closed": _("Closed a way to take part: %(channel)s."),
    "stakeholder.added": _("Put an organisation on the list of whom to ask."),
    "stakeholder.changed": _("Changed what is known of an organisation to ask."),
    "stakeholder.removed": _("Took an organisation off the list of whom to ask."),
    "stakeholder.handed_over": _("Gave %(to)s the organisations that %(name)s asks: %(count)s."),
    "stakeholder.handed_back": _("%(count)s organisations that %(name)s asked are nobody’s now."),
}
