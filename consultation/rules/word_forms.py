"""Other forms of a Dutch word, for searching: the plural of a singular, and the other way round.

The stemmer takes forms together only where spelling is regular: it knows ``bomen`` and ``boom``,
and not ``paden`` and ``pad``, ``molens`` and ``molen``, ``duurzame`` and ``duurzaam``. Forms that
do not exist do no harm: no text has them.
"""

from __future__ import annotations

import re
from typing import Final

_VOWEL: Final = "aeiou"
_DOUBLED: Final = re.compile(r"(.*)([aeou])\2([^aeiou])")
_OPEN: Final = re.compile(r"(.*[^aeiou])([aeou])([^aeiouwx])")
_SHORT: Final = re.compile(r".*[^aeiou][aeiou][^aeiouwx]")
_HARDENED: Final = {"z": "s", "v": "f"}
_SHORTEST: Final = 3
# The vowel changes: no rule tells.
_PAIRS: Final = (
    ("stad", "steden"),
    ("lid", "leden"),
    ("schip", "schepen"),
    ("moeilijkheid", "moeilijkheden"),
    ("mogelijkheid", "mogelijkheden"),
    ("gelegenheid", "gelegenheden"),
    ("overheid", "overheden"),
)
_IRREGULAR: Final = {**dict(_PAIRS), **{many: one for one, many in _PAIRS}}


def forms(word: str) -> list[str]:
    """Return other forms that a word may have, itself left out.

    Args:
        word: as ``consultation.rules.words.words`` returns it.
    """
    found = [_IRREGULAR[word]] if word in _IRREGULAR else []
    for ending in ("eren", "ere", "en", "e", "s", "t"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= _SHORTEST:
            found += _bases(base) if ending in ("en", "e") else [base]
    if word[-1:] not in _VOWEL:
        stem = _before_ending(word)
        found += [f"{stem}en", f"{stem}e", f"{word}en", f"{word}eren"]
    found.append(f"{word}s")
    return [form for form in dict.fromkeys(found) if form != word]


def _bases(base: str) -> list[str]:
    """Return how a word may be spelled when its ending is gone: ``witt`` is ``wit``."""
    found = [base]
    if base[-1:] in _HARDENED:
        found.append(f"{base[:-1]}{_HARDENED[base[-1]]}")
    if base[-1:] == base[-2:-1] and base[-1:] not in _VOWEL:
        found.append(base[:-1])
    elif opened := _OPEN.fullmatch(base):
        found.append(f"{opened[1]}{opened[2] * 2}{opened[3]}")
    return found


def _before_ending(word: str) -> str:
    """Return how a word is spelled before an ending: ``duurzam(e)``, ``buss(en)``."""
    if doubled := _DOUBLED.fullmatch(word):
        return f"{doubled[1]}{doubled[2]}{doubled[3]}"
    return f"{word}{word[-1]}" if _SHORT.fullmatch(word) else word
