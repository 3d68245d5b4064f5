"""Files of mail: one mail (.eml), or many behind each other (.mbox, RFC 4155)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

# "From jan@voorbeeld.nl Mon Oct  4 10:00:00 2021": a line, after an empty one, between two mails.
_BETWEEN: Final = re.compile(rb"From \S.{0,300}\d{2}:\d{2}.{0,60}\r?\n?$")
_FIELD: Final = re.compile(rb"[!-9;-~]{1,80}:")
_FOLDED: Final = (b" ", b"\t")
_UNQUOTED: Final = re.compile(rb">+From ")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARK: Final = b"\xef\xbb\xbf"


def is_outlook(start: bytes) -> bool:
    """Tell whether a file that begins so is a mail in Outlook's own form."""
    return start.startswith(_OLE)


def is_mail(raw: bytes) -> bool:
    """Tell whether bytes begin as a mail does: with a field such as ``From:``."""
    start = raw[:2000].removeprefix(_MARK).lstrip(b"\r\n")
    return b"\x00" not in start and _FIELD.match(start) is not None


def mails(lines: Iterable[bytes], *, largest: int) -> Iterator[bytes]:
    """Return the mails of a file, one by one; of a mail at most so many bytes and a line.

    Args:
        lines: of the file, with their ends.
        largest: bytes of one mail; what is longer is cut there.
    """
    kept: list[bytes] = []
    size = 0
    many, after_blank, begun = False, True, False
    for line in lines:
        if after_blank and (many or not begun) and _BETWEEN.match(line):
            if begun and many:
                yield b"".join(kept)
            kept, size, many, begun, after_blank = [], 0, True, True, False
            continue
        begun = True
        after_blank = not line.strip()
        if size <= largest:
            one = line[1:] if many and _UNQUOTED.match(line) else line
            kept.append(one)
            size += len(one)
    if begun:
        yield b"".join(kept)
