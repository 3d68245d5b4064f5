"""Everything about one promise, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from branches.models import AuditEntry, User
from branches.viewer import Viewer
from evaluation.models import Assessment, Assignment, Comment, Evaluation, Evidence, Promise
from evaluation.models.evaluation import PromiseQuerySet
from evaluation.queries.desk import footnotes_of, with_text
from programmes.models import Footnote


@dataclass(frozen=True, kw_only=True)
class PromisePage:
    """One promise with what people found, showed and said.

    Attributes:
        promise: with its measure, section and chapter.
        footnotes: that its text refers to.
        assessments: the first given first.
        waiting: who has it and found nothing yet.
        evidence: the first added first.
        comments: the first said first.
        before: the promise before it in the programme.
        after: the promise after it.
    """

    promise: Promise
    footnotes: list[Footnote]
    assessments: list[Assessment]
    waiting: list[User]
    evidence: list[Evidence]
    comments: list[Comment]
    before: Promise | None
    after: Promise | None


def promise_page(promise: Promise) -> PromisePage:
    """Return everything that the page of a promise shows."""
    assessments = list(promise.assessments.select_related("assessor").order_by("pk"))
    judged = {row.assessor_id for row in assessments}
    assigned = Assignment.objects.filter(promise=promise).select_related("person")
    number = promise.measure.number
    others = Promise.objects.current().filter(evaluation=promise.evaluation_id)
    return PromisePage(
        promise=promise,
        footnotes=footnotes_of(promise.measure),
        assessments=assessments,
        waiting=[
            row.person
            for row in assigned.order_by("person__name", "pk")
            if row.person_id not in judged
        ],
        evidence=list(promise.evidence.select_related("added_by").order_by("pk")),
        comments=list(promise.comments.select_related("author").order_by("pk")),
        before=others.filter(measure__number__lt=number).order_by("-measure__number").first(),
        after=others.filter(measure__number__gt=number).order_by("measure__number").first(),
    )


def promises_of(*, viewer: Viewer, branch_id: int) -> PromiseQuerySet:
    """Return the promises of a branch that this viewer may see, with their texts.

    A promise that is no longer in the programme is still there for who has its address.
    """
    return with_text(Promise.objects.for_viewer(viewer).filter(evaluation__branch=branch_id))


def evaluations_of(*, viewer: Viewer, branch_id: int) -> QuerySet[Evaluation]:
    """Return the evaluations of a branch that this viewer may see."""
    return (
        Evaluation.objects.for_viewer(viewer)
        .filter(branch=branch_id)
        .select_related("branch", "programme", "timeline")
    )


def disputes(*, evaluation: Evaluation) -> PromiseQuerySet:
    """Return the promises about which people differ, with who found what."""
    return with_text(evaluation.promises.current().filter(disputed=True)).prefetch_related(
        "assessments__assessor"
    )


def settled(*, evaluation: Evaluation) -> PromiseQuerySet:
    """Return the promises about which people differed, the last settled first."""
    return (
        with_text(evaluation.promises.current().exclude(settled_on=None))
        .select_related("settled_by")
        .order_by("-settled_on", "measure__number")
    )


def history_of(promise: Promise) -> list[AuditEntry]:
    """Return the trail of one promise, the latest first."""
    return list(
        AuditEntry.objects.filter(
            branch=promise.evaluation.branch_id,
            subject_type=promise._meta.label_lower,  # noqa: SLF001 - Django's own way to a name
            subject_id=str(promise.pk),
        )
        .select_related("actor")
        .order_by("-pk")
    )
