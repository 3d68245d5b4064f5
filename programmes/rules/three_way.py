"""What a new version of a text means for whoever took the old one over (R42, R72). Pure.

Three texts stand beside each other: the old one of the base, the new one of the base, and the own
one that was made of the old. Where they differ, words are marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final, TypeVar

Key = TypeVar("Key")

MOST_WORDS: Final = 1500
"""Of longer stretches that differ no single words are looked for: the whole stretch is marked."""

# Each word, or each other sign, with the space before it; together they are the whole text.
_WORD: Final = re.compile(r"\s*(?:\w+|[^\w\s])|\s+")


class Fate(StrEnum):
    """What became of a measure from one version to the next."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    LAPSED = "lapsed"


class Standing(StrEnum):
    """How an own text stands towards a new version of what it was made of."""

    NOTHING = "nothing"  # the base says what it said
    THERE = "there"  # the own text says what the new one says
    CLEAN = "clean"  # the own text is the old one: nothing of one's own is lost with the new one
    BOTH = "both"  # the base and the branch each changed it
    LAPSED = "lapsed"  # it stands in the base no longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a text, and whether the other text has it differently."""

    text: str
    differs: bool


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreeWay:
    """The three texts in pieces, and what follows from them.

    Attributes:
        standing: see there.
        old: marked where the new one has it differently; not where it lapsed as a whole.
        new: marked where the old one had it differently; empty for what lapsed.
        own: marked where the old one has it differently.
    """

    standing: Standing
    old: Pieces
    new: Pieces
    own: Pieces


def same(one: str, other: str) -> bool:
    """Tell whether two texts say the same words, with whatever space between them."""
    return one.split() == other.split()


def fates(*, old: Mapping[Key, str], new: Mapping[Key, str]) -> dict[Key, Fate]:
    """Return what became of each measure of two versions: first those of ``new``, in its order.

    Args:
        old: identity of a measure → its text, of the earlier version.
        new: the same of the later one.
    """
    found: dict[Key, Fate] = {}
    for key, text in new.items():
        if key not in old:
            found[key] = Fate.NEW
        else:
            found[key] = Fate.SAME if same(old[key], text) else Fate.CHANGED
    return found | {key: Fate.LAPSED for key in old if key not in new}


def standing(*, old: str, new: str | None, own: str) -> Standing:
    """Return how an own text stands.

    Args:
        old: of the base, as it was taken over.
        new: of the base now; ``None`` when it has lapsed.
        own: of the branch.
    """
    if new is None:
        return Standing.LAPSED
    if same(old, new):
        return Standing.NOTHING
    if same(own, new):
        return Standing.THERE
    return Standing.CLEAN if same(own, old) else Standing.BOTH


def three_way(*, old: str, new: str | None, own: str) -> ThreeWay:
    """Put three texts beside each other; see ``standing`` for what goes in."""
    before, after = marked(old, new) if new is not None else (_pieces([(old, False)]), ())
    return ThreeWay(
        standing=standing(old=old, new=new, own=own),
        old=before,
        new=after,
        own=marked(own, old)[0],
    )


def marked(one: str, other: str) -> tuple[Pieces, Pieces]:
    """Return both texts in pieces, the words marked that the other one does not have there.

    The pieces of a text, put together, are that text; space alone is no difference.
    """
    mine, theirs = _WORD.findall(one), _WORD.findall(other)
    bare_mine, bare_theirs = [w.strip() for w in mine], [w.strip() for w in theirs]
    first = _common(bare_mine, bare_theirs)
    last = _common(reversed(bare_mine[first:]), reversed(bare_theirs[first:]))
    ends = len(mine) - last, len(theirs) - last
    stretches = _stretches(bare_mine[first : ends[0]], bare_theirs[first : ends[1]])
    of_mine, of_theirs = [(_joined(mine[:first]), False)], [(_joined(theirs[:first]), False)]
    for differs, a_from, a_to, b_from, b_to in stretches:
        of_mine.append((_joined(mine[first + a_from : first + a_to]), differs))
        of_theirs.append((_joined(theirs[first + b_from : first + b_to]), differs))
    of_mine.append((_joined(mine[ends[0] :]), False))
    of_theirs.append((_joined(theirs[ends[1] :]), False))
    return _pieces(of_mine), _pieces(of_theirs)


def _stretches(one: list[str], other: list[str]) -> list[tuple[bool, int, int, int, int]]:
    """Return (differs, from and to in the one, from and to in the other), end to end."""
    if max(len(one), len(other)) > MOST_WORDS:
        return [(True, 0, len(one), 0, len(other))]
    codes = SequenceMatcher(None, one, other).get_opcodes()
    return [(tag != "equal", *places) for tag, *places in codes]  # type: ignore[misc]


def _common(one: Iterable[str], other: Iterable[str]) -> int:
    """Return with how many words two texts begin alike."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def _joined(words: list[str]) -> str:
    return "".join(words)


def _pieces(stretches: list[tuple[str, bool]]) -> Pieces:
    """Return the pieces, neighbours of one kind in one; none of them is empty."""
    found: list[list[str | bool]] = []
    for text, differs in stretches:
        bare = text.lstrip()
        space = text[: len(text) - len(bare)]
        # The space before a marked word belongs to what stands before it.
        parts = [(space, False), (bare, True)] if differs else [(text, False)]
        for part, is_marked in parts:
            if not part:
                continue
            if found and found[-1][1] == is_marked:
                found[-1][0] = f"{found[-1][0]}{part}"
            else:
                found.append([part, is_marked])
    return tuple(Piece(text=str(text), differs=bool(differs)) for text, differs in found)
