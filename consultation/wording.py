"""Words that are stored in both languages, for a history that is read in either."""

from __future__ import annotations

from django.utils import translation
from django.utils.functional import Promise

LANGUAGES = ("nl", "en")


def in_both(text: str | Promise) -> dict[str, str]:
    """Return language → how a lazy text reads in it; for ``branches.audit``."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = str(text)
    return found
