"""The facts of a top ten that everybody may know: plain data, in which nothing private can be.

Of people it holds one thing: the name of who is in the lead (R59).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from branches.went_on import WentOn
from evaluation.enums import Reason, Timing, Verdict
from evaluation.enums_ten import ENDED, PledgeStatus, PledgeTheme, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Which state of a branch's public top ten is shown now.

    Attributes:
        pk: of the top ten.
        year: of its polling day; tells the top tens of a branch apart.
        number: goes up with everything that is shown differently.
        edited_at: when it last did; None: never.
        mark: what is shown besides, and changes without a new edition: names.
        others: the years of the branch's other public top tens, latest first.
    """

    pk: int
    year: int
    number: int
    edited_at: datetime | None
    mark: str
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A link or a file that shows something; ``is_picture``: it can be looked at on the page."""

    pk: int
    title: str
    url: str
    is_file: bool
    is_picture: bool
    is_council: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What an update said before it was corrected, and what was wrong with it."""

    day: date
    written_on: date
    status: PledgeStatus
    text: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An update as the public reads it, with all that was corrected in it.

    Attributes:
        pk: of the first one that was public: it stays, whatever is corrected.
        day: the day that it is about.
        first_on: the day on which it was told first.
        written_on: the day on which it came to say what it says now.
        withdrawn_on: the day on which it was taken back; there is no text then.
        earlier: what was corrected, latest first.
        corrections: how often it was corrected, also when it was withdrawn in the end.
        is_from_resident: a resident saw it, the branch took it over.
    """

    pk: int
    day: date
    first_on: date
    written_on: date
    status: PledgeStatus
    reason: Reason | None
    timing: Timing
    text: str
    evidence: tuple[Shown, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    corrections: int = 0
    withdrawn_on: date | None = None
    is_from_resident: bool = False

    @property
    def changed_on(self) -> date:
        """The day on which something about it changed last."""
        return max(self.written_on, self.withdrawn_on or self.written_on)

    @property
    def changes(self) -> int:
        """How often something about it changed."""
        return self.corrections + (self.withdrawn_on is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A step that everybody may know."""

    pk: int
    title: str
    means: str
    due_on: date | None
    done_on: date | None
    url: str
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPledge:
    """One of the ten.

    Attributes:
        owner: the name of who is in the lead; empty: nobody, or it has no name.
        told: updates, latest first.
        steps: in order of their days, those without a day last.
        documents: what belongs to the pledge as a whole.
        verdict: of the final account; None before it was given.
    """

    pk: int
    rank: int
    title: str
    text: str
    for_whom: str
    by_when: date | None
    measured_by: str
    theme: PledgeTheme
    status: PledgeStatus
    reason: Reason | None
    timing: Timing
    status_on: date | None
    owner: str
    told: tuple[Told, ...] = ()
    steps: tuple[Planned, ...] = ()
    documents: tuple[Shown, ...] = ()
    verdict: Verdict | None = None
    verdict_reason: Reason | None = None
    verdict_text: str = ""

    @property
    def standing(self) -> tuple[Told, ...]:
        """The updates that were not withdrawn, latest first."""
        return tuple(one for one in self.told if one.withdrawn_on is None)

    @property
    def last(self) -> Told | None:
        """What came last."""
        return next(iter(self.standing), None)

    @property
    def has_ended(self) -> bool:
        """Tell whether nothing more is expected."""
        return self.status in ENDED

    @property
    def is_late(self) -> bool:
        """Tell whether the branch itself says that it is late."""
        return self.timing == Timing.LATE

    def next_step(self, *, today: date) -> Planned | None:
        """Return what happens next: the first that is still to come, else one without a day."""
        open_ = [step for step in self.steps if step.done_on is None]
        coming = [step for step in open_ if step.due_on is not None and step.due_on >= today]
        undated = [step for step in open_ if step.due_on is None]
        return next(iter([*coming, *undated]), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicTen:
    """A top ten as the public reads it.

    Attributes:
        name: of the branch, with the party's.
        slug: of the branch, for addresses.
        account_given_on: the day of the final account, once it was given.
        edition: its state.
        went_on: where the branch went on, if it merged: then there comes no news any more.
    """

    pk: int
    slug: str
    name: str
    text: str
    polling_day: date
    agreed_on: date
    public_since: date | None
    standing: Standing
    account_given_on: date | None
    edition: Edition
    pledges: tuple[PublicPledge, ...]
    counts: Counter[PledgeStatus] = field(default_factory=Counter)
    went_on: WentOn | None = None

    def pledge(self, rank: int) -> PublicPledge | None:
        """Return one of the ten."""
        return next((one for one in self.pledges if one.rank == rank), None)
