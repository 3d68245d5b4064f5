"""How large the bench measures. ``BENCH_SMALL=1`` tries it out: its figures say nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """The sizes.

    Attributes:
        few, many: branches of the stage, and how many more come beside them.
        due_branches, due: of planning: 33 milestones each, and how many of them are due.
        mails: that are sent; the goal speaks of ten thousand (MAILS=10000), which take minutes.
        slow_mails: against the server that takes its time.
        phones: seconds that a hundred phones post.
        visited: seconds that people look before the web server is weighed.
    """

    few: int
    many: int
    due_branches: int
    due: int
    mails: int
    slow_mails: int
    phones: float
    visited: float


_WHOLE: Final = Sizes(
    few=350,
    many=10_000,
    due_branches=6_061,
    due=10_000,
    mails=2_000,
    slow_mails=400,
    phones=60.0,
    visited=30.0,
)
_TRIED_OUT: Final = Sizes(
    few=30,
    many=40,
    due_branches=20,
    due=30,
    mails=40,
    slow_mails=20,
    phones=5.0,
    visited=5.0,
)
SMALL: Final = bool(os.environ.get("BENCH_SMALL"))
SIZES: Final = _TRIED_OUT if SMALL else _WHOLE
MAILS: Final = int(os.environ.get("MAILS") or SIZES.mails)
