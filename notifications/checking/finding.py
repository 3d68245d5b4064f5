"""What was found, as one sentence and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How good it is; the value is the word before the sentence."""

    GOOD = "good"
    ADVICE = "could be better"
    WRONG = "wrong"
    UNSEEN = "not seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        level: how good it is.
        sentence: what was found.
        do: what to do; empty when there is nothing to do.
    """

    level: Level
    sentence: str
    do: str = ""


def good(sentence: str) -> Finding:
    """Say that something is as it should be."""
    return Finding(level=Level.GOOD, sentence=sentence)


def advice(sentence: str, do: str) -> Finding:
    """Say that something works and could be better."""
    return Finding(level=Level.ADVICE, sentence=sentence, do=do)


def wrong(sentence: str, do: str) -> Finding:
    """Say that mail will not arrive, or not everywhere, because of this."""
    return Finding(level=Level.WRONG, sentence=sentence, do=do)


def unseen(sentence: str, do: str = "") -> Finding:
    """Say that something cannot be seen from here, or not now."""
    return Finding(level=Level.UNSEEN, sentence=sentence, do=do)
