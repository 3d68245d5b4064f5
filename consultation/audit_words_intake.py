"""Sentences of the history: what came in."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "contribution.typed_in": _("Typed in a contribution."),
    "mailbox.described": _("Filled in the mailbox for input."),
    "mailbox.removed": _("Took the mailbox for input away."),
    "mail.files_brought": _("Brought files with %(count)s mails."),
    "mail.taken_in": _("Took in a mail that was set aside."),
    "list.columns_chosen": _("Said what the columns of “%(file)s” mean."),
    "list.taken_over": _("Took over “%(file)s”: %(count)s contributions."),
    "list.undone": _("Undid “%(file)s”: %(count)s contributions went."),
    "list.thrown_away": _("Threw away “%(file)s” before anything of it came in."),
}
