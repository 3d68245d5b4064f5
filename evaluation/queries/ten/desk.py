"""What the desk of the council group shows: a constant number of queries, whatever was told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, OuterRef, Q, Subquery

from branches.models import User
from evaluation.enums_ten import ENDED
from evaluation.models import Pledge, ProgressUpdate, Step, TopTen
from evaluation.queries.ten.people import leaders
from evaluation.rules.attention import Looked, Round, Sign, count_told, signs, told, weeks_silent
from evaluation.rules.pledge import PledgeStatus


@dataclass(slots=True, kw_only=True)
class Line:
    """One pledge on the desk.

    Attributes:
        pledge: with its owner and deputy.
        mine: whether the reader is in the lead, or second.
        last: the last update that stands, public or not.
        steps: open ones, those with the first day first.
        signs: why it asks for attention, the most urgent first.
        weeks: for how many weeks nothing was heard.
        told: whether it counts as told in the round.
    """

    pledge: Pledge
    mine: bool
    last: ProgressUpdate | None = None
    steps: list[Step] = field(default_factory=list)
    signs: tuple[Sign, ...] = ()
    weeks: int = 0
    told: bool = False

    @property
    def ended(self) -> bool:
        """Tell whether nothing more is expected of it."""
        return self.pledge.status in ENDED

    def has(self, sign: Sign) -> bool:
        """Tell whether it has this sign."""
        return sign in self.signs

    @property
    def stuck(self) -> bool:
        """Tell whether it is stuck, for a template."""
        return Sign.STUCK in self.signs

    @property
    def silent(self) -> bool:
        """Tell whether it is silent, for a template."""
        return Sign.SILENT in self.signs

    @property
    def late(self) -> bool:
        """Tell whether it should have been ready, for a template."""
        return Sign.LATE in self.signs

    @property
    def nobody(self) -> bool:
        """Tell whether nobody is in the lead, for a template."""
        return Sign.NOBODY in self.signs


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """A step that is still to be done."""

    step: Step
    line: Line
    overdue: bool


def lines(
    *, top_ten: TopTen, person: User, coming: Round | None, since: date, today: date
) -> list[Line]:
    """Return the ten in order: four queries.

    Args:
        top_ten: agreed.
        person: who reads.
        coming: the round that runs or comes next.
        since: news of that day or later counts as told.
        today: the day.
    """
    newest = (
        ProgressUpdate.objects.standing()
        .filter(pledge=OuterRef("pk"))
        .order_by("-day", "-pk")
        .values("pk")[:1]
    )
    pledges = list(
        top_ten.pledges.chosen()
        .select_related("owner", "deputy", "measure")
        .annotate(newest=Subquery(newest))
    )
    updates = ProgressUpdate.objects.select_related("written_by").in_bulk(
        [pledge.newest for pledge in pledges if pledge.newest]  # type: ignore[attr-defined]
    )
    steps = _open_steps(pledges)
    led = leaders(pledges, branch=top_ten.branch, today=today)
    polling_day = top_ten.timeline.polling_day
    found = []
    for pledge in pledges:
        seen = looked(pledge, steps[pledge.pk], owned=pledge.pk in led, today=today)
        found.append(
            Line(
                pledge=pledge,
                mine=person.pk in {pledge.owner_id, pledge.deputy_id},
                last=updates.get(pledge.newest),  # type: ignore[attr-defined]
                steps=steps[pledge.pk],
                signs=signs(seen, coming=coming, polling_day=polling_day, today=today),
                weeks=weeks_silent(heard_on=pledge.heard_on, polling_day=polling_day, today=today),
                told=told(seen, since=since),
            )
        )
    return found


def looked(
    pledge: Pledge, steps: Iterable[Step] = (), *, owned: bool = True, today: date
) -> Looked:
    """Return a pledge as the rule takes it; ``owned``: who is in the lead is there today."""
    return Looked(
        status=PledgeStatus(pledge.status),
        heard_on=pledge.heard_on,
        by_when=pledge.by_when,
        owned=owned,
        overdue=any(step.due_on is not None and step.due_on < today for step in steps),
    )


def told_of(found: Sequence[Line], *, since: date, today: date) -> int:
    """Count how many of the ten were told in a round."""
    return count_told((looked(one.pledge, today=today) for one in found), since=since)


def mine_first(found: Iterable[Line]) -> list[Line]:
    """Return the reader's own pledges first, then the others; each in the order of the ten."""
    return sorted(found, key=lambda line: (not line.mine, line.pledge.rank or 0))


def attention(found: Iterable[Line]) -> list[Line]:
    """Return those that ask for attention: own ones first, the most urgent sign first.

    That a round runs is told once, above: it is no sign of its own here.
    """
    order = list(Sign)
    asking = [line for line in found if set(line.signs) - {Sign.TO_TELL}]
    return sorted(
        asking,
        key=lambda line: (not line.mine, order.index(line.signs[0]), line.pledge.rank or 0),
    )


def next_steps(found: Iterable[Line], *, today: date) -> list[NextStep]:
    """Return the steps still to be done: overdue first, then by day, those without a day last."""
    steps = [
        NextStep(step=step, line=line, overdue=step.due_on is not None and step.due_on < today)
        for line in found
        if not line.ended
        for step in line.steps
    ]
    return sorted(
        steps,
        key=lambda one: (one.step.due_on or date.max, not one.line.mine, one.line.pledge.rank or 0),
    )


def _open_steps(pledges: Sequence[Pledge]) -> dict[int, list[Step]]:
    rows = Step.objects.filter(
        Q(done_on=None), pledge__in=[pledge.pk for pledge in pledges]
    ).order_by(F("due_on").asc(nulls_last=True), "pk")
    found: dict[int, list[Step]] = defaultdict(list)
    for row in rows:
        found[row.pledge_id].append(row)
    return found
