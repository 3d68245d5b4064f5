"""Text as it is compared: without the signs in which two copies of a sentence differ. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_WORD: Final = re.compile(r"\w+")
# An apostrophe joins: "auto’s" and "autos" are typed for one another.
_DROPPED: Final = re.compile("[’‘'`´\u00ad\u200b]")


def words(text: str) -> list[str]:
    """Return the words of a text, small letters, compatibility forms resolved ("ﬁ" is "fi")."""
    return _WORD.findall(_DROPPED.sub("", unicodedata.normalize("NFKC", text)).casefold())


def plain(text: str) -> str:
    """Return the words of a text with one space between them; of signs alone, the signs."""
    return " ".join(words(text)) or text.strip()
