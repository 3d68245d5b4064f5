"""Reviewed exceptions to an election's timetable."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from branches.gate import ViewerRequest
from monitor.forms.elections import OverrideForm
from monitor.gate import national_page
from process.errors import Refused
from process.models import Election, TimetableOverride
from process.rules.timetable import StatutoryKey
from process.services.overrides import record_override, withdraw_override

REFUSED = 409


@require_http_methods(["GET", "HEAD", "POST"])
@national_page("monitor.roll_out")
def override_new(request: ViewerRequest, slug: str) -> HttpResponse:
    """Record an exception after somebody read its source."""
    election = get_object_or_404(Election, slug=slug)
    form = OverrideForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        data = form.cleaned_data
        try:
            record_override(
                by=request.user,
                today=request.viewer.today,
                election=election,
                key=StatutoryKey(data["key"]),
                day=data["date"],
                branch=data["branch"],
                reason=data["reason"],
                source=data["source"],
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = REFUSED
        else:
            _say_what_next(request)
            return redirect("monitor:election", election.slug)
    context = {"section": "elections", "election": election, "form": form}
    return render(request, "monitor/override_new.html", context, status=status)


@require_POST
@national_page("monitor.roll_out")
def override_withdraw(request: ViewerRequest, slug: str, pk: int) -> HttpResponse:
    """Take an exception back."""
    override = get_object_or_404(
        TimetableOverride.objects.select_related("branch"), pk=pk, election__slug=slug
    )
    try:
        withdraw_override(by=request.user, today=request.viewer.today, override=override)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        _say_what_next(request)
    return redirect("monitor:election", slug)


def _say_what_next(request: ViewerRequest) -> None:
    messages.success(
        request,
        _("Saved. The timelines of the branches follow when you let them (“Bring up to date”)."),
    )
