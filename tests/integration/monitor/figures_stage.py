"""Branches that are further, later, or shown: the stage of the figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from evaluation.enums import Verdict
from evaluation.models import Evaluation
from process.models import Election, Milestone, Timeline
from tests.evaluation_factories import evaluation_of
from tests.factories import BranchFactory
from tests.process_factories import ElectionFactory, TimelineFactory

POLLING, LAST_POLLING = date(2022, 3, 16), date(2018, 3, 21)
TODAY = date(2021, 10, 4)
STEP = "programme_adopted"


def under_way(
    *, done: date | None = None, target: date, deadline: date, election: Election | None = None
) -> Timeline:
    """Return a branch with these days for one step: the adoption of the programme."""
    row = TimelineFactory(election=election or ElectionFactory(), done={STEP: done} if done else {})
    Milestone.objects.filter(timeline=row, key=STEP).update(target=target, deadline=deadline)
    return row


def last_time(count: int, *, done: Mapping[int, date]) -> Election:
    """Return the election of 2018 with branches; ``done`` tells who adopted on which day."""
    election = ElectionFactory(polling_day=LAST_POLLING)
    for place in range(count):
        TimelineFactory(
            election=election,
            created_on=date(2017, 1, 9),
            done={STEP: done[place]} if place in done else {},
        )
    return election


def shown_evaluation(*, public: bool = True, verdict: str = Verdict.DELIVERED) -> Evaluation:
    """Return the evaluation of a new branch: two promises on housing, one on care."""
    timeline = TimelineFactory(branch=BranchFactory(province="PV26"))
    evaluation = evaluation_of(timeline=timeline, public_since=TODAY if public else None)
    evaluation.promises.update(verdict=verdict)
    return evaluation
