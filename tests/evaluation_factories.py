"""Real rows for tests of the evaluation."""

from __future__ import annotations

from typing import Any

from branches.models import Branch
from evaluation.models import Evaluation, Promise
from process.models import Timeline
from programmes.models import Programme
from tests.clock import FIRST_DAY
from tests.programme_factories import programme_with

TWO_CHAPTERS = {
    "Wonen": ["We bouwen 200 woningen.", "We planten 100 bomen."],
    "Zorg": ["Elke wijk krijgt een huisarts."],
}


def evaluation_of(
    programme: Programme | None = None,
    *,
    branch: Branch | None = None,
    timeline: Timeline | None = None,
    **fields: Any,
) -> Evaluation:
    """Return an evaluation with a promise for each measure, nothing dealt out or judged yet."""
    if programme is None:
        programme = programme_with(
            TWO_CHAPTERS, branch=branch or (timeline.branch if timeline else None)
        )
    assert programme.branch is not None
    evaluation = Evaluation.objects.create(
        branch=programme.branch,
        programme=programme,
        timeline=timeline,
        started_on=fields.pop("started_on", FIRST_DAY),
        **fields,
    )
    Promise.objects.bulk_create(
        Promise(evaluation=evaluation, measure=measure) for measure in programme.measures.current()
    )
    return evaluation
