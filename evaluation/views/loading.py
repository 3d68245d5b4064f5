"""What the pages of the desk share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from branches.gate import ViewerRequest
from branches.models import Branch
from evaluation.models import Evaluation, Promise
from evaluation.queries import promises

Trail = list[tuple[str, str]]


def get_evaluation(request: ViewerRequest, branch: Branch, pk: int) -> Evaluation:
    """Return an evaluation of this branch (404 otherwise)."""
    return get_object_or_404(
        promises.evaluations_of(viewer=request.viewer, branch_id=branch.pk), pk=pk
    )


def get_promise(request: ViewerRequest, branch: Branch, pk: int) -> Promise:
    """Return a promise of this branch (404 otherwise), with its texts."""
    return get_object_or_404(
        promises.promises_of(viewer=request.viewer, branch_id=branch.pk), pk=pk
    )


def trail(branch: Branch, *more: tuple[str, str]) -> Trail:
    """Return the way back: the evaluation, and what comes between."""
    return [(_("Evaluation"), reverse("evaluation:evaluation", args=[branch.slug])), *more]


def page(
    request: ViewerRequest,
    branch: Branch,
    template: str,
    context: dict[str, Any],
    *,
    status: int = 200,
    more: Trail | None = None,
) -> HttpResponse:
    """Answer with a page of this room."""
    return render(
        request,
        template,
        {
            "branch": branch,
            "section": "evaluation",
            "trail": trail(branch, *(more or [])),
            "today": request.viewer.today,
            **context,
        },
        status=status,
    )


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what a form sent, also when that is nothing; ``None`` when only looking."""
    return request.POST if request.method == "POST" else None
