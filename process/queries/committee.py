"""The committee as a page shows it: who sits, who was asked, the mix, diversity in totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from process.enums import ApproachAnswer, ApproachReason, DecisionKind
from process.models import ApproachedPerson, CommitteeSeat, Decision, DiversityTally, Timeline
from process.rules.diversity import ENOUGH, QUESTIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """``done`` of ``total`` people, for one line of a mix."""

    label: str
    done: int
    total: int
    joining: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """Whom the people approached are asked for, and where they come from (R7, R14)."""

    total: int
    reasons: tuple[Share, ...]
    missing: tuple[str, ...]
    outside: int
    joining: int


def mix_of(people: Sequence[ApproachedPerson]) -> Mix:
    """Count a list of people approached; those who said no still count as asked."""
    total = len(people)
    shares = tuple(
        Share(
            label=str(reason.label),
            done=sum(person.why == reason for person in people),
            total=total,
            joining=sum(
                person.why == reason and person.answer == ApproachAnswer.YES for person in people
            ),
        )
        for reason in ApproachReason
    )
    return Mix(
        total=total,
        reasons=shares,
        missing=tuple(share.label for share in shares if not share.done),
        outside=sum(not person.in_party for person in people),
        joining=sum(share.joining for share in shares),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Diversity:
    """How many answered; ``totals`` (question → answer → count) only from five people up."""

    answered: int
    still_needed: int
    totals: dict[str, dict[str, int]]


def diversity_of(timeline: Timeline) -> Diversity:
    """Return the totals of a committee, or how many answers are still needed: two queries."""
    answered = CommitteeSeat.objects.filter(timeline=timeline, has_declared=True).count()
    if answered < ENOUGH:
        return Diversity(answered=answered, still_needed=ENOUGH - answered, totals={})
    counts = {
        (row.question, row.answer): row.count
        for row in DiversityTally.objects.filter(timeline=timeline)
    }
    totals = {
        question: {answer: counts.get((question, answer), 0) for answer in answers}
        for question, answers in QUESTIONS.items()
    }
    return Diversity(answered=answered, still_needed=0, totals=totals)


def commission_of(timeline: Timeline) -> Decision | None:
    """Return the decision that holds the commission now (R9)."""
    return (
        Decision.objects.current()
        .filter(timeline=timeline, kind=DecisionKind.SET_COMMISSION)
        .select_related("meeting")
        .first()
    )
