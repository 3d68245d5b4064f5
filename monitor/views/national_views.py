"""Saving what the national page shows under a name, and throwing such a view away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from branches.gate import ViewerRequest
from core.pages import CONFLICT, UNPROCESSABLE
from core.refusal import Refused
from monitor.forms.national_views import ViewForm
from monitor.gate import national_page
from monitor.models import SavedView
from monitor.services import views as services


@require_POST
@national_page("monitor.view")
def view_save(request: ViewerRequest) -> HttpResponse:
    """Keep the filters under a name."""
    form = ViewForm(request.POST, auto_id="view-%s")
    if not form.is_valid():
        return _again(request, form, status=UNPROCESSABLE)
    try:
        view = services.save(by=request.user, today=request.viewer.today, **form.said())
    except Refused as refused:
        form.add_error("name", refused.sentence)
        return _again(request, form, status=CONFLICT)
    messages.success(request, _("Saved. “%(name)s” stands above the branches.") % {"name": view})
    return redirect(_national(view.query))


@require_POST
@national_page("monitor.view")
def view_remove(request: ViewerRequest, pk: int) -> HttpResponse:
    """Throw away a view of one's own; what it showed stays on the page."""
    view = get_object_or_404(SavedView, pk=pk, owner=request.user)
    query, name = view.query, view.name
    services.remove(view=view, by=request.user, today=request.viewer.today)
    messages.success(request, _("Removed “%(name)s”.") % {"name": name})
    return redirect(_national(query))


def _national(query: str) -> str:
    address = reverse("monitor:national")
    return f"{address}?{query}" if query else address


def _again(request: ViewerRequest, form: ViewForm, *, status: int) -> HttpResponse:
    query = form.cleaned_data.get("query", "")
    context = {"section": "national", "form": form, "back": _national(query)}
    return render(request, "monitor/national_view.html", context, status=status)
