"""What the pages of this room share."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from branches.gate import ViewerRequest
from branches.models import Branch
from core.pages import CONFLICT, whole_number
from programmes.models import Programme, ProgrammeImport
from programmes.queries import listing

Trail = list[tuple[str, str]]


def trail(branch: Branch, *more: tuple[str, str]) -> Trail:
    """Return the way back: the programmes, and what comes between."""
    return [(_("Programmes"), reverse("programmes:programmes", args=[branch.slug])), *more]


def own_programme(request: ViewerRequest, branch: Branch, pk: int) -> Programme:
    """Return a programme that is the branch's own (404 otherwise): one that it may change."""
    rows = listing.of_branch(viewer=request.viewer, branch=branch)
    return get_object_or_404(rows.select_related("branch"), pk=pk, branch=branch)


def own_import(request: ViewerRequest, branch: Branch, pk: int) -> ProgrammeImport:
    """Return a file of this branch (404 otherwise), with the programme that it corrects."""
    rows = listing.imports_of(viewer=request.viewer, branch=branch)
    return get_object_or_404(rows.select_related("programme", "uploaded_by", "branch"), pk=pk)


def asked_programme(request: ViewerRequest, branch: Branch) -> Programme | None:
    """Return the programme that the address names as ``?programme=``.

    Raises:
        Http404: it names one, but not one that this branch may change.
    """
    if "programme" not in request.GET:
        return None
    pk = whole_number(request, "programme")
    if pk is None:
        raise Http404
    return own_programme(request, branch, pk)


def confirm(
    request: ViewerRequest,
    branch: Branch,
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
            "branch": branch,
            "section": "programmes",
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
