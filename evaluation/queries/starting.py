"""What a branch can look back at, and on the way to which election."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from branches.models import Branch
from branches.viewer import Viewer
from evaluation.models import TopTen
from process.models import Timeline
from programmes.enums import ProgrammeKind
from programmes.models import Measure, Programme


def looked_back_at(*, today: date) -> Q:
    """Return which programmes of a branch can be evaluated: what was promised in an earlier term.

    A previous programme, and the adopted programme of an election that has been. Of which election
    an adopted programme is, its top ten says; without one, its year, held against the branch's
    timelines.

    Args:
        today: on polling day itself the election has been.
    """
    tens = TopTen.objects.filter(programme=OuterRef("pk"))
    same_year = Timeline.objects.filter(
        branch=OuterRef("branch"), polling_day__year=OuterRef("year")
    )
    been = Q(polling_day__lte=today)
    without_ten = ~Exists(tens) & (
        Exists(same_year.filter(been)) | Q(year__lt=today.year) & ~Exists(same_year)
    )
    return Q(kind=ProgrammeKind.PREVIOUS) | Q(kind=ProgrammeKind.ADOPTED) & (
        Exists(tens.filter(timeline__polling_day__lte=today)) | without_ten
    )


def previous(*, viewer: Viewer, branch: Branch) -> QuerySet[Programme]:
    """Return what a branch can look back at, newest first: see ``looked_back_at``."""
    return (
        Programme.objects.for_viewer(viewer)
        .filter(looked_back_at(today=viewer.today), branch=branch)
        .order_by("-year", "-pk")
    )


def startable(*, viewer: Viewer, branch: Branch) -> QuerySet[Programme]:
    """Return those that nobody looks back at yet, each with how many it ``promised``.

    Of a document with several versions the newest; of an adopted one the version that the ten were
    chosen from, for that is what was promised at the election.
    """
    tens = TopTen.objects.filter(programme=OuterRef("pk"))
    # The same document, of which another version is looked back at already or has the ten.
    elsewhere = Measure.objects.filter(
        programme=OuterRef("pk"),
        identity__in=Measure.objects.filter(programme__branch=branch.pk)
        .exclude(programme=OuterRef(OuterRef("pk")))
        .filter(Q(programme__top_tens__isnull=False) | Q(programme__evaluation__isnull=False))
        .values("identity"),
    )
    fits = Q(kind=ProgrammeKind.PREVIOUS, next_version=None) | (
        Q(kind=ProgrammeKind.ADOPTED) & (Exists(tens) | Q(next_version=None) & ~Exists(elsewhere))
    )
    return (
        previous(viewer=viewer, branch=branch)
        .filter(fits, evaluation=None)
        .annotate(promised=Count("measures", filter=Q(measures__retired_on=None), distinct=True))
        .filter(promised__gt=0)
    )


def timeline_for(*, branch: Branch, programme: Programme, today: date) -> Timeline | None:
    """Return the timeline that hears how far the evaluation of a programme is.

    Of a previous programme: the way to the next election; without one, to the last; without any,
    nothing. Of an adopted one: the way to the election after its own, if that is there already.
    """
    rows = Timeline.objects.filter(branch=branch)
    coming = rows.filter(polling_day__gte=today).order_by("polling_day")
    if programme.kind == ProgrammeKind.ADOPTED:
        return coming.exclude(pk__in=own_timelines(programme)).first()
    return coming.first() or rows.order_by("-polling_day").first()


def own_timelines(programme: Programme) -> QuerySet[Timeline]:
    """Return the ways to the election that an adopted programme was made for."""
    of_year = Q(branch=programme.branch_id, polling_day__year=programme.year or 0)
    return Timeline.objects.filter(of_year | Q(top_ten__programme=programme))
