"""Sentences of the history: what was done with one contribution."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "contribution.merged": _("Merged %(count)s more into contribution %(number)s."),
    "contribution.taken_apart": _("Took contribution %(number)s apart from %(lead)s."),
    "contribution.cut": _("Cut contribution %(number)s into %(count)s parts."),
    "contribution.uncut": _("Put the parts of contribution %(number)s together again."),
    "contribution.status.new": _("Put contribution %(number)s back to “not looked at yet”."),
    "contribution.status.considered": _("Took contribution %(number)s into consideration."),
    "contribution.status.adopted": _("Noted contribution %(number)s as adopted."),
    "contribution.status.partly": _("Noted contribution %(number)s as partly adopted."),
    "contribution.status.not_adopted": _("Noted contribution %(number)s as not adopted."),
    "contribution.assigned": _("Gave contribution %(number)s to somebody to take care of."),
    "contribution.unassigned": _("Freed contribution %(number)s: nobody has it now."),
    "contribution.linked": _(
        "Linked contribution %(number)s to measure %(measure)s of “%(programme)s”."
    ),
    "contribution.unlinked": _(
        "Took contribution %(number)s off measure %(measure)s of “%(programme)s”."
    ),
    "contribution.answered": _("Answered contribution %(number)s; mails: %(count)s."),
    "contribution.answered_again": _(
        "Changed the answer to contribution %(number)s; new mails: %(count)s."
    ),
    "contribution.noted": _("Changed the note with contribution %(number)s."),
    "contribution.corrected": _("Put right where contribution %(number)s belongs."),
    "contribution.text_corrected": _("Mended the text of contribution %(number)s, typed in here."),
}
