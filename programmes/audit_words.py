"""The sentences of this room's history."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programmes import audit_words_base

WORDS: dict[str, str | Promise] = {
    "programme.file_received": _("The file “%(file)s” was brought, to become a programme."),
    "programme.file_corrected": _("What was read from “%(file)s” was corrected."),
    "programme.correction_taken_back": _("A correction of “%(file)s” was taken back."),
    "programme.file_discarded": _("The file “%(file)s” was thrown away."),
    "programme.file_undone": _("The saving of “%(file)s” was undone."),
    "programme.stored": _("“%(title)s” was stored, with %(count)s measures."),
    "programme.replaced": _(
        "“%(title)s” was replaced by a corrected file: %(kept)s measures stayed, "
        "%(added)s are new, %(gone)s are gone."
    ),
    "programme.put_back": _("“%(title)s” is again as it was before the corrected file."),
    "programme.taken_away": _("“%(title)s” was taken away."),
    "programme.frozen": _("“%(title)s” was fixed: it can no longer change."),
    "programme.version_made": _("Version %(version)s of “%(title)s” was begun."),
    "programme.inherited": _("“%(title)s” was taken over from %(origin)s, as it was before."),
    "programme.derived": _("%(count)s measures were taken over into “%(title)s”."),
    "programme.measure_edited": _("Measure %(number)s of “%(title)s” was changed."),
    "programme.measure_moved": _("A measure of “%(title)s” got another place: %(number)s."),
    "programme.measure_added": _("Measure %(number)s was added to “%(title)s”."),
    "programme.measure_retired": _("Measure %(number)s was taken out of “%(title)s”."),
    **audit_words_base.WORDS,
}
