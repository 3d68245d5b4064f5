"""Sentences of the history: themes, channels, organisations."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "consultation.started": _("began to collect input"),
    "consultation.closes": _("said that input closes on %(day)s"),
    "consultation.stays_open": _("took away the day on which input closes"),
    "consultation.handed_over": _(
        "gave %(to)s what %(name)s still had to look at: %(count)s contributions"
    ),
    "consultation.handed_back": _(
        "%(count)s contributions that %(name)s had to look at are nobody’s now"
    ),
    "theme.added": _("added the theme “%(theme)s”"),
    "theme.changed": _("changed the theme “%(theme)s”"),
    "theme.closed": _("closed the theme “%(theme)s”"),
    "theme.reopened": _("opened the theme “%(theme)s” again"),
    "theme.moved": _("gave the theme “%(theme)s” another place"),
    "channel.added": _("added a way to take part: %(channel)s"),
    "channel.changed": _("changed a way to take part: %(channel)s"),
    "channel.opened": _("opened a way to take part: %(channel)s"),
    "channel.closed": _("closed a way to take part: %(channel)s"),
    "stakeholder.added": _("put an organisation on the list of whom to ask"),
    "stakeholder.changed": _("changed what is known of an organisation to ask"),
    "stakeholder.removed": _("took an organisation off the list of whom to ask"),
    "stakeholder.handed_over": _("gave %(to)s the organisations that %(name)s asks: %(count)s"),
    "stakeholder.handed_back": _("%(count)s organisations that %(name)s asked are nobody’s now"),
}
