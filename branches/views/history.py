"""What happened in a branch, told in sentences."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from branches import queries
from branches.forms import HistoryFilter
from branches.gate import ViewerRequest, branch_page
from branches.models import Branch

PER_PAGE = 50


@require_safe
@branch_page("branches.view_history")
def history(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show the trail by day, of everybody or of one person; a person unknown here is ignored."""
    form = HistoryFilter(request.GET, people=queries.actors(branch=branch))
    actor = form.cleaned_data["by"] if form.is_valid() else None
    rows = queries.history(branch=branch, viewer=request.viewer, actor=actor)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "branches/history.html",
        {
            "branch": branch,
            "section": "history",
            "form": form,
            "actor": actor,
            "page": page,
            "days": queries.by_day(page.object_list),
            "query": f"{urlencode({'by': actor.pk})}&" if actor else "",
        },
    )
