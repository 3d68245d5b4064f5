"""Sentences of the history: themes, channels, organisations."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "consultation.started": _("began to collect input"),
}
