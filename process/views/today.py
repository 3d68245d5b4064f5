"""A branch's first page: what is ours to do now, who does it, are we on time."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from branches.enums import Role
from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from branches.queries import unreachable
from process import hints
from process.queries import pages
from process.rules.forecast import Outlook
from process.thread import row_symbols
from process.views import drawing
from process.views.task import tasks_of

NEEDS_NEW_DAYS = frozenset({Outlook.LATE, Outlook.SILENT, Outlook.UNKNOWN})
"""Then the late-start proposal helps."""


@require_safe
@branch_page("process.view_timeline")
def today(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show what to do now, how it stands, the next meeting and what was just done."""
    if branch.closed_on is not None:
        # Nothing is to be done there any more; what was stands on its thread.
        return redirect("process:timeline", branch.slug)
    day = request.viewer.today
    page = pages.today_page(branch=branch, viewer=request.viewer, today=day)
    context = {
        "branch": branch,
        "section": "today",
        "page": page,
        "manage_meetings": may(request.viewer, "process.manage_meetings", branch),
        "meetings": [
            (meeting, hints.meeting_notice(meeting, today=day)) for meeting in page.meetings
        ],
    }
    timeline = page.timeline
    if request.viewer.inherited:
        context["predecessors"] = list(branch.inherits.order_by("-closed_on", "name"))
    on_board = request.viewer.has_role(branch, Role.BOARD)
    if on_board:
        context["unreachable"] = unreachable(branch=branch, today=day)
    if timeline is not None:
        context |= {
            "timeline": timeline,
            "to_go": hints.days_to_go(timeline.polling_day, today=day),
            "reason": hints.forecast_reason(
                page.forecast, titles=pages.titles_of(page.rows), today=day
            ),
            "wide": drawing.wide(timeline, page.rows, slug=branch.slug, today=day),
            "symbols": row_symbols(),
            "small": drawing.small(timeline, page.rows, today=day),
            "ours": tasks_of(page.ours, on_board=on_board, slug=branch.slug),
            "others": tasks_of(page.others, on_board=on_board, slug=branch.slug),
            "coming": tasks_of(page.coming, on_board=on_board, slug=branch.slug),
            "plan_late_start": page.forecast.outlook in NEEDS_NEW_DAYS
            and may(request.viewer, "process.plan", branch),
        }
    return render(request, "process/today.html", context)
