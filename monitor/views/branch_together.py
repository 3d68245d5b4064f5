"""What a branch sees of it: announcements, activities and who comes, who knows what."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.gate import ViewerRequest, branch_page, may
from branches.models import Branch
from core.pages import FORM_METHODS
from core.refusal import Refused
from monitor import permissions  # noqa: F401 - declares them before anything is asked
from monitor.activity_file import activity_file
from monitor.models import Activity
from monitor.queries import activities as queries
from monitor.queries import announcements
from monitor.rules.moments import local
from monitor.services import attending
from monitor.views import activity_pages as pages
from monitor.views.experts import directory


@require_safe
@branch_page("monitor.view_together")
def news(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show what the office tells now, and what it told before."""
    today = request.viewer.today
    context = {
        **_section(branch, "news"),
        "shown": announcements.shown_to(branch, today=today),
        "before": announcements.told_before(branch, today=today),
    }
    return render(request, "together/news.html", context)


@require_safe
@branch_page("monitor.view_together")
def activities(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show what the branch can go to."""
    rows = Activity.objects.for_branch(branch)
    context = {
        **_section(branch, "activities"),
        **pages.calendar(request, rows, whose=False),
        "make": may(request.viewer, "monitor.make_activity", branch),
    }
    return render(request, "together/activities.html", context)


@require_safe
@branch_page("monitor.view_together")
def activity(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show one: what, when, where, how many come, and who of the own branch."""
    today = request.viewer.today
    row = _activity(branch, pk)
    coming = queries.going(today=today).filter(activity=row).count()
    inside = bool(request.viewer.roles_in(branch))
    said = queries.going(today=today).filter(activity=row, person=request.user)
    context = {
        **_section(branch, "activities"),
        "activity": row,
        "coming": coming,
        "free": None if row.seats is None else max(row.seats - coming, 0),
        "names": queries.names_of(row, branch=branch, today=today) if inside else None,
        "mine": said.select_related("branch").first(),
        "has_been": queries.has_been(row, today=today),
        "attend": may(request.viewer, "monitor.attend", branch),
        "manage": row.branch_id == branch.pk
        and may(request.viewer, "monitor.make_activity", branch),
        "trail": _trail(branch),
    }
    return render(request, "together/activity.html", context)


@require_POST
@branch_page("monitor.attend")
def attend(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Say that you come, or (``komt=nee``) that you cannot come after all."""
    row = _activity(branch, pk)
    today = request.viewer.today
    try:
        if request.POST.get("komt") == "nee":
            attending.stay_away(activity=row, by=request.user, today=today)
            said = _("Your seat is free for somebody else. Thank you for telling.")
        else:
            attending.attend(activity=row, branch=branch, by=request.user, today=today)
            said = _("You are on the list. See you there!")
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, said)
    return redirect("together:activity", branch.slug, row.pk)


@require_http_methods(FORM_METHODS)
@branch_page("monitor.make_activity")
def activity_new(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Make an activity of the branch's own."""
    context = {
        **_section(branch, "activities"),
        "explanation": _("For everybody in your branch. Other branches do not see it."),
        "back": reverse("together:activities", args=[branch.slug]),
        "trail": _trail(branch),
    }
    return pages.make(
        request,
        template="together/activity_form.html",
        branch=branch,
        link=lambda row: _link(branch, row),
        context=context,
    )


@require_http_methods(FORM_METHODS)
@branch_page("monitor.make_activity")
def activity_edit(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Change an activity of the branch's own."""
    row = _own(branch, pk)
    return pages.change(
        request,
        row,
        template="together/activity_form.html",
        link=lambda row: _link(branch, row),
        context={
            **_section(branch, "activities"),
            "trail": [*_trail(branch), (row.title, _link(branch, row))],
        },
    )


@require_http_methods(FORM_METHODS)
@branch_page("monitor.make_activity")
def activity_cancel(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Call an activity of the branch's own off."""
    return pages.call_off(
        request,
        _own(branch, pk),
        template="together/activity_cancel.html",
        link=lambda row: _link(branch, row),
        context=_section(branch, "activities"),
    )


@require_safe
@never_cache
@branch_page("monitor.view_together")
def activity_ics(_request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Give an activity to the calendar of whoever may see it."""
    row = _activity(branch, pk)
    language = translation.get_language() or "nl"
    content = activity_file(activity=row, branch=branch, language=language)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    name = slugify(row.title)[:60] or "activiteit"
    day = local(row.starts_at)
    answer["Content-Disposition"] = f'attachment; filename="{name}-{day:%Y-%m-%d}.ics"'
    return answer


@require_safe
@branch_page("monitor.view_together")
def experts(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Show who in the party knows what, and whom to ask through the office."""
    context = {
        **_section(branch, "experts"),
        **directory(request),
        "ask": may(request.viewer, "monitor.ask_help", branch),
    }
    return render(request, "together/experts.html", context)


def _activity(branch: Branch, pk: int) -> Activity:
    row: Activity = get_object_or_404(Activity.objects.for_branch(branch), pk=pk)
    return row


def _own(branch: Branch, pk: int) -> Activity:
    row: Activity = get_object_or_404(Activity, branch=branch, pk=pk)
    return row


def _link(branch: Branch, row: Activity) -> str:
    return reverse("together:activity", args=[branch.slug, row.pk])


def _section(branch: Branch, tab: str) -> dict[str, Any]:
    return {"branch": branch, "section": "together", "tab": tab}


def _trail(branch: Branch) -> list[tuple[Any, str]]:
    return [(_("Activities"), reverse("together:activities", args=[branch.slug]))]
