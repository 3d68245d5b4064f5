"""The sentences of this room's history, put together from its parts."""

from __future__ import annotations

from django.utils.functional import Promise

from evaluation.audit_words_desk import WORDS as DESK
from evaluation.audit_words_result import WORDS as RESULT
from evaluation.audit_words_sheets import WORDS as SHEETS
from evaluation.audit_words_ten_choosing import WORDS as TEN_CHOOSING
from evaluation.audit_words_ten_desk import WORDS as TEN_DESK
from evaluation.audit_words_ten_following import WORDS as TEN_FOLLOWING
from evaluation.audit_words_ten_others import WORDS as TEN_OTHERS
from evaluation.audit_words_ten_paper import WORDS as TEN_PAPER
from evaluation.audit_words_ten_people import WORDS as TEN_PEOPLE
from evaluation.audit_words_ten_pledge import WORDS as TEN_PLEDGE
from evaluation.audit_words_ten_public import WORDS as TEN_PUBLIC

WORDS: dict[str, str | Promise] = {
    **DESK,
    **RESULT,
    **SHEETS,
    **TEN_CHOOSING,
    **TEN_PAPER,
    **TEN_DESK,
    **TEN_PLEDGE,
    **TEN_PEOPLE,
    **TEN_PUBLIC,
    **TEN_FOLLOWING,
    **TEN_OTHERS,
}
