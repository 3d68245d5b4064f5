"""What branches agreed, by theme, so that neighbours find what works (R42, R43)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery

from branches.models import Branch
from branches.viewer import Viewer
from evaluation.models import Pledge, ProgressUpdate, TopTen
from evaluation.models.ten import PledgeQuerySet
from programmes.enums import ProgrammeKind
from programmes.models import Programme
from programmes.models.programme import ProgrammeQuerySet


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What somebody looks for; empty means all.

    Attributes:
        theme: a value of ``PledgeTheme``.
        status: a value of ``PledgeStatus``.
        words: each must stand in the title, the text or the name of the branch.
    """

    theme: str = ""
    status: str = ""
    words: str = ""


def shown_by_others(*, branch: Branch, sought: Sought) -> PledgeQuerySet:
    """Return pledges that other branches show to everybody, the ones with the latest news first."""
    there = TopTen.objects.alive().exclude(branch=branch)
    return found(Pledge.objects.chosen().filter(top_ten__in=there), sought)


def found(pledges: PledgeQuerySet, sought: Sought) -> PledgeQuerySet:
    """Return those that are sought, each with ``last_text``: the latest that everybody may read."""
    rows = pledges
    if sought.theme:
        rows = rows.filter(theme=sought.theme)
    if sought.status:
        rows = rows.filter(status=sought.status)
    for word in sought.words.split():
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(text__icontains=word)
            | Q(top_ten__branch__name__icontains=word)
        )
    latest = (
        ProgressUpdate.objects.standing()
        .filter(pledge=OuterRef("pk"), public=True)
        .order_by("-day", "-pk")
    )
    return (
        rows.select_related("top_ten__branch", "top_ten__timeline")
        .annotate(last_text=Subquery(latest.values("text")[:1]))
        .order_by("-status_on", "top_ten__branch__name", "rank", "pk")
    )


def by_theme(pledges: PledgeQuerySet) -> dict[str, int]:
    """Return theme → how many of these there are; one query."""
    rows = pledges.order_by().values("theme").annotate(n=Count("pk"))
    return {row["theme"]: row["n"] for row in rows}


def drafts(*, viewer: Viewer, branch: Branch) -> ProgrammeQuerySet:
    """Return the drafts of a branch into which something can still be taken over, newest first."""
    return (
        Programme.objects.for_viewer(viewer)
        .newest()
        .filter(branch=branch, kind=ProgrammeKind.DRAFT, frozen_on=None)
        .order_by("-pk")
    )
