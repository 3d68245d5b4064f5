"""Sentences of the history: the public form and result."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "form.opened": _("opened the public form"),
    "form.closed": _("closed the public form"),
    "form.introduction_changed": _("changed what stands above the public form"),
    "outcome.published": _("made public what happened with the input"),
    "outcome.text_changed": _("changed what stands above the public result of the input"),
    "outcome.unpublished": _("took the public result of the input off line"),
    "contributor.erased": _("took people out of what was collected (%(count)s)"),
}
