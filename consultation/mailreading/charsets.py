"""Bytes that say they are text, in some encoding or other."""

from __future__ import annotations

import codecs
from typing import Final

# What says that it is one of these is often another one.
_DOUBTFUL: Final = frozenset({"", "ascii", "iso8859-1", "iso8859-15", "cp1252", "latin-1"})
# Encodings of names and of programs, not of mails: some take time that grows faster than the text.
_NO_TEXT: Final = frozenset(
    {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"}
)


def decoded(content: bytes, charset: str) -> str:
    """Return the text of bytes; a charset that is wrong, unknown or not told is made out.

    UTF-8 is hardly ever so by accident, so it is tried where a charset is doubtful; and what is no
    UTF-8 comes from an old Windows.
    """
    name = _known(charset)
    tries = ["utf-8", name] if name in _DOUBTFUL else [name, "utf-8"]
    for one in tries:
        if one not in {"", "ascii", "iso8859-1"}:
            try:
                return content.decode(one)
            except (UnicodeError, LookupError, ValueError):
                continue
    return content.decode("cp1252", "replace")


def _known(charset: str) -> str:
    try:
        name = codecs.lookup(charset.strip().strip("'\"")[:40]).name
    except (LookupError, ValueError, UnicodeError):
        return ""
    return "" if name in _NO_TEXT else name
