"""The code with which a phone joins a session: short enough to type, too rare to guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

SIGNS: Final = "34679CDFGHJKMNPQRTVWXY"
"""Without what looks alike (0 O, 1 I L, 2 Z, 5 S, 8 B, U V) and without vowels: no words arise."""

LENGTH: Final = 6
"""22 to the sixth is 113 million; with the limit on wrong guesses that is years of guessing."""

_CODE: Final = re.compile(f"[{SIGNS}]{{{LENGTH}}}")
_AROUND: Final = re.compile(r"[\s.\-–_]+")
_LONGEST_TYPED: Final = 40


def new_code(*, choose: Callable[[Sequence[str]], str]) -> str:
    """Return a code; ``choose`` picks one of the signs, at random (``secrets.choice``)."""
    return "".join(choose(SIGNS) for _place in range(LENGTH))


def read_code(typed: str) -> str | None:
    """Return the code that somebody typed, in small letters or with dashes; None: it is none."""
    code = _AROUND.sub("", typed[:_LONGEST_TYPED]).upper()
    return code if _CODE.fullmatch(code) else None
