"""A branch that is behind: new days in the right order, and what they cost."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from core.concurrency import Stale
from process import hints
from process.errors import Refused
from process.forms.meetings import RevisionForm
from process.models import Timeline
from process.queries.timelines import current_timeline
from process.services import planning
from process.views.conflicts import CONFLICT
from process.views.milestone import UNPROCESSABLE


@require_http_methods(["GET", "HEAD", "POST"])
@branch_page("process.plan")
def late_start(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show the proposal, old day next to new; take it over as a whole when asked."""
    today = request.viewer.today
    timeline = current_timeline(branch=branch, today=today)
    if timeline is None:
        return _page(request, branch, None)
    if request.method != "POST":
        return _page(request, branch, timeline)
    form = RevisionForm(request.POST)
    if not form.is_valid():
        refused = _("We cannot tell which proposal you saw. Look at this one, and choose again.")
        return _page(request, branch, timeline, refused=refused, status=UNPROCESSABLE)
    try:
        proposal = planning.accept_compression(
            timeline=timeline,
            by=request.user,
            today=today,
            revision=form.cleaned_data["revision"],
        )
    except Stale:
        timeline.refresh_from_db(fields=["revision"])
        refused = _(
            "Somebody else changed days just before you. Nothing of yours was saved; this is the "
            "proposal as it is now."
        )
        return _page(request, branch, timeline, refused=refused, status=CONFLICT)
    except Refused as problem:
        timeline.refresh_from_db(fields=["revision"])
        return _page(request, branch, timeline, refused=problem.sentence, status=UNPROCESSABLE)
    messages.success(
        request,
        ngettext(
            "Good: %(count)s milestone has a new day, and you have a plan that fits.",
            "Good: %(count)s milestones have a new day, and you have a plan that fits.",
            len(proposal.moves),
        )
        % {"count": len(proposal.moves)},
    )
    return redirect("process:timeline", branch.slug)


def _page(
    request: ViewerRequest,
    branch: Branch,
    timeline: Timeline | None,
    *,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "branch": branch,
        "section": "timeline",
        "timeline": timeline,
        "refused": refused,
    }
    if timeline is not None:
        proposal = planning.preview_compression(timeline=timeline, today=request.viewer.today)
        rows = timeline.milestones.select_related("definition")
        titles = {row.key: row.definition.title for row in rows}
        context |= {
            "moves": [
                {"title": titles.get(move.key, move.key), "old": move.old, "new": move.new}
                for move in sorted(proposal.moves, key=lambda move: move.new)
            ],
            "gives_up": [hints.sacrifice(item, titles=titles) for item in proposal.gives_up],
            "impossible": hints.cannot_be_met(
                proposal, titles=titles, notice_days=branch.notice_days
            ),
        }
    return render(request, "process/late_start.html", context, status=status)
