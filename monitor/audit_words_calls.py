"""The sentences of calls, encouragements and contact persons."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "helping.called": _("Wrote down a call with %(name)s."),
    "helping.followed_up": _("Came back to a call with %(name)s."),
    "helping.nudged": _("Encouraged the board by mail."),
    "helping.contact_assigned": _("%(name)s looks after this branch at the national office."),
    "helping.contact_removed": _(
        "Nobody in particular looks after this branch at the national office any more."
    ),
}
