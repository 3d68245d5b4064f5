"""A pledge of the top ten: how it stands, what a status asks for, and which update gives it (R59).

How it stands, why, and whether it is on time are three things. Nobody fills in how it stands: the
latest public update gives it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

TEN = 10
"""So many pledges has a top ten: not nine, not eleven (R58)."""

DOTS = 10
"""So many dots has somebody who shows a preference."""


class PledgeStatus(StrEnum):
    """How a pledge stands."""

    AGREED = "agreed"
    STARTED = "started"
    UNDER_WAY = "under_way"
    STUCK = "stuck"
    DONE = "done"
    PARTLY = "partly"
    GIVEN_UP = "given_up"


ENDED = frozenset({PledgeStatus.DONE, PledgeStatus.PARTLY, PledgeStatus.GIVEN_UP})
"""Nothing more is expected; a new update can open it again."""

REASON_ASKED = frozenset({PledgeStatus.STUCK, PledgeStatus.PARTLY, PledgeStatus.GIVEN_UP})
"""Who tells this to the public also says why."""

EVIDENCE_ASKED = frozenset({PledgeStatus.DONE, PledgeStatus.PARTLY})
"""Who tells this shows something: a link, a council document, a photo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one update tells.

    Attributes:
        pk: later written is a higher number.
        day: the day that it is about.
        status: how the pledge stood.
        public: whether everybody may read it.
        stands: False once it was withdrawn, or another one corrects it.
    """

    pk: int
    day: date
    status: PledgeStatus
    public: bool = True
    stands: bool = True


def latest_public(updates: Iterable[Told]) -> Told | None:
    """Return the update that gives the status; None: nothing was told yet.

    Of two about one day, the one that was written last.
    """
    shown = [one for one in updates if one.public and one.stands]
    return max(shown, key=lambda one: (one.day, one.pk), default=None)
