"""What a branch can look back at, and on the way to which election."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet

from branches.models import Branch
from branches.viewer import Viewer
from process.models import Timeline
from programmes.enums import ProgrammeKind
from programmes.models import Programme


def previous(*, viewer: Viewer, branch: Branch) -> QuerySet[Programme]:
    """Return the previous programmes of a branch, newest first."""
    return (
        Programme.objects.for_viewer(viewer)
        .filter(branch=branch, kind=ProgrammeKind.PREVIOUS)
        .order_by("-year", "-pk")
    )


def startable(*, viewer: Viewer, branch: Branch) -> QuerySet[Programme]:
    """Return those that nobody looks back at yet, each with how many it ``promised``."""
    return (
        previous(viewer=viewer, branch=branch)
        .filter(evaluation=None, next_version=None)
        .annotate(promised=Count("measures", filter=Q(measures__retired_on=None)))
        .filter(promised__gt=0)
    )


def timeline_for(*, branch: Branch, today: date) -> Timeline | None:
    """Return the way to the next election; without one, to the last; without any, nothing."""
    rows = Timeline.objects.filter(branch=branch)
    return (
        rows.filter(polling_day__gte=today).order_by("polling_day").first()
        or rows.order_by("-polling_day").first()
    )
