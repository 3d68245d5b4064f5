"""Where a block of text can be cut in two: at the beginning of each sentence but the first."""

from __future__ import annotations

import re

MOST_CUTS = 40
"""Places that are offered in one block: more is a page of prose, which nobody cuts by hand."""

# The end of a sentence before something that begins one; a semicolon or colon; or white space
# before a bullet sign that stayed in the text.
_CUT = re.compile(
    r"[.!?…][)\"'”’»]*\s+(?=[\"'“‘(]*[A-ZÀ-ÖØ-ÞĲ0-9])|[;:]\s+(?=\S)|\s+(?=[-–•●▪►]\s)"
)


def cuts(text: str) -> list[int]:
    """Return the offsets, in order, at which a new sentence begins.

    Args:
        text: of one block.
    """
    found = [match.end() for match in _CUT.finditer(text)]
    return [at for at in found if 0 < at < len(text)][:MOST_CUTS]
