"""The list of promises that ask whether they go on, by filter and one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Q

from evaluation.enums import CarryOver, Verdict
from evaluation.models import Evaluation
from evaluation.models.evaluation import PromiseQuerySet
from evaluation.queries.desk import CHAPTER, with_text
from evaluation.rules.carrying import needs_decision
from programmes.enums import ProgrammeKind
from programmes.models import Programme

NEEDED = [verdict for verdict in Verdict.values if needs_decision(verdict)]


class Which(StrEnum):
    """Which promises the list shows; the value stands in the address."""

    OPEN = "open"
    CARRY = "mee"
    DROP = "weg"
    NEEDED = "alle"
    # R41: what was delivered may still be topical.
    DELIVERED = "gerealiseerd"


_FILTERS = {
    Which.OPEN: Q(verdict__in=NEEDED, carry_over=CarryOver.OPEN),
    Which.CARRY: Q(carry_over=CarryOver.CARRY),
    Which.DROP: Q(carry_over=CarryOver.DROP),
    Which.NEEDED: Q(verdict__in=NEEDED),
    Which.DELIVERED: Q(verdict=Verdict.DELIVERED),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryFilter:
    """What a reader asked to see.

    Attributes:
        which: by decision.
        chapter: the id of one chapter, or all.
        verdict: one verdict, or all.
    """

    which: Which = Which.OPEN
    chapter: int | None = None
    verdict: str = ""


def promises_in(evaluation: Evaluation, asked: CarryFilter) -> PromiseQuerySet:
    """Return the promises of a filter with their texts, in the order of the programme."""
    rows = evaluation.promises.current().filter(_FILTERS[asked.which])
    if asked.chapter is not None:
        rows = rows.filter(**{CHAPTER: asked.chapter})
    if asked.verdict:
        rows = rows.filter(verdict=asked.verdict)
    return with_text(rows)


def undecided_in(evaluation: Evaluation, asked: CarryFilter) -> PromiseQuerySet:
    """Return those of a filter on which nothing was decided and something can be."""
    return promises_in(evaluation, asked).filter(
        ~Q(verdict=Verdict.NOT_ASSESSED), carry_over=CarryOver.OPEN
    )


def counts(evaluation: Evaluation) -> dict[Which, int]:
    """Return how many promises each choice of ``Which`` shows: one query."""
    found = evaluation.promises.current().aggregate(
        **{which.name.lower(): Count("pk", filter=_FILTERS[which]) for which in Which}
    )
    return {which: found[which.name.lower()] for which in Which}


def draft_of(evaluation: Evaluation) -> Programme | None:
    """Return the latest draft that holds promises of this evaluation, one that can change first."""
    drafts = Programme.objects.filter(
        branch=evaluation.branch,
        kind=ProgrammeKind.DRAFT,
        measures__derived_from__programme=evaluation.programme,
    ).distinct()
    return (
        drafts.filter(frozen_on=None).order_by("-pk").first()
        or drafts.filter(next_version=None).order_by("-pk").first()
    )
