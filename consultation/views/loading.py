"""What the pages of this room share."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from branches.gate import ViewerRequest
from branches.models import Branch
from branches.scope import ScopedQuerySet
from consultation.models import Consultation, Contribution
from consultation.queries.current import current_consultation

Trail = list[tuple[str, str]]
M = TypeVar("M", bound=Model)

# What services need of any row of the input.
_WITH_ROW = (
    "consultation__branch",
    "consultation__timeline__branch",
    "consultation__timeline__election",
)


def get_consultation(request: ViewerRequest, branch: Branch) -> Consultation:
    """Return the collecting of input of this branch (404 before it has begun)."""
    found = current_consultation(branch=branch, viewer=request.viewer, today=request.viewer.today)
    if found is None:
        raise Http404
    return found


def get_contribution(request: ViewerRequest, branch: Branch, pk: int) -> Contribution:
    """Return a contribution of this branch (404 otherwise), of whichever election."""
    more = ("channel", "theme", "contributor", "stakeholder", "assigned_to")
    return get_of_input(request, branch, Contribution.objects.all(), pk, *more)


def get_of_input(
    request: ViewerRequest, branch: Branch, rows: ScopedQuerySet[M], pk: int, *more: str
) -> M:
    """Return a row that hangs on a collecting of input of this branch (404 otherwise).

    Args:
        request: who looks.
        branch: whose page.
        rows: a table with the column ``consultation``.
        pk: which one.
        more: what else to read in the same question.
    """
    scoped = rows.for_viewer(request.viewer).filter(consultation__branch=branch)
    return get_object_or_404(scoped.select_related(*_WITH_ROW, *more), pk=pk)


def page(
    request: ViewerRequest,
    branch: Branch,
    template: str,
    context: dict[str, Any],
    *,
    tab: str,
    status: int = 200,
    more: Trail | None = None,
) -> HttpResponse:
    """Answer with a page of this room.

    Args:
        request: who looks.
        branch: whose page.
        template: extends ``consultation/base.html``.
        context: of the page itself.
        tab: which of the pages in ``consultation/_tabs.html`` it is or stands under.
        status: of the answer.
        more: what comes between the overview and this page in the trail.
    """
    return render(
        request,
        template,
        {
            "branch": branch,
            "section": "input",
            "tab": tab,
            "trail": [
                (_("Input"), reverse("consultation:overview", args=[branch.slug])),
                *(more or []),
            ],
            "today": request.viewer.today,
            **context,
        },
        status=status,
    )


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what a form sent, also when that is nothing; ``None`` when only looking."""
    return request.POST if request.method == "POST" else None
