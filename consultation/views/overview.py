"""The first page of the input: what came in, from where, what is untouched; and beginning."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from consultation.queries.current import current_consultation
from consultation.queries.mails import trouble
from consultation.queries.overview import overview as overview_of
from consultation.services.starting import start as start_consultation
from consultation.views.first_words import todos
from consultation.views.loading import page
from core.pages import CONFLICT
from process.queries.timelines import current_timeline


@require_safe
@branch_page("consultation.view_input")
def overview(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show how the input stands, or why and how to begin. Totals only: everybody inside sees it."""
    viewer = request.viewer
    consultation = current_consultation(branch=branch, viewer=viewer, today=viewer.today)
    if consultation is None:
        return _begin_page(request, branch)
    found = overview_of(consultation=consultation, viewer=viewer, today=viewer.today)
    work = may(viewer, "consultation.work", branch)
    return page(
        request,
        branch,
        "consultation/overview.html",
        {
            "consultation": consultation,
            "page": found,
            "todos": todos(found, branch=branch) if work else [],
            "work": work,
            "mail_trouble": trouble(consultation) if work else "",
            "read": may(viewer, "consultation.view_contributions", branch),
            "finish": may(viewer, "process.work", branch),
        },
        tab="overview",
    )


@require_POST
@branch_page("consultation.work")
def start(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Begin to collect input; begun twice, it is begun once."""
    today = request.viewer.today
    timeline = current_timeline(branch=branch, today=today)
    if timeline is None:
        return _begin_page(request, branch, status=CONFLICT)
    start_consultation(timeline=timeline, by=request.user, today=today)
    messages.success(
        request,
        _("It has begun: the six themes are there. Add your own, and open the first channel."),
    )
    return redirect("consultation:overview", branch.slug)


def _begin_page(request: ViewerRequest, branch: Branch, *, status: int = 200) -> HttpResponse:
    today = request.viewer.today
    return render(
        request,
        "consultation/begin.html",
        {
            "branch": branch,
            "section": "input",
            "tab": "overview",
            "timeline": current_timeline(branch=branch, today=today),
            "work": may(request.viewer, "consultation.work", branch),
            "today": today,
        },
        status=status,
    )
