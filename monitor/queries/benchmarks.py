"""The results that branches show to everybody, as counts: nothing of what one keeps to itself.

An evaluation counts once its branch switched the public page on, a top ten once it was agreed and
its page is on; switching it off takes it out at the next look. After a merger such a page stays,
and so it goes on counting as the branch that it was of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce

from branches.models import Branch
from branches.models.branch import reads_on
from evaluation.models import Evaluation, Pledge, Promise, TopTen
from monitor.rules.benchmark import Piece, Subject
from monitor.rules.size import size_of
from monitor.rules.themes import theme_of
from process.models import Election, Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is compared.

    Attributes:
        showing: branches that show their result.
        under_way: branches on their way to the election, whether they show it or not; of those
            that merged too, for their pages stay.
    """

    pieces: list[Piece]
    showing: int
    under_way: int


def shown(*, subject: Subject, election: Election) -> Shown:
    """Return the results that branches show: three statements.

    Args:
        subject: evaluations on the way to the election (of the programme before), or top tens that
            were agreed for it.
        election: which one.
    """
    rows = _promises(election) if subject is Subject.EVALUATIONS else _pledges(election)
    counted = list(rows)
    places = _places({branch for branch, *_rest in counted})
    pieces = [
        Piece(
            branch=branch,
            theme=theme,
            province=places[branch][0],
            size=size_of(places[branch][1]).value,
            outcome=outcome,
            count=count,
        )
        for branch, theme, outcome, count in counted
    ]
    return Shown(
        pieces=pieces,
        showing=len(places),
        under_way=Timeline.objects.filter(reads_on("branch__"), election=election).count(),
    )


def _promises(election: Election) -> Iterable[tuple[int, str, str, int]]:
    rows = (
        Promise.objects.current()
        .filter(evaluation__in=Evaluation.objects.public(), evaluation__timeline__election=election)
        .order_by()
        .values_list("evaluation__branch_id", "measure__section__chapter__title", "verdict")
        .annotate(n=Count("pk"))
    )
    for branch, title, verdict, count in rows:
        yield branch, theme_of(title).value, verdict, count


def _pledges(election: Election) -> Iterable[tuple[int, str, str, int]]:
    return (
        Pledge.objects.chosen()
        .filter(top_ten__in=TopTen.objects.public(), top_ten__timeline__election=election)
        .order_by()
        .values_list("top_ten__branch_id", "theme", "status")
        .annotate(n=Count("pk"))
    )


def _places(branches: set[int]) -> dict[int, tuple[str, int]]:
    """Return branch → province and inhabitants."""
    rows = (
        Branch.objects.order_by()
        .annotate(inhabitants=Coalesce(Sum("municipalities__population"), 0))
        .values_list("pk", "province", "inhabitants")
    )
    return {pk: (province, people) for pk, province, people in rows if pk in branches}
