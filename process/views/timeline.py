"""The whole red thread of a branch, on screen and on paper."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from process import hints
from process.models import Timeline
from process.queries import pages
from process.queries.forecasts import forecast_of
from process.queries.timelines import current_timeline
from process.views import drawing
from process.views.today import NEEDS_NEW_DAYS


@require_safe
@branch_page("process.view_timeline")
def timeline(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show every milestone per phase, with the thread drawn above it."""
    today = request.viewer.today
    chosen = chosen_timeline(request, branch)
    context = {"branch": branch, "section": "timeline", "timeline": chosen}
    if chosen is not None:
        rows = pages.milestone_rows(chosen, viewer=request.viewer, today=today)
        forecast = forecast_of(chosen, today=today)
        others = pages.timelines_of(branch=branch, viewer=request.viewer).exclude(pk=chosen.pk)
        context |= {
            "others": list(others),
            "to_go": hints.days_to_go(chosen.polling_day, today=today),
            "forecast": forecast,
            "reason": hints.forecast_reason(forecast, titles=pages.titles_of(rows), today=today),
            "wide": drawing.wide(chosen, rows, slug=branch.slug, today=today),
            "stretches": drawing.stretches(rows, slug=branch.slug, today=today),
            "plan_late_start": forecast.outlook in NEEDS_NEW_DAYS
            and may(request.viewer, "process.plan", branch),
        }
    return render(request, "process/timeline.html", context)


def chosen_timeline(request: ViewerRequest, branch: Branch) -> Timeline | None:
    """Return the timeline that ``?verkiezing=`` names, else the one the branch lives in.

    Raises:
        Http404: this branch has no timeline to that election.
    """
    slug = request.GET.get("verkiezing", "")
    if not slug:
        return current_timeline(branch=branch, today=request.viewer.today)
    found = (
        pages.timelines_of(branch=branch, viewer=request.viewer).filter(election__slug=slug).first()
    )
    if found is None:
        raise Http404
    return found
