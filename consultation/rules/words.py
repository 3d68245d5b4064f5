"""Dutch word forms, so that a search for "fietsen" finds "fietspad" and "gefietst".

The stems of a text are kept beside it, and searching is looking for parts of them: the same on
every database, and a part of a compound is found as well.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from threading import local
from typing import Any, Final

import snowballstemmer

_WORD: Final = re.compile(r"[^\W_]+")
# Words that say nothing about what a text is about; kept short, for a search may be for any word.
STOPWORDS: Final = frozenset(
    """
    aan al alle als and are bij dan dat de den der des deze die dit door dus een en er for
    from ge geen haar had has have heb hebben heeft hem het hier hij hoe hun ik in is je kan
    kunnen maar me meer men met mij moet moeten na naar niet nog not nu of om onder ons onze
    ook op over te ten ter that the this tot u uit uw van veel voor want waren was wat we wel
    wie wij with worden wordt zal ze zich zij zijn zo zou
    """.split()  # noqa: SIM905 - words, not code
)
LONGEST_WORD: Final = 40
_stemmers = local()


def stems(text: str) -> str:
    """Return the stems of a text, each once, in their order, between spaces; empty for none.

    Accents and capitals make no difference; numbers are words.
    """
    found: dict[str, None] = {}
    for word in words(text):
        if word not in STOPWORDS:
            found |= dict.fromkeys(_kept(word))
    return f" {' '.join(found)} " if found else ""


def searched(text: str) -> list[tuple[str, ...]]:
    """Return what a search asks for: of each, one of the alternatives must be among the stems.

    A search for stopwords alone asks for these, as they are.
    """
    asked = list(words(text))
    telling = [word for word in asked if word not in STOPWORDS] or asked
    # The word itself as well: "woning" (stem "woon") finds "woningbouw".
    return list(dict.fromkeys(tuple(dict.fromkeys((stem(word), word))) for word in telling))


def _kept(word: str) -> tuple[str, ...]:
    root = stem(word)
    # The stemmer takes the s of "fiets" for a plural.
    return (root, word) if word == f"{root}s" else (root,)


def words(text: str) -> list[str]:
    """Return the words of a text: small letters without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return [word[:LONGEST_WORD] for word in _WORD.findall(bare)]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the stem of one word, as ``words`` returns it."""
    return str(_stemmer().stemWord(word))


def _stemmer() -> Any:
    # A stemmer keeps the word it is at: each thread has its own.
    if not hasattr(_stemmers, "dutch"):
        _stemmers.dutch = snowballstemmer.stemmer("dutch")
    return _stemmers.dutch
