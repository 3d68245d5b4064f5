"""Where people get the address for their calendar: their own, a branch's, all branches'."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches import gate
from branches.enums import Role
from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from process.enums import FeedScope
from process.feeds.subscribing import of_path, subscription
from process.forms.calendar import ChoiceForm, RingForm
from process.models import CalendarFeed
from process.permissions import WORKING_ROLES
from process.queries.calendars import may_hold
from process.services import calendar_feeds as services

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def calendar(request: ViewerRequest) -> HttpResponse:
    """Show one's own address, or make it; and lead to those of branches."""
    viewer = request.viewer
    holds = may_hold(viewer, scope=FeedScope.PERSON, branch=None)
    if request.method == "POST":
        if not holds:
            raise PermissionDenied
        return _open(request, FeedScope.PERSON, None, back=reverse("process:calendar"))
    context = _page(request, FeedScope.PERSON, None, RingForm(request.GET)) | {
        "holds": holds,
        "works_in": [
            branch for branch in viewer.branches if viewer.has_role(branch, *WORKING_ROLES)
        ],
    }
    return render(request, "process/calendar.html", context)


@require_safe
@branch_page("process.view_timeline")
def branch_calendar(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show the address of all that a branch does, to who works in it; to boards the public one."""
    viewer = request.viewer
    holds = may(viewer, "process.subscribe_branch", branch)
    context = _page(request, FeedScope.BRANCH, branch, RingForm(request.GET)) | {
        "branch": branch,
        "section": "timeline",
        "holds": holds,
        "here": viewer.has_role(branch, *Role),
        "public": of_path(
            reverse("process:feed_public", args=[branch.slug]), name=branch.name
        ).address
        if may(viewer, "process.manage_meetings", branch)
        else "",
    }
    return render(request, "process/calendar_branch.html", context)


@require_POST
@branch_page("process.subscribe_branch")
def branch_calendar_open(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Make the address of all that a branch does, for whoever works in it."""
    here = reverse("process:branch_calendar", args=[branch.slug])
    return _open(request, FeedScope.BRANCH, branch, back=here)


@require_http_methods(FORM_METHODS)
def national_calendar(request: ViewerRequest) -> HttpResponse:
    """Show the national office the address of all branches, narrowed as it likes."""
    gate.check(request.viewer, "process.view_all_calendars", None)
    if request.method == "POST":
        here = reverse("process:national_calendar")
        return _open(request, FeedScope.NATIONAL, None, back=here)
    form = ChoiceForm(request.GET)
    context = _page(request, FeedScope.NATIONAL, None, form)
    return render(request, "process/calendar_national.html", context)


@require_http_methods(FORM_METHODS)
def calendar_rotate(request: ViewerRequest, pk: int) -> HttpResponse:
    """Replace one's own address, after a question."""
    rows = CalendarFeed.objects.select_related("branch").filter(user=request.user)
    feed = get_object_or_404(rows, pk=pk)
    back = _home(feed)
    if request.method == "POST":
        services.rotate(feed=feed, by=request.user, today=request.viewer.today)
        messages.success(request, _("This is your new address. The old one shows nothing now."))
        return redirect(back)
    context = {
        "branch": feed.branch,
        "back": back,
        "consequences": [
            _("Everybody who uses the old address, you too, stops seeing this calendar."),
            _("You add the new address to your own calendar, and take the old one out of it."),
        ],
    }
    return render(request, "process/calendar_rotate.html", context)


def _home(feed: CalendarFeed) -> str:
    if feed.scope == FeedScope.BRANCH and feed.branch is not None:
        return reverse("process:branch_calendar", args=[feed.branch.slug])
    if feed.scope == FeedScope.NATIONAL:
        return reverse("process:national_calendar")
    return reverse("process:calendar")


def _open(
    request: ViewerRequest, scope: FeedScope, branch: Branch | None, *, back: str
) -> HttpResponse:
    services.open_feed(by=request.user, scope=scope, branch=branch, today=request.viewer.today)
    messages.success(request, _("Your address is ready. Choose your calendar below."))
    return redirect(back)


def _page(
    request: ViewerRequest, scope: FeedScope, branch: Branch | None, form: RingForm
) -> dict[str, Any]:
    """Return what a page shows of one of the reader's own feeds, if it is there."""
    feed = CalendarFeed.objects.filter(user=request.user, scope=scope, branch=branch).first()
    asked = {}
    if form.is_valid():
        asked = {
            name: "1" if value is True else str(value)
            for name, value in form.cleaned_data.items()
            if value
        }
    name = f"Rode Draad {branch.name}" if branch is not None else "Rode Draad"
    return {
        "form": form,
        "feed": feed,
        "ways": subscription(feed, name=name, query=urlencode(asked)) if feed else None,
        "rings": "herinnering" in asked,
    }
