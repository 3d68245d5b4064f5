"""Sentences of the history of the top ten: choosing."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "ten.started": _("The choice of the ten began, from “%(programme)s”."),
}
