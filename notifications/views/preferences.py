"""One's own mail: what comes, when, and from which branch."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from branches.gate import ViewerRequest
from notifications.forms.preferences import PreferencesForm
from notifications.queries.choices import chosen
from notifications.services import preferences as preferences_service


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: ViewerRequest) -> HttpResponse:
    """Show what comes now; save the whole page at once."""
    today = request.viewer.today
    now = chosen(viewer=request.viewer)
    form = PreferencesForm(
        request.POST if request.method == "POST" else None, chosen=now, today=today
    )
    if form.is_valid():
        preferences_service.save(
            by=request.user,
            hour=form.cleaned_data["hour"],
            paused_until=form.cleaned_data["paused_until"],
            choices=form.choices(),
            today=today,
        )
        messages.success(request, _("Saved."))
        return redirect("notifications:preferences")
    context = {"form": form, "chosen": now, "parts": list(form.parts())}
    return render(request, "notifications/preferences.html", context)
