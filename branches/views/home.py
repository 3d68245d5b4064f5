"""The front door, and the language of the house."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language as django_set_language

from branches.gate import ViewerRequest
from branches.queries import roles_of
from branches.services import settings as settings_service


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Visitors: what this is. Others: straight to their work, or a choice."""
    viewer = cast("ViewerRequest", request).viewer
    if not viewer.is_authenticated:
        if settings.DEMO:
            # Who starts the demonstration wants to be somebody, not to read what this is.
            return redirect("demo:personas")
        return render(request, "branches/landing.html")
    if viewer.is_national:
        return redirect("monitor:national")
    if len(viewer.branches) == 1:
        return redirect("process:today", viewer.branches[0].slug)
    return render(request, "branches/home.html", {"roles": roles_of(viewer=viewer)})


@require_POST
@login_not_required
def set_language(request: HttpRequest) -> HttpResponse:
    """Switch language, here and (signed in) for the mails; goes back to our own pages only."""
    viewer = cast("ViewerRequest", request).viewer
    language = request.POST.get("language", "")
    if viewer.user is not None and language in dict(settings.LANGUAGES):
        settings_service.choose_language(by=viewer.user, language=language)
    return django_set_language(request)
