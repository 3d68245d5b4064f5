"""What a search looks for among the stems of a text, and which words of the text answer to it.

One rule for both, so that what the database found is what is marked on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from consultation.rules.word_forms import forms
from consultation.rules.words import searched, stem, stems

Needles: TypeAlias = Sequence[tuple[str, ...]]
"""Of each inner one, some part must occur among the stems, each of which has spaces around it."""

_ANYWHERE: Final = 3
"""A word of fewer signs is looked for where words begin: ``ov`` is in half of Dutch."""

_MOST_WORDS: Final = 12
# With the marks that some programs write as signs of their own.
_WORD: Final = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_NUMBER: Final = re.compile(r"(#?)\s*([0-9]{1,9})")
_LEAD_IN: Final = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text; ``hit``: it answers to the search."""

    text: str
    hit: bool = False


def needles(text: str) -> list[tuple[str, ...]]:
    """Return what a search asks of the stems of a text; nothing for a search without words."""
    return [_parts(alternatives) for alternatives in searched(text)[:_MOST_WORDS]]


def _parts(alternatives: Sequence[str]) -> tuple[str, ...]:
    wanted = [word if len(word) >= _ANYWHERE else f" {word}" for word in alternatives]
    # The word itself is the last; a number has no other forms.
    if alternatives[-1].isalpha() and len(alternatives[-1]) >= _ANYWHERE:
        others = dict.fromkeys(stem(form) for form in forms(alternatives[-1]))
        # Where words end: ``mol`` is in ``smolt``, and ``strate`` in ``strategie``.
        wanted += [f"{word} " for word in others]
    # What holds another of them is found through that one.
    return tuple(
        part
        for place, part in enumerate(wanted)
        if not any(
            one in part and (one != part or at < place)
            for at, one in enumerate(wanted)
            if at != place
        )
    )


def number_in(text: str) -> tuple[int | None, bool]:
    """Return the number that a search names, and whether it can be nothing but that (``#12``)."""
    found = _NUMBER.fullmatch(text.strip())
    return (int(found[2]), bool(found[1])) if found else (None, False)


def excerpt(text: str, asked: Needles, *, length: int) -> list[Piece]:
    """Return the beginning of a text, or the part around the first word that answers.

    Args:
        text: as it came in.
        asked: what ``needles`` returned; nothing: the beginning, and no hits.
        length: about how many signs.
    """
    line = " ".join(text.split())
    hits = list(_hits(line, asked)) if asked else []
    start = 0
    if hits and hits[0][1] > length:
        start = line.rfind(" ", 0, max(0, hits[0][0] - _LEAD_IN)) + 1
    end = _end(line, start, length)
    pieces = [Piece("… ")] if start else []
    at = start
    for first, last in hits:
        if start <= first and last <= end:
            pieces += [Piece(line[at:first]), Piece(line[first:last], hit=True)]
            at = last
    pieces.append(Piece(line[at:end]))
    if end < len(line):
        pieces.append(Piece(" …"))
    return [piece for piece in pieces if piece.text]


def _hits(line: str, asked: Needles) -> Iterator[tuple[int, int]]:
    parts = [part for alternatives in asked for part in alternatives]
    for word in _WORD.finditer(line):
        kept = stems(word[0])
        if any(part in kept for part in parts):
            yield word.span()


def _end(line: str, start: int, length: int) -> int:
    """Return where about ``length`` signs end, between words where there are any."""
    if len(line) - start <= length:
        return len(line)
    space = line.rfind(" ", start + length // 2, start + length)
    return space if space > start else start + length
