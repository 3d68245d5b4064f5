"""The door to telling of one pledge: the council group, the board, and whoever is in its lead."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import QuerySet
from django.http import Http404

from branches import gate
from branches.gate import ViewerRequest
from branches.models import Branch
from evaluation.models import Pledge, PledgeEvidence, ProgressUpdate, Step
from evaluation.ten_people import delivers

Part = TypeVar("Part", ProgressUpdate, Step, PledgeEvidence)

_ABOVE = (
    "top_ten__branch",
    "top_ten__timeline__branch",
    "top_ten__timeline__election",
    "top_ten__programme",
    "measure",
    "owner",
    "deputy",
)


def pledge_to_deliver(request: ViewerRequest, branch: Branch, pk: int) -> Pledge:
    """Return a pledge of this branch of which the reader may tell.

    Raises:
        PermissionDenied: the reader may not; who may not learns nothing of what is there.
        Http404: there is none.
    """
    rows = Pledge.objects.for_viewer(request.viewer).filter(top_ten__branch=branch)
    pledge = rows.select_related(*_ABOVE).filter(pk=pk).first()
    _let_pass(request, branch, pledge)
    if pledge is None:
        raise Http404
    return pledge


def update_to_deliver(request: ViewerRequest, branch: Branch, pk: int) -> ProgressUpdate:
    """Return an update of such a pledge; see ``pledge_to_deliver``."""
    return _part(request, branch, ProgressUpdate.objects.for_viewer(request.viewer), pk)


def step_to_deliver(request: ViewerRequest, branch: Branch, pk: int) -> Step:
    """Return a step of such a pledge; see ``pledge_to_deliver``."""
    return _part(request, branch, Step.objects.for_viewer(request.viewer), pk)


def evidence_to_deliver(request: ViewerRequest, branch: Branch, pk: int) -> PledgeEvidence:
    """Return a document of such a pledge; see ``pledge_to_deliver``."""
    return _part(request, branch, PledgeEvidence.objects.for_viewer(request.viewer), pk)


def _part(request: ViewerRequest, branch: Branch, rows: QuerySet[Part], pk: int) -> Part:
    above = [f"pledge__{name}" for name in _ABOVE]
    row = rows.filter(pledge__top_ten__branch=branch, pk=pk).select_related(*above).first()
    _let_pass(request, branch, row.pledge if row is not None else None)
    if row is None:
        raise Http404
    return row


def _let_pass(request: ViewerRequest, branch: Branch, pledge: Pledge | None) -> None:
    """Let the role pass, or being in the lead of this very pledge."""
    if pledge is None or not delivers(viewer=request.viewer, branch=branch, pledge=pledge):
        gate.check(request.viewer, "evaluation.deliver", branch)
