"""Sentences of the history: what came in."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "contribution.typed_in": _("typed in a contribution"),
}
