"""Which characters a text may hold: what cannot be kept is refused, what hides is taken out.

Refused: NUL and lone surrogates (no database column and no file can hold them). Taken out: the
other control characters, and the characters that turn the direction of writing around, with which
one text can be made to look like another. Without Django, so that a small process may use it too.
"""

from __future__ import annotations

import re
import unicodedata

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# Control characters but tab and line feed; line and paragraph separators come out as line feeds.
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n|\r|\x85|\u2028|\u2029")
# Embeddings, overrides and isolates. The plain marks (U+200E, U+200F) stay: names need them.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"\s+")


class Unstorable(ValueError):
    """The text holds NUL or half a character: nothing can keep it as it is."""


def shown(text: str, *, many_lines: bool = True) -> str:
    """Return ``text`` for showing, as ``clean`` does; what nothing can keep is left out."""
    return clean(_UNSTORABLE.sub("", text), many_lines=many_lines)


def clean(text: str, *, many_lines: bool = True) -> str:
    """Return ``text`` as it may be stored: composed (NFC), trimmed, one kind of line end.

    Args:
        text: what came in, of any length.
        many_lines: keep line ends and tabs; otherwise every run of white space is one space.

    Raises:
        Unstorable: it holds NUL or a lone surrogate.
    """
    if _UNSTORABLE.search(text):
        raise Unstorable
    text = _CONTROL.sub("", _LINE_ENDS.sub("\n", text))
    text = unicodedata.normalize("NFC", _TURNS.sub("", text))
    if not many_lines:
        text = _SPACES.sub(" ", text)
    return text.strip()
