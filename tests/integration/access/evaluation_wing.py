"""What a house of the matrix has of an evaluation: each text of it to be recognised later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from branches.models import User
from evaluation.models import Evaluation, Promise
from process.models import Timeline
from programmes.models import Programme
from tests.evaluation_factories import evaluation_of

if TYPE_CHECKING:
    from tests.integration.access.house import Words


@dataclass(kw_only=True)
class EvaluationWing:
    """Objects that rows take."""

    evaluation: Evaluation
    promise: Promise


def build_evaluation(
    *, programme: Programme, timeline: Timeline, words: Words, people: dict[str, User]
) -> EvaluationWing:
    """Build an evaluation under way, with everything that can hang on a promise."""
    evaluation = evaluation_of(
        programme,
        timeline=timeline,
        started_by=people["council_group"],
        public_text=words.say("inleiding voor het publiek"),
    )
    promise = evaluation.promises.get(measure__number=1)
    return EvaluationWing(evaluation=evaluation, promise=promise)
