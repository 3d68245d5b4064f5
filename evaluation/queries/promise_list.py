"""The promises of an evaluation as a list: filtered, in the order of the programme.

The number of questions to the database does not grow with the promises.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from branches.models import User
from evaluation.enums import EVIDENCE_ASKED, REASON_ASKED, CarryOver, Verdict
from evaluation.models import Assessment, Assignment, Evaluation, Evidence, Promise
from evaluation.models.evaluation import PromiseQuerySet
from evaluation.queries.desk import CHAPTER, Whose, chapters, with_text
from evaluation.queries.portfolios import portfolio_names

DISPUTED = "disputed"


class Missing(StrEnum):
    """What a promise still misses; the value stands in the address."""

    REASON = "reden"
    EVIDENCE = "bewijs"
    MINE = "mijn-oordeel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which promises; what is empty asks nothing.

    Attributes:
        text: that occurs in the promise, or its number.
        chapter: id of a chapter.
        portfolio: its name.
        who: a value of ``Whose``, or the id of somebody to whom they were dealt out.
        verdict: a value of ``Verdict``, or ``DISPUTED``.
        missing: a value of ``Missing``.
        carry_over: a value of ``CarryOver``.
    """

    text: str = ""
    chapter: str = ""
    portfolio: str = ""
    who: str = ""
    verdict: str = ""
    missing: str = ""
    carry_over: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What can be chosen in the filter: pairs of value and label."""

    chapters: Sequence[tuple[str, str]]
    portfolios: Sequence[tuple[str, str]]
    people: Sequence[tuple[str, str]]


def choices(*, evaluation: Evaluation) -> Choices:
    """Return the chapters, portfolios and people of an evaluation: three queries."""
    people = User.objects.filter(
        pk__in=Assignment.objects.filter(promise__evaluation=evaluation).values("person")
    )
    return Choices(
        chapters=[(str(chapter.pk), chapter.title) for chapter in chapters(evaluation)],
        portfolios=[(name, name) for name in portfolio_names(evaluation=evaluation)],
        people=[(str(person.pk), str(person)) for person in people.order_by("name", "email")],
    )


def filtered(*, evaluation: Evaluation, wanted: Filter, user: User) -> PromiseQuerySet:
    """Return the promises that a filter lets through, as ``user`` sees them."""
    asked = _of_text(wanted.text) & _of_outcome(wanted.verdict)
    if wanted.chapter:
        asked &= Q(**{CHAPTER: int(wanted.chapter)})
    if wanted.portfolio:
        asked &= Q(portfolio=wanted.portfolio)
    if wanted.carry_over:
        asked &= Q(carry_over=wanted.carry_over)
    asked &= _of_people(wanted.who, user) & _of_missing(wanted.missing, user)
    return evaluation.promises.current().filter(asked)


def _of_text(text: str) -> Q:
    if not text:
        return Q()
    number = text.strip(". ")
    if number.isascii() and number.isdigit() and len(number) < len(str(2**31)):
        return Q(measure__text__icontains=text) | Q(measure__number=int(number))
    return Q(measure__text__icontains=text)


def _of_outcome(verdict: str) -> Q:
    if verdict == DISPUTED:
        return Q(disputed=True)
    return Q(verdict=verdict, disputed=False) if verdict else Q()


def _of_people(who: str, user: User) -> Q:
    if not who:
        return Q()
    assigned = Assignment.objects.filter(promise=OuterRef("pk"))
    if who == Whose.NOBODYS:
        return Q(~Exists(assigned))
    return Q(Exists(assigned.filter(person=user.pk if who == Whose.MINE else int(who))))


def _of_missing(missing: str, user: User) -> Q:
    there = OuterRef("pk")
    if missing == Missing.REASON:
        return Q(verdict__in=REASON_ASKED, reason="")
    if missing == Missing.EVIDENCE:
        shown = Evidence.objects.filter(promise=there)
        return Q(~Exists(shown), verdict__in=EVIDENCE_ASKED)
    if missing == Missing.MINE:
        return Q(~Exists(Assessment.objects.filter(promise=there, assessor=user)))
    return Q()


def shown(promises: PromiseQuerySet, *, user: User) -> PromiseQuerySet:
    """Return promises with everything that a line of the list tells.

    ``my_verdict`` is what ``user`` found, ``has_evidence`` whether something shows it.
    """
    there = OuterRef("pk")
    mine = Assessment.objects.filter(promise=there, assessor=user)
    people = Assignment.objects.select_related("person").order_by("person__name", "pk")
    return (
        with_text(promises)
        .annotate(
            my_verdict=Subquery(mine.values("verdict")[:1]),
            has_evidence=Exists(Evidence.objects.filter(promise=there)),
        )
        .prefetch_related(Prefetch("assignments", queryset=people))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What doing the same to many promises comes to.

    Attributes:
        selected: how many there are.
        replaced: that now say something else, which goes.
        skipped: that stay as they are, for it cannot be done to them.
    """

    selected: int
    replaced: int = 0
    skipped: int = 0


def effect_of_judging(promises: QuerySet[Promise], *, user: User, verdict: str) -> Effect:
    """Return what giving one's own verdict on these comes to."""
    mine = Assessment.objects.filter(promise__in=promises.values("pk"), assessor=user)
    return Effect(selected=promises.count(), replaced=mine.exclude(verdict=verdict).count())


def effect_of_naming(promises: QuerySet[Promise], *, portfolio: str) -> Effect:
    """Return what putting these in a portfolio comes to."""
    others = promises.exclude(portfolio__in=("", portfolio))
    return Effect(selected=promises.count(), replaced=others.count())


def effect_of_dealing(promises: QuerySet[Promise]) -> Effect:
    """Return what dealing these out comes to."""
    has = Exists(Assignment.objects.filter(promise=OuterRef("pk")))
    return Effect(selected=promises.count(), replaced=promises.filter(has).count())


def effect_of_deciding(promises: QuerySet[Promise], *, carry_over: str) -> Effect:
    """Return what deciding whether these go on comes to."""
    undecidable = promises.filter(verdict=Verdict.NOT_ASSESSED)
    decided = promises.exclude(carry_over__in=(CarryOver.OPEN, carry_over))
    if carry_over == CarryOver.OPEN:
        return Effect(selected=promises.count(), replaced=decided.count())
    return Effect(
        selected=promises.count(),
        replaced=decided.exclude(verdict=Verdict.NOT_ASSESSED).count(),
        skipped=undecidable.count(),
    )
