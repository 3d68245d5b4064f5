"""What the pages of the top ten share."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from branches.gate import ViewerRequest
from branches.models import Branch
from evaluation.models import Pledge, TopTen
from evaluation.queries.ten.current import top_tens

Trail = list[tuple[str, str]]

_WITH_PLEDGE = (
    "top_ten__branch",
    "top_ten__timeline__branch",
    "top_ten__timeline__election",
    "top_ten__programme",
    "measure",
    "owner",
    "deputy",
)


def get_top_ten(request: ViewerRequest, branch: Branch, pk: int) -> TopTen:
    """Return a top ten of this branch (404 otherwise)."""
    return get_object_or_404(top_tens(viewer=request.viewer, branch=branch), pk=pk)


def get_pledge(request: ViewerRequest, branch: Branch, pk: int) -> Pledge:
    """Return a pledge or candidate of this branch (404 otherwise)."""
    rows = Pledge.objects.for_viewer(request.viewer).filter(top_ten__branch=branch)
    return get_object_or_404(rows.select_related(*_WITH_PLEDGE), pk=pk)


def page(
    request: ViewerRequest,
    branch: Branch,
    template: str,
    context: dict[str, Any],
    *,
    top_ten: TopTen | None,
    tab: str,
    status: int = 200,
    more: Trail | None = None,
) -> HttpResponse:
    """Answer with a page of the top ten.

    Args:
        request: who looks.
        branch: whose page.
        template: extends ``evaluation/ten/base.html``.
        context: of the page itself.
        top_ten: which one it is about; None before one was begun.
        tab: which of the pages in ``evaluation/ten/_tabs.html`` it is or stands under.
        status: of the answer.
        more: what comes between the overview and this page in the trail.
    """
    try:
        first = [(_("Top ten"), reverse("evaluation:ten", args=[branch.slug]))]
    except NoReverseMatch:
        first = []
    return render(
        request,
        template,
        {
            "branch": branch,
            "section": "ten",
            "tab": tab,
            "top_ten": top_ten,
            "trail": [*first, *(more or [])],
            "today": request.viewer.today,
            **context,
        },
        status=status,
    )
