"""Sentences of the history: what was done with one contribution."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "contribution.merged": _("merged %(count)s more into contribution %(number)s"),
    "contribution.taken_apart": _("took contribution %(number)s apart from %(lead)s"),
    "contribution.cut": _("cut contribution %(number)s into %(count)s parts"),
    "contribution.uncut": _("put the parts of contribution %(number)s together again"),
    "contribution.status.new": _("put contribution %(number)s back to “not looked at yet”"),
    "contribution.status.considered": _("took contribution %(number)s into consideration"),
    "contribution.status.adopted": _("noted contribution %(number)s as adopted"),
    "contribution.status.partly": _("noted contribution %(number)s as partly adopted"),
    "contribution.status.not_adopted": _("noted contribution %(number)s as not adopted"),
    "contribution.assigned": _("gave contribution %(number)s to somebody to take care of"),
    "contribution.unassigned": _("freed contribution %(number)s: nobody has it now"),
    "contribution.linked": _(
        "linked contribution %(number)s to measure %(measure)s of “%(programme)s”"
    ),
    "contribution.unlinked": _(
        "took contribution %(number)s off measure %(measure)s of “%(programme)s”"
    ),
    "contribution.answered": _("answered contribution %(number)s; mails: %(count)s"),
    "contribution.answered_again": _(
        "changed the answer to contribution %(number)s; new mails: %(count)s"
    ),
    "contribution.noted": _("changed the note with contribution %(number)s"),
    "contribution.corrected": _("put right where contribution %(number)s belongs"),
    "contribution.text_corrected": _("mended the text of contribution %(number)s, typed in here"),
}
