"""Results of many branches side by side, each with the branches and promises behind it.

A share is one of what was told: *not yet assessed*, *cannot be tested* and a pledge of which
nothing was told yet stand beside it and are in no share, so that nothing unknown counts as not
delivered. A row over fewer than ``TOO_FEW`` branches shows no number: it would tell about these
branches, and not about the country.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from evaluation.rules.score import largest_remainder
from monitor.rules.line import TOO_FEW


class Subject(StrEnum):
    """What is compared; the values stand in the address bar."""

    EVALUATIONS = "programma"
    TENS = "toptien"


class Group(StrEnum):
    """What has a row; the values stand in the address bar."""

    THEME = "thema"
    PROVINCE = "provincie"
    SIZE = "grootte"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What somebody compares; empty means all.

    Attributes:
        theme: a value of ``monitor.rules.themes.Theme``.
        province: the code of a province.
        size: a value of ``monitor.rules.size.Size``.
    """

    subject: Subject = Subject.EVALUATIONS
    group: Group = Group.THEME
    theme: str = ""
    province: str = ""
    size: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """So many promises of one branch, on one theme, of which the same came."""

    branch: int
    theme: str
    province: str
    size: str
    outcome: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Row:
    """What came of the promises of a group of branches.

    Attributes:
        key: theme, province or size; empty for all of them together.
        branches: how many have a promise in it.
        counts: outcome → promises.
        judged: the outcomes that a share is taken of.
    """

    key: str
    branches: int
    counts: Mapping[str, int]
    judged: Sequence[str]

    @property
    def too_few(self) -> bool:
        """Tell whether no number may be shown."""
        return self.branches < TOO_FEW

    @property
    def total(self) -> int:
        """All promises, whatever came of them."""
        return sum(self.counts.values())

    @property
    def base(self) -> int:
        """The promises that a share is taken of."""
        return sum(self.counts.get(outcome, 0) for outcome in self.judged)

    @cached_property
    def percentages(self) -> dict[str, int]:
        """The share of each judged outcome in whole hundredths, 100 together; empty: of nothing."""
        if not self.base:
            return {}
        parts = [self.counts.get(outcome, 0) for outcome in self.judged]
        return dict(zip(self.judged, largest_remainder(parts), strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """All of it, and a row for each group that has a promise, in the order of their keys."""

    whole: Row
    rows: Sequence[Row]


def compared(pieces: Iterable[Piece], *, sought: Sought, judged: Sequence[str]) -> Benchmark:
    """Lay the results of branches side by side.

    Args:
        pieces: of the branches that show their results; nothing of others.
        sought: which of these, and what has a row.
        judged: the outcomes that a share is taken of.
    """
    kept = [piece for piece in pieces if _fits(piece, sought)]
    groups: dict[str, list[Piece]] = defaultdict(list)
    for piece in kept:
        groups[_key(piece, sought.group)].append(piece)
    return Benchmark(
        whole=_row("", kept, judged),
        rows=[_row(key, groups[key], judged) for key in sorted(groups)],
    )


def _fits(piece: Piece, sought: Sought) -> bool:
    return (
        sought.theme in {"", piece.theme}
        and sought.province in {"", piece.province}
        and sought.size in {"", piece.size}
    )


def _key(piece: Piece, group: Group) -> str:
    match group:
        case Group.THEME:
            return piece.theme
        case Group.PROVINCE:
            return piece.province
        case Group.SIZE:
            return piece.size


def _row(key: str, pieces: Sequence[Piece], judged: Sequence[str]) -> Row:
    counts: Counter[str] = Counter()
    for piece in pieces:
        counts[piece.outcome] += piece.count
    return Row(
        key=key,
        branches=len({piece.branch for piece in pieces}),
        counts=dict(counts),
        judged=judged,
    )
