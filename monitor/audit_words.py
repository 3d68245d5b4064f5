"""The sentences of this room's history."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from monitor import (
    audit_words_calls,
    audit_words_figures,
    audit_words_help,
    audit_words_together,
    audit_words_views,
)

WORDS: dict[str, str | Promise] = {
    "operations.job_retried": _("Work that had failed was put down again: %(work)s."),
    **audit_words_calls.WORDS,
    **audit_words_figures.WORDS,
    **audit_words_together.WORDS,
    **audit_words_help.WORDS,
    **audit_words_views.WORDS,
}
