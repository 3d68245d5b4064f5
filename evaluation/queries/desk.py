"""What the desk shows: the next promise that is mine, and how far we are. Constant in queries."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Exists, F, OuterRef, Q

from branches.models import User
from evaluation.enums import EVIDENCE_ASKED, REASON_ASKED, Verdict
from evaluation.models import Assessment, Assignment, Evaluation, Evidence, Promise
from evaluation.models.evaluation import PromiseQuerySet
from programmes.models import Footnote, Measure

CHAPTER = "measure__section__chapter"


class Whose(StrEnum):
    """Whose promises somebody goes through; the value stands in the address."""

    MINE = "mij"
    NOBODYS = "niemand"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How far the evaluation is, and how far this person is.

    Attributes:
        total: promises that stand in the programme.
        assessed: those with an outcome.
        disputed: those about which people differ.
        mine: dealt out to this person.
        mine_left: of those, not judged by this person yet.
        nobodys: neither dealt out nor judged by anybody.
    """

    total: int
    assessed: int
    disputed: int
    mine: int
    mine_left: int
    nobodys: int


@dataclass(frozen=True, kw_only=True)
class ChapterLeft:
    """A chapter in which something is still to be judged."""

    pk: int
    title: str
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterChoice:
    """A chapter that can be chosen."""

    pk: int
    title: str


def with_text(promises: PromiseQuerySet) -> PromiseQuerySet:
    """Return the promises with all that names them, in the order of the programme."""
    return promises.select_related(
        f"{CHAPTER}__programme",
        "evaluation__branch",
        "evaluation__programme",
        "evaluation__top_ten",
    ).order_by("measure__number", "pk")


def to_judge(*, evaluation: Evaluation, user: User, whose: Whose) -> PromiseQuerySet:
    """Return what ``user`` can still judge: what was dealt out to them, or what nobody has."""
    there = OuterRef("pk")
    assigned = Assignment.objects.filter(promise=there)
    found = Assessment.objects.filter(promise=there)
    rows = Promise.objects.current().filter(evaluation=evaluation)
    if whose is Whose.NOBODYS:
        return rows.filter(~Exists(assigned), ~Exists(found))
    return rows.filter(Exists(assigned.filter(person=user)), ~Exists(found.filter(assessor=user)))


def next_to_judge(
    *, evaluation: Evaluation, user: User, whose: Whose, after: int = 0, chapter: int | None = None
) -> Promise | None:
    """Return the first promise to judge after a number; past the last one it begins anew.

    So what was skipped comes back, in its own order, once the rest is done.
    """
    rows = with_text(to_judge(evaluation=evaluation, user=user, whose=whose))
    if chapter is not None:
        rows = rows.filter(**{CHAPTER: chapter})
    return rows.filter(measure__number__gt=after).first() or (rows.first() if after else None)


def standing(*, evaluation: Evaluation, user: User) -> Standing:
    """Count everything that the desk tells: one query."""
    there = OuterRef("pk")
    assigned = Assignment.objects.filter(promise=there)
    found = Assessment.objects.filter(promise=there)
    return Standing(
        **evaluation.promises.current()
        .annotate(
            to_me=Exists(assigned.filter(person=user)),
            by_me=Exists(found.filter(assessor=user)),
            to_anybody=Exists(assigned),
            by_anybody=Exists(found),
        )
        .aggregate(
            total=Count("pk"),
            assessed=Count("pk", filter=~Q(verdict=Verdict.NOT_ASSESSED)),
            disputed=Count("pk", filter=Q(disputed=True)),
            mine=Count("pk", filter=Q(to_me=True)),
            mine_left=Count("pk", filter=Q(to_me=True, by_me=False)),
            nobodys=Count("pk", filter=Q(to_anybody=False, by_anybody=False)),
        )
    )


def chapters(evaluation: Evaluation) -> list[ChapterChoice]:
    """Return the chapters with promises, in the order of the programme."""
    rows = (
        evaluation.promises.current()
        .order_by(f"{CHAPTER}__position", CHAPTER)
        .values_list(CHAPTER, f"{CHAPTER}__title")
        .distinct()
    )
    return [ChapterChoice(pk=pk, title=title) for pk, title in dict(rows).items()]


def chapters_left(*, evaluation: Evaluation, user: User, whose: Whose) -> list[ChapterLeft]:
    """Return the chapters in which something is left, in order: one query."""
    rows = (
        to_judge(evaluation=evaluation, user=user, whose=whose)
        .order_by()
        .values(pk_=F(CHAPTER), title=F(f"{CHAPTER}__title"), place=F(f"{CHAPTER}__position"))
        .annotate(left=Count("pk"))
        .order_by("place")
    )
    return [ChapterLeft(pk=row["pk_"], title=row["title"], left=row["left"]) for row in rows]


def without_evidence(*, evaluation: Evaluation, user: User) -> PromiseQuerySet:
    """Return what ``user`` judged and what counts as delivered, and nothing shows it yet (R39)."""
    shown = Evidence.objects.filter(promise=OuterRef("pk"))
    return _judged_by(user, evaluation).filter(~Exists(shown), verdict__in=EVIDENCE_ASKED)


def without_reason(*, evaluation: Evaluation, user: User) -> PromiseQuerySet:
    """Return what ``user`` judged and what asks for a reason that nobody gave yet."""
    return _judged_by(user, evaluation).filter(verdict__in=REASON_ASKED, reason="")


def _judged_by(user: User, evaluation: Evaluation) -> PromiseQuerySet:
    found = Assessment.objects.filter(promise=OuterRef("pk"), assessor=user)
    return with_text(evaluation.promises.current()).filter(Exists(found))


def footnotes_of(measure: Measure) -> list[Footnote]:
    """Return the notes that a measure refers to; a number may occur twice in a chapter."""
    if not measure.footnotes or measure.section is None:
        return []
    return list(
        Footnote.objects.filter(
            chapter_id=measure.section.chapter_id, number__in=measure.footnotes
        ).order_by("position")
    )
