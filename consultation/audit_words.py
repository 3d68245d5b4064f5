"""The sentences of this room's history, put together from its parts."""

from __future__ import annotations

from django.utils.functional import Promise

from consultation.audit_words_desk import WORDS as DESK
from consultation.audit_words_gatherings import WORDS as GATHERINGS
from consultation.audit_words_intake import WORDS as INTAKE
from consultation.audit_words_item import WORDS as ITEM
from consultation.audit_words_people import WORDS as PEOPLE
from consultation.audit_words_public import WORDS as PUBLIC
from consultation.audit_words_setup import WORDS as SETUP

WORDS: dict[str, str | Promise] = {
    **SETUP,
    **INTAKE,
    **PUBLIC,
    **DESK,
    **ITEM,
    **GATHERINGS,
    **PEOPLE,
}
