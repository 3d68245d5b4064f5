"""What residents saw of the ten: what waits for the branch, and what was done with it lately."""

from __future__ import annotations

from typing import Final

from django.db.models import QuerySet

from branches.viewer import Viewer
from evaluation.enums_ten import ProposalState
from evaluation.models import ProposedUpdate, TopTen

PAGE_SIZE: Final = 30
LATEST: Final = 20
"""So many that were decided are shown; an update that was taken over stands with its pledge."""


def proposals_of(*, viewer: Viewer, top_ten: TopTen) -> QuerySet[ProposedUpdate]:
    """Return what was proposed for one top ten, with what a page shows of it."""
    return (
        ProposedUpdate.objects.for_viewer(viewer)
        .filter(pledge__top_ten=top_ten)
        .select_related("pledge", "decided_by", "update")
    )


def waiting(rows: QuerySet[ProposedUpdate]) -> QuerySet[ProposedUpdate]:
    """Return what waits: who waits longest first, what looks like an advertisement last."""
    return rows.filter(state=ProposalState.WAITING).order_by("suspicious", "received_on", "pk")


def decided(rows: QuerySet[ProposedUpdate]) -> list[ProposedUpdate]:
    """Return what was decided last."""
    done = rows.exclude(state=ProposalState.WAITING)
    return list(done.order_by("-decided_on", "-pk")[:LATEST])
