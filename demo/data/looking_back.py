"""How a branch's look back at its previous programme is told: who found what of which promise.

A promise is named by words that stand in it and in no other; a person by the place in the council
group, 0 for its leader.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from evaluation.enums import EvidenceKind, Reason, Timing, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one person found of one or more promises on one evening."""

    who: int
    day: date
    verdict: Verdict
    reason: Reason | None = None
    timing: Timing = Timing.UNKNOWN
    note: str = ""
    promises: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A piece of evidence; it comes with the verdict of whoever shows it."""

    promise: str
    who: int
    kind: EvidenceKind
    title: str
    url: str = ""
    note: str = ""
    public: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What somebody says to the others about a promise."""

    promise: str
    who: int
    day: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One branch's look back.

    Attributes:
        file: the programme, in this folder.
        year: of the election that it was made for.
        chapters: chapter → its portfolio, and who has it.
        found: every verdict.
        second_eyes: promise → who judges it beside whoever has the chapter.
        settled: disagreements that somebody ended; the note is the because.
        evidence: what shows it.
        explained: promise → what came of it, in plain words for the public.
        remarks: what they said to each other.
        heavy: promise → its weight, where that is not 1.
        carried: promise that goes on → why.
        dropped: promise that does not → why.
        not_good: promises that were no good idea after all (R41).
        not_topical: promises that do not matter any more (R41).
    """

    file: str
    year: int
    chapters: Mapping[str, tuple[str, int]]
    found: tuple[Found, ...]
    second_eyes: Mapping[str, int] = field(default_factory=dict)
    settled: tuple[Found, ...] = ()
    evidence: tuple[Shown, ...] = ()
    explained: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    heavy: Mapping[str, int] = field(default_factory=dict)
    carried: Mapping[str, str] = field(default_factory=dict)
    dropped: Mapping[str, str] = field(default_factory=dict)
    not_good: frozenset[str] = frozenset()
    not_topical: frozenset[str] = frozenset()
