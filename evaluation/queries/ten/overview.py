"""What the overview of the top ten shows, and what comes next on the way to it (R58)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from branches.models import Branch
from branches.viewer import Viewer
from evaluation.agreeing_words import sentence
from evaluation.models import Pledge, TopTen
from evaluation.queries.ten.choosing import the_ten
from evaluation.queries.ten.current import top_tens
from evaluation.queries.ten.people import leaders
from evaluation.queries.ten.story import Story, stories
from evaluation.rules.pledge import TEN
from evaluation.services.ten.agreeing import current_decision, what_is_missing
from process.models import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How far the choice is.

    Attributes:
        candidates: how many there are, ranked or not.
        ranked: how many of the ten have a place.
        led: how many of those have two people.
        decision: of the members, when it is recorded.
        lacks: sentences about what is missing.
        next: the step to take now: choose, owners, decide or agree.
    """

    candidates: int
    ranked: int
    led: int
    decision: Decision | None
    lacks: list[str]
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What there is.

    Attributes:
        shown: the agreed ten that the page is about; None: none was agreed yet.
        choosing: the one that is being chosen.
        others: earlier ones that were agreed.
        pledges: of ``shown``, in order, each with its story.
        led: those with somebody in the lead who is there today, by primary key.
    """

    shown: TopTen | None
    choosing: TopTen | None
    others: Sequence[TopTen]
    pledges: list[tuple[Pledge, Story]]
    led: frozenset[int] = frozenset()


def overview(*, viewer: Viewer, branch: Branch, asked: int | None) -> Overview:
    """Return what the overview shows.

    Args:
        viewer: who looks, inside the branch or at the national office.
        branch: whose.
        asked: an earlier top ten that the address asks for.
    """
    rows = list(top_tens(viewer=viewer, branch=branch))
    agreed = [row for row in rows if row.is_agreed]
    shown = next((row for row in agreed if row.pk == asked), agreed[0] if agreed else None)
    pledges = the_ten(shown) if shown else []
    told = stories(pledges) if pledges else {}
    return Overview(
        shown=shown,
        choosing=next((row for row in rows if not row.is_agreed), None),
        others=[row for row in agreed if row != shown],
        pledges=[(row, told[row.pk]) for row in pledges],
        led=leaders(pledges, branch=branch, today=viewer.today),
    )


def way_of(top_ten: TopTen, *, today: date) -> Way:
    """Return how far the choice of a top ten is."""
    rows = list(top_ten.pledges.only("rank", "owner", "deputy"))
    ranked = [row for row in rows if row.rank is not None]
    led = sum(1 for row in ranked if row.owner_id and row.deputy_id)
    decision = current_decision(top_ten)
    lacks = [sentence(one) for one in what_is_missing(top_ten, today=today)]
    if len(ranked) != TEN:
        step = "choose"
    elif led != TEN:
        step = "owners"
    elif decision is None:
        step = "decide"
    else:
        step = "agree"
    return Way(
        candidates=len(rows),
        ranked=len(ranked),
        led=led,
        decision=decision,
        lacks=lacks,
        next=step,
    )
