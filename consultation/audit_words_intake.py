"""Sentences of the history: what came in."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "contribution.typed_in": _("typed in a contribution"),
    "mailbox.described": _("filled in the mailbox for input"),
    "mailbox.removed": _("took the mailbox for input away"),
    "mail.files_brought": _("brought files with %(count)s mails"),
    "mail.taken_in": _("took in a mail that was set aside"),
    "list.columns_chosen": _("said what the columns of “%(file)s” mean"),
    "list.taken_over": _("took over “%(file)s”: %(count)s contributions"),
    "list.undone": _("undid “%(file)s”: %(count)s contributions went"),
    "list.thrown_away": _("threw away “%(file)s” before anything of it came in"),
}
