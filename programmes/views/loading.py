"""What the pages of this room share."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from branches.gate import ViewerRequest
from core.pages import CONFLICT, whole_number
from programmes.models import Programme, ProgrammeImport
from programmes.queries import listing
from programmes.views.doors import Door, Trail


def own_programme(request: ViewerRequest, door: Door, pk: int) -> Programme:
    """Return a programme of one's own (404 otherwise): one that may change behind this door."""
    rows = listing.of_branch(viewer=request.viewer, branch=door.branch)
    return get_object_or_404(rows.select_related("branch"), pk=pk, branch=door.branch)


def own_import(request: ViewerRequest, door: Door, pk: int) -> ProgrammeImport:
    """Return a file behind this door (404 otherwise), with the programme that it corrects."""
    rows = listing.imports_of(viewer=request.viewer, branch=door.branch)
    return get_object_or_404(
        rows.select_related("programme", "next_of", "uploaded_by", "branch"), pk=pk
    )


def asked_programme(
    request: ViewerRequest, door: Door, name: str = "programme"
) -> Programme | None:
    """Return the programme that the address names as ``?programme=``, or under another name.

    Raises:
        Http404: it names one, but not one that may be changed behind this door.
    """
    if name not in request.GET:
        return None
    pk = whole_number(request, name)
    if pk is None:
        raise Http404
    return own_programme(request, door, pk)


def confirm(
    request: ViewerRequest,
    door: Door,
    *,
    question: str,
    yes: str,
    back: str,
    explanation: str = "",
    consequences: tuple[str, ...] = (),
    refused: str = "",
    way: Trail,
) -> HttpResponse:
    """Ask before something that matters; 409 when it was refused."""
    return render(
        request,
        "programmes/confirm.html",
        {
            **door.context(),
            "question": question,
            "explanation": explanation,
            "consequences": consequences,
            "yes": yes,
            "back": back,
            "refused": refused,
            "trail": way,
        },
        status=CONFLICT if refused else 200,
    )
