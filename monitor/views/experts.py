"""The directory of who knows what, as the office keeps it (R52)."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from branches.gate import ViewerRequest
from core.concurrency import Stale
from core.pages import CONFLICT, FORM_METHODS, whole_number
from core.refusal import Refused
from monitor.forms.experts import ExpertEditForm, ExpertForm, ExpertsForm
from monitor.gate import national_page
from monitor.models import Expert
from monitor.queries import experts as queries
from monitor.services import experts as services
from monitor.views.together_conflicts import conflict

ON_A_PAGE: Final = 40
SECTION: Final = {"section": "together", "tab": "experts"}


def directory(request: ViewerRequest) -> dict[str, Any]:
    """Return what a page with the directory shows, as asked for in the address."""
    form = ExpertsForm(request.GET)
    rows = queries.found(form.sought())
    page = Paginator(rows, ON_A_PAGE).get_page(whole_number(request, "page") or 1)
    address = request.GET.copy()
    address.pop("page", None)
    return {
        "form": form,
        "sought": form.sought(),
        "page": page,
        "query": f"{address.urlencode()}&" if address else "",
    }


@require_safe
@national_page("monitor.view")
def experts(request: ViewerRequest) -> HttpResponse:
    """Show who stands there."""
    return render(request, "monitor/together/experts.html", {**SECTION, **directory(request)})


@require_http_methods(FORM_METHODS)
@national_page("monitor.tell_everybody")
def expert_new(request: ViewerRequest) -> HttpResponse:
    """Add somebody who said yes."""
    today = request.viewer.today
    form = ExpertForm(request.POST if request.method == "POST" else None, today=today)
    status = 200
    if form.is_valid():
        try:
            row = services.add_expert(entry=form.entry(), by=request.user, today=today)
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = CONFLICT
        else:
            messages.success(request, _("%(name)s stands in “who knows what” now.") % {"name": row})
            return redirect("monitor:experts")
    words = {
        "heading": _("Add somebody who knows"),
        "submit": _("Add"),
        "explanation": _("All branches read this, members too. So ask first, and add after a yes."),
    }
    return _form(request, form, words, status=status)


@require_http_methods(FORM_METHODS)
@national_page("monitor.tell_everybody")
def expert_edit(request: ViewerRequest, pk: int) -> HttpResponse:
    """Change what stands there about somebody."""
    today = request.viewer.today
    row = get_object_or_404(Expert, pk=pk)
    form = ExpertEditForm(
        request.POST if request.method == "POST" else None,
        today=today,
        initial=ExpertForm.initial_of(row),
    )
    status = 200
    if form.is_valid():
        try:
            services.change_expert(
                expert=row,
                entry=form.entry(),
                revision=form.cleaned_data["revision"],
                by=request.user,
                today=today,
            )
        except Stale as stale:
            stored = ExpertForm.initial_of(row)
            back = reverse("monitor:experts")
            return conflict(request, stale, form=form, stored=stored, back=back, **SECTION)
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = CONFLICT
        else:
            messages.success(request, _("Saved: %(name)s.") % {"name": row})
            return redirect("monitor:experts")
    words = {"heading": row.name, "submit": _("Save")}
    remove = reverse("monitor:expert_remove", args=[row.pk])
    return _form(request, form, words, status=status, remove=(remove, _("Take out")))


@require_http_methods(FORM_METHODS)
@national_page("monitor.tell_everybody")
def expert_remove(request: ViewerRequest, pk: int) -> HttpResponse:
    """Ask, then take somebody out for good."""
    row = get_object_or_404(Expert, pk=pk)
    if request.method == "POST":
        name = str(row)
        services.remove_expert(expert=row, by=request.user, today=request.viewer.today)
        messages.success(request, _("%(name)s does not stand there any more.") % {"name": name})
        return redirect("monitor:experts")
    context = {
        **SECTION,
        "question": _("Take %(name)s out?") % {"name": row},
        "explanation": _(
            "Name, address and telephone number are gone then, here and for all branches."
        ),
        "yes": _("Yes, take out"),
        "back": reverse("monitor:experts"),
    }
    return render(request, "monitor/together/confirm.html", context)


def _form(
    request: ViewerRequest, form: ExpertForm, words: dict[str, Any], *, status: int, **more: Any
) -> HttpResponse:
    back = reverse("monitor:experts")
    context = {
        **SECTION,
        "form": form,
        "back": back,
        "trail": [(_("Who knows what"), back)],
        **words,
        **more,
    }
    return render(request, "monitor/together/form.html", context, status=status)
