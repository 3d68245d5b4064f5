"""The sentences of the history about questions to the office."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "helping.asked": _("asked the national office for help (question %(number)s)."),
    "helping.written": _("wrote once more to the national office (question %(number)s)."),
    "helping.reopened": _("opened question %(number)s to the national office again."),
    "helping.answered": _("answered question %(number)s for the national office."),
    "helping.taken": _("looks after question %(number)s at the national office."),
    "helping.handed_over": _("handed question %(number)s to a colleague at the national office."),
    "helping.closed": _("closed question %(number)s to the national office."),
    "helping.erased": _(
        "took a person out of what was asked of, written by and planned with the national office "
        "(%(count)s places)."
    ),
}
