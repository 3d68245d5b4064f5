"""Plain text as it arrives: no line is longer than a phone or an old mail program shows."""

from __future__ import annotations

import re
import textwrap
from typing import Final

WIDTH: Final = 72

_BLANKS = re.compile(r"\n{3,}")
_MARK = re.compile(r"\s*(?:[-*•] )?")


def wrapped(text: str) -> str:
    """Break lines at 72 characters; a link is never broken, a list stays a list.

    No two empty lines follow each other.
    """
    lines = "\n".join(_line(line) for line in text.splitlines())
    return _BLANKS.sub("\n\n", lines)


def _line(line: str) -> str:
    # As it is: "-- " before a signature ends in a space that means something.
    if len(line) <= WIDTH:
        return line
    mark = _MARK.match(line)
    indent = " " * (mark.end() if mark else 0)
    return textwrap.fill(
        line,
        width=WIDTH,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
