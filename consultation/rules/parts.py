"""Where one text that says two things may be cut: between its sentences."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

# A sentence ends with a sign and a space; an abbreviation as "bijv. " is seldom cut behind, and a
# person looks at the parts before they are kept.
_END: Final = re.compile(r"(?<=[.!?…])\s+(?=[^a-z])|\n+")

MOST_SENTENCES: Final = 60
"""What comes after these stays together with the last."""


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, without the space around them; ``MOST_SENTENCES`` at most."""
    found = [one.strip() for one in _END.split(text, maxsplit=MOST_SENTENCES - 1)]
    return [one for one in found if one]


def grouped(pieces: Sequence[str], starts: Collection[int], *, most: int) -> list[str]:
    """Return the parts that sentences make.

    Args:
        pieces: the sentences.
        starts: the places, from 1, at which another part begins; others mean nothing.
        most: parts there may be; what comes after stays with the last.
    """
    edges = [0, *sorted({place for place in starts if 0 < place < len(pieces)})[: most - 1]]
    ends = [*edges[1:], len(pieces)]
    return [" ".join(pieces[first:last]) for first, last in zip(edges, ends, strict=True)]
