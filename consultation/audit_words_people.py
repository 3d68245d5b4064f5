"""Sentences of the history: what is known of people."""

from __future__ import annotations

from django.utils.functional import Promise

WORDS: dict[str, str | Promise] = {}
