"""The sentences of this room's history."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "notifications.preferences_changed": _("Changed which mail they get, and when."),
    "notifications.stopped": _("Stopped a kind of mail with the link in it."),
    "notifications.resumed": _("Switched a kind of mail on again."),
    "notifications.mail_tried_again": _("Had the mail to %(name)s sent once more."),
    "notifications.letter_tried_again": _("Had a mail to a contributor sent once more."),
    "notifications.bulletin_tried_again": _(
        "Had a mail to a follower of the top ten sent once more."
    ),
    "notifications.rule_changed": _("The reminder “%(rule)s” was changed: %(was)s became %(now)s."),
    "notifications.rule_reset": _("The reminder “%(rule)s” is as it was meant again: %(now)s."),
}
