"""Which top ten a page is about."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from branches.models import Branch
from branches.viewer import Viewer
from evaluation.models import TopTen
from process.models import Timeline
from programmes.enums import ProgrammeKind
from programmes.models import Programme


def top_tens(*, viewer: Viewer, branch: Branch) -> QuerySet[TopTen]:
    """Return the top tens of a branch, of the latest election first."""
    return (
        TopTen.objects.for_viewer(viewer)
        .filter(branch=branch)
        .select_related("timeline__election", "timeline__branch", "programme", "branch")
        .order_by("-timeline__polling_day", "-pk")
    )


def current_top_ten(*, viewer: Viewer, branch: Branch) -> TopTen | None:
    """Return the top ten that is worked on: the one that was agreed last, else the one begun last.

    While the next ten are being chosen, those that were agreed are still worked on: both are on the
    overview.
    """
    rows = list(top_tens(viewer=viewer, branch=branch))
    return next((row for row in rows if row.is_agreed), rows[0] if rows else None)


def timeline_for_ten(*, branch: Branch, today: date) -> Timeline | None:
    """Return the way to the next election for which nothing was chosen yet; None: there is none."""
    return (
        Timeline.objects.filter(branch=branch, polling_day__gt=today, top_ten=None)
        .select_related("election", "branch")
        .order_by("polling_day")
        .first()
    )


def programmes_for_ten(*, viewer: Viewer, branch: Branch) -> QuerySet[Programme]:
    """Return what can be chosen from: adopted programmes, and drafts that may become one.

    Newest versions only, newest first.
    """
    return (
        Programme.objects.for_viewer(viewer)
        .newest()
        .filter(branch=branch, kind__in=[ProgrammeKind.ADOPTED, ProgrammeKind.DRAFT])
        .filter(measures__retired_on=None, measures__isnull=False)
        .distinct()
        .order_by("kind", "-year", "-pk")
    )
