"""Sentences of the history of the top ten: public."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "ten.published": _("The top ten became public."),
    "ten.public_text_changed": _("The introduction of the public top ten was changed."),
    "ten.unpublished": _("The top ten is no longer public."),
}
