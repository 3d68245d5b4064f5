"""Who takes part: totals, over time, and what is missing."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from consultation.drawing import weeks
from consultation.participation_words import advice
from consultation.queries.participation import participation as counted
from consultation.views.loading import get_consultation, page


@require_safe
@branch_page("consultation.view_input")
def participation(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show who takes part, by which way, about what and when; never who said what."""
    found = counted(consultation=get_consultation(request, branch), today=request.viewer.today)
    context = {
        "found": found,
        "advice": [advice(finding) for finding in found.findings],
        "chart": weeks(found.weeks),
    }
    return page(request, branch, "consultation/participation.html", context, tab="participation")
