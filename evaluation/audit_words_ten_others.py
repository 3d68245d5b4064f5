"""Sentences of the history of the top ten: what was taken over from other branches."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "ten.copied": _("“%(pledge)s” of %(origin)s was taken over into “%(programme)s”."),
}
