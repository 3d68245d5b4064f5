"""What may stand in a log: no address of a person, no key, no token, no secret.

The words of a log line come from everywhere: our own code, Django's ("Internal Server Error:
/agenda/…"), a mail server's answer that repeats the recipient, a database's that repeats the row.
So masking looks at the finished text. It may take away too much; it must not leave too much.
"""

from __future__ import annotations

import re
from typing import Final

ADDRESS: Final = "[address]"
KEY: Final = "[key]"
QUERY: Final = "?[query]"
SECRET: Final = "[secret]"  # noqa: S105 - what stands in a secret's place
VALUE: Final = "[value]"
# So much of a line is looked at; the middle of a longer one is cut, so that no text can hold up its
# writer. The end stays: of a traceback that is where it says what went wrong.
LONGEST: Final = 20_000
_END: Final = 5_000

# Without spaces and quotes: wherever an address stands in it, all of it goes.
_WORD = re.compile(r"[^\s<>\"'`(),;\[\]{}|\\]+")
_AT = ("@", "%40", "＠", "﹫", "&#64;")
# Pages that are opened by what stands in their address, from the first to the last character.
_KEYED_PATH = re.compile(
    r"(/(?:agenda|mail/stop|mail/weer|uitnodiging|anymail|meedoen/weg|(?<!inbreng/)sessie)/)"
    r"(?:openbaar/)?[^\s\"'<>?#]+"
)
_QUERY = re.compile(r"\?(?=[^\s\"'<>?]*=)[^\s\"'<>]+")
# 20 signs or more with a digit among them: session, CSRF value, hash, signed value, sign-in key.
_LONG = re.compile(r"[A-Za-z0-9_+/=:~-]{20,}")
_NAMED = re.compile(
    r"(?i)\b(sessionid|csrf\w*|x-csrftoken|token|password|passwd|secret\w*|api[_-]?key|"
    r"authorization|cookie|set-cookie|code)(\"|')?\s*[=:]\s*(?:(?:bearer|basic)\s+)?[^\s,;&]+"
)
# How PostgreSQL repeats what a row holds: "Key (name)=(Jan Jansen) already exists".
_COLUMN = re.compile(r"\)=\(.*")
_ROW = re.compile(r"(Failing row contains ).*")


def mask(text: str) -> str:
    """Return the text with addresses, keys, tokens, secrets and query strings replaced.

    Takes time in step with the text's length. What is longer than ``LONGEST`` loses its middle, or
    its end when that is all one line.
    """
    if len(text) > LONGEST:
        text = _shortened(text)
    text = _COLUMN.sub(f")=({VALUE})", text)
    text = _ROW.sub(rf"\g<1>({VALUE})", text)
    text = _KEYED_PATH.sub(rf"\g<1>{KEY}", text)
    text = _QUERY.sub(QUERY, text)
    text = _NAMED.sub(rf"\g<1>={SECRET}", text)
    text = _WORD.sub(_without_address, text)
    return _LONG.sub(_without_key, text)


def _shortened(text: str) -> str:
    """Return the first and the last whole lines: half a line could hold half a key, unknowable."""
    _half, _line_end, end = text[-_END:].partition("\n")
    begin = text[: LONGEST - len(end)]
    whole = begin.rpartition("\n")[0] or begin
    return f"{whole}…\n{end}" if end else f"{whole}…"


def _without_address(word: re.Match[str]) -> str:
    return ADDRESS if any(sign in word[0] for sign in _AT) else word[0]


def _without_key(run: re.Match[str]) -> str:
    text = run[0]
    # A path is looked at piece by piece, so that the readable ones remain.
    if "/" in text:
        return "/".join(_piece(piece) for piece in text.split("/"))
    return _piece(text)


def _piece(text: str) -> str:
    long = len(text) >= 20  # noqa: PLR2004 - as in _LONG
    mixed = any(c.isdigit() for c in text) and any(c.isalpha() for c in text)
    return KEY if long and mixed else text
