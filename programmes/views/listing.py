"""What a branch has of programmes."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from programmes.queries import listing
from programmes.queries.inheriting import inherited


@require_safe
@branch_page("programmes.view_programmes")
def programmes(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show the documents by kind, and the files that still ask something of somebody."""
    can_import = may(request.viewer, "programmes.import_programme", branch)
    waiting = listing.on_their_way(viewer=request.viewer, branch=branch) if can_import else ()
    context = {
        "branch": branch,
        "section": "programmes",
        "shelves": listing.shelves(viewer=request.viewer, branch=branch),
        "waiting": list(waiting),
        "can_import": can_import,
        "predecessors": inherited(viewer=request.viewer, branch=branch),
        "today": request.viewer.today,
    }
    return render(request, "programmes/programmes.html", context)
