"""Activities as the office sees them: its own in full, those of branches with how many come."""

from __future__ import annotations

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from branches.gate import ViewerRequest, may
from core.kinds import CONTENT_TYPES, Kind
from core.pages import FORM_METHODS, whole_number
from monitor.activity_file import KINDS, activities_sheet
from monitor.enums_helping import ActivityKind
from monitor.forms.activities import CalendarForm, ProvinceForm
from monitor.gate import national_page
from monitor.models import Activity
from monitor.queries import activities as queries
from monitor.views import activity_pages as pages

BRANCHES_ON_A_PAGE: Final = 100
SECTION: Final = {"section": "together", "tab": "activities"}


@require_safe
@national_page("monitor.view")
def activities(request: ViewerRequest) -> HttpResponse:
    """Show the calendar, and how many branches on their way have nobody at a training."""
    today = request.viewer.today
    context = {
        **SECTION,
        **pages.calendar(request, Activity.objects.all(), whose=True),
        "on_their_way": queries.on_their_way(today=today).count(),
        "untrained": queries.without_training(today=today).count(),
    }
    return render(request, "monitor/together/activities.html", context)


@require_safe
@national_page("monitor.view")
def untrained(request: ViewerRequest) -> HttpResponse:
    """Show the branches on their way of which nobody goes, or lately went, to a training."""
    form = ProvinceForm(request.GET)
    rows = queries.without_training(today=request.viewer.today, province=form.province())
    page = Paginator(rows, BRANCHES_ON_A_PAGE).get_page(whole_number(request, "page") or 1)
    context = {
        **SECTION,
        "form": form,
        "page": page,
        "query": f"provincie={form.province()}&" if form.province() else "",
        "trail": _trail(),
    }
    return render(request, "monitor/together/untrained.html", context)


@require_safe
@national_page("monitor.view")
def activity(request: ViewerRequest, pk: int) -> HttpResponse:
    """Show one of the office's own: what it is, and who comes for which branch."""
    today = request.viewer.today
    row = _own(pk)
    people = queries.by_branch(row, today=today)
    context = {
        **SECTION,
        "activity": row,
        "people": people,
        "coming": sum(len(names) for _branch, names in people),
        "is_training": row.kind == ActivityKind.TRAINING,
        "has_been": queries.has_been(row, today=today),
        "manage": may(request.viewer, "monitor.tell_everybody", None),
        "trail": _trail(),
    }
    return render(request, "monitor/together/activity.html", context)


@require_http_methods(FORM_METHODS)
@national_page("monitor.tell_everybody")
def activity_new(request: ViewerRequest) -> HttpResponse:
    """Make a national activity: all branches can come."""
    context = {
        **SECTION,
        "explanation": _("All branches see it, and can say that they come."),
        "back": reverse("monitor:activities"),
        "trail": _trail(),
    }
    template = "monitor/together/form.html"
    return pages.make(request, template=template, branch=None, link=_link, context=context)


@require_http_methods(FORM_METHODS)
@national_page("monitor.tell_everybody")
def activity_edit(request: ViewerRequest, pk: int) -> HttpResponse:
    """Change a national activity."""
    row = _own(pk)
    context = {**SECTION, "trail": [*_trail(), (row.title, _link(row))]}
    template = "monitor/together/form.html"
    return pages.change(request, row, template=template, link=_link, context=context)


@require_http_methods(FORM_METHODS)
@national_page("monitor.tell_everybody")
def activity_cancel(request: ViewerRequest, pk: int) -> HttpResponse:
    """Call a national activity off."""
    template = "monitor/together/confirm.html"
    return pages.call_off(request, _own(pk), template=template, link=_link, context={**SECTION})


@require_safe
@national_page("monitor.view")
def activities_export(request: ViewerRequest, ending: str) -> HttpResponse:
    """Send the calendar as it is filtered in the address: counts, no names."""
    if ending not in KINDS:
        raise Http404(ending)
    kind, today = Kind(ending), request.viewer.today
    wanted = CalendarForm(request.GET, whose=True).wanted()
    counted = queries.with_counts(Activity.objects.all(), today=today)
    rows = queries.asked(counted, wanted, today=today).select_related("branch")
    name = slugify(f"{_('activities')} {today:%Y-%m-%d}")
    return HttpResponse(
        activities_sheet(rows.iterator(), kind=kind),
        content_type=CONTENT_TYPES[kind],
        headers={
            "Content-Disposition": f'attachment; filename="{name}.{kind}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


def _own(pk: int) -> Activity:
    """Load a national activity; those of branches have their page there."""
    row: Activity = get_object_or_404(Activity.objects.of_office(), pk=pk)
    return row


def _link(row: Activity) -> str:
    return reverse("monitor:activity", args=[row.pk])


def _trail() -> list[tuple[Any, str]]:
    return [(_("Activities"), reverse("monitor:activities"))]
