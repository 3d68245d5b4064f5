"""The people of the national office."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from branches.gate import ViewerRequest
from branches.models import NationalOfficer
from branches.services.errors import Refused
from branches.services.national import add_officer, end_officer
from monitor.forms.officers import OfficerForm
from monitor.gate import national_page

REFUSED = 409


@require_http_methods(["GET", "HEAD", "POST"])
@national_page("monitor.manage_officers")
def officers(request: ViewerRequest) -> HttpResponse:
    """Show who works here since when; add somebody."""
    form = OfficerForm(request.POST if request.method == "POST" else None)
    today = request.viewer.today
    status = 200
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = add_officer(by=request.user, email=data["email"], name=data["name"], today=today)
        except Refused as refused:
            form.add_error(None, str(refused))
            status = REFUSED
        else:
            messages.success(
                request,
                _("%(name)s can sign in with %(email)s from now on; no mail was sent.")
                % {"name": made.user, "email": made.user.email},
            )
            return redirect("monitor:officers")
    people = NationalOfficer.objects.select_related("user")
    context = {
        "section": "officers",
        "form": form,
        "working": list(people.active(today=today).order_by("started_on", "user__name")),
        "former": list(people.filter(ended_on__lte=today).order_by("-ended_on", "user__name")),
    }
    return render(request, "monitor/officers.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@national_page("monitor.manage_officers")
def officer_end(request: ViewerRequest, pk: int) -> HttpResponse:
    """Ask, then end somebody's work here."""
    officer = get_object_or_404(
        NationalOfficer.objects.active(today=request.viewer.today).select_related("user"), pk=pk
    )
    if request.method == "POST":
        try:
            end_officer(by=request.user, officer=officer, today=request.viewer.today)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("monitor:officers")
        messages.success(request, _("%(name)s has left the national office.") % {"name": officer})
        return redirect("home" if officer.user_id == request.user.pk else "monitor:officers")
    context = {"section": "officers", "officer": officer, "own": officer.user_id == request.user.pk}
    return render(request, "monitor/officer_end.html", context)
