"""The sentences of this room's history."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "operations.job_retried": _("Work that had failed was put down again: %(work)s."),
}
