"""What the calendar of the office and that of a branch share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from branches.gate import ViewerRequest
from branches.models import Branch
from core.concurrency import Stale
from core.pages import CONFLICT, whole_number
from core.refusal import Refused
from monitor.forms.activities import (
    ActivityEditForm,
    ActivityForm,
    CalendarForm,
    CallOffForm,
)
from monitor.models import Activity
from monitor.models.together import ActivityQuerySet
from monitor.queries import activities as queries
from monitor.services import activities as services
from monitor.views.together_conflicts import conflict

ON_A_PAGE: Final = 50

Link = Callable[[Activity], str]


def calendar(request: ViewerRequest, rows: ActivityQuerySet, *, whose: bool) -> dict[str, Any]:
    """Return what a calendar shows of these activities, as asked for in the address."""
    today = request.viewer.today
    form = CalendarForm(request.GET, whose=whose)
    wanted = form.wanted()
    counted = queries.with_counts(rows, today=today, user=request.user)
    listed = queries.asked(counted, wanted, today=today).select_related("branch")
    page = Paginator(listed, ON_A_PAGE).get_page(whole_number(request, "page") or 1)
    address = request.GET.copy()
    address.pop("page", None)
    elsewhere = address.copy()
    elsewhere.pop("maand", None)
    elsewhere.pop("wanneer", None)
    return {
        "form": form,
        "wanted": wanted,
        "page": page,
        "months": queries.by_month(list(page.object_list)),
        "choice": queries.months(rows, wanted, today=today),
        "query": f"{address.urlencode()}&" if address else "",
        "of_kind": f"{elsewhere.urlencode()}&" if elsewhere else "",
    }


def make(
    request: ViewerRequest,
    *,
    template: str,
    branch: Branch | None,
    link: Link,
    context: dict[str, Any],
) -> HttpResponse:
    """Put an activity on the calendar."""
    form = ActivityForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            row = services.plan_activity(
                plan=form.plan(),
                branch=branch,
                by=request.user,
                today=request.viewer.today,
                now=timezone.now(),
            )
        except Refused as refused:
            form.add_error("day", refused.sentence)
            status = CONFLICT
        else:
            messages.success(request, _("“%(title)s” is on the calendar.") % {"title": row})
            return redirect(link(row))
    words = {"heading": _("New activity"), "submit": _("Put it on the calendar")}
    return render(request, template, {**context, **words, "form": form}, status=status)


def change(
    request: ViewerRequest, row: Activity, *, template: str, link: Link, context: dict[str, Any]
) -> HttpResponse:
    """Change an activity."""
    form = ActivityEditForm(
        request.POST if request.method == "POST" else None, initial=ActivityForm.initial_of(row)
    )
    status = 200
    if form.is_valid():
        try:
            told = services.change_activity(
                activity=row,
                plan=form.plan(),
                revision=form.cleaned_data["revision"],
                by=request.user,
                today=request.viewer.today,
                now=timezone.now(),
            )
        except Stale as stale:
            stored = ActivityForm.initial_of(row)
            return conflict(request, stale, form=form, stored=stored, back=link(row), **context)
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = CONFLICT
        else:
            messages.success(request, f"{_('Saved.')} {_told(told)}".strip())
            return redirect(link(row))
    words = {"heading": _("Change the activity"), "submit": _("Save")}
    return render(
        request, template, {**context, **words, "form": form, "back": link(row)}, status=status
    )


def call_off(
    request: ViewerRequest, row: Activity, *, template: str, link: Link, context: dict[str, Any]
) -> HttpResponse:
    """Ask, then call an activity off."""
    form = CallOffForm(
        request.POST if request.method == "POST" else None, initial={"revision": row.revision}
    )
    status = 200
    if form.is_valid():
        try:
            told = services.cancel_activity(
                activity=row,
                reason=form.cleaned_data["reason"],
                revision=form.cleaned_data["revision"],
                by=request.user,
                today=request.viewer.today,
                now=timezone.now(),
            )
        except Stale as stale:
            back = link(row)
            return conflict(request, stale, form=form, stored={}, back=back, **context)
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = CONFLICT
        else:
            messages.success(request, f"{_('The activity is called off.')} {_told(told)}".strip())
            return redirect(link(row))
    coming = queries.going(today=request.viewer.today).filter(activity=row).count()
    words = {
        "question": _("Call off “%(title)s”?") % {"title": row},
        "explanation": ngettext(
            "It stays on the calendar as called off. %(count)s person said to come.",
            "It stays on the calendar as called off. %(count)s people said to come.",
            coming,
        )
        % {"count": coming},
        "yes": _("Yes, call it off"),
        "back": link(row),
    }
    return render(request, template, {**context, **words, "form": form}, status=status)


def _told(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(count)s person who said to come gets a mail.",
        "%(count)s people who said to come get a mail.",
        count,
    ) % {"count": count}
