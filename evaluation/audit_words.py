"""The sentences of this room's history."""

from __future__ import annotations

from django.utils.functional import Promise

WORDS: dict[str, str | Promise] = {}
