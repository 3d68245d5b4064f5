"""Sentences of the history: the public form and result."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "form.opened": _("Opened the public form."),
    "form.closed": _("Closed the public form."),
    "form.introduction_changed": _("Changed what stands above the public form."),
    "outcome.published": _("Made public what happened with the input."),
    "outcome.text_changed": _("Changed what stands above the public result of the input."),
    "outcome.unpublished": _("Took the public result of the input off line."),
    "contributor.erased": _("Took people out of what was collected (%(count)s)."),
}
