"""The sentences of this room's history, put together from its parts."""

from __future__ import annotations

from django.utils.functional import Promise

from evaluation.audit_words_desk import WORDS as DESK
from evaluation.audit_words_result import WORDS as RESULT
from evaluation.audit_words_sheets import WORDS as SHEETS

WORDS: dict[str, str | Promise] = {**DESK, **RESULT, **SHEETS}
