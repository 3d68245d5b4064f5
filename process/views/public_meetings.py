"""The public page of a branch's meetings: where anybody is welcome, and the calendar with it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from branches.models import Branch
from core import clock
from process.feeds.subscribing import of_path
from process.queries.meetings import public_coming

KEPT = 300
"""Seconds that caches on the way may keep the page."""


@login_not_required
@require_safe
def public_meetings(request: HttpRequest, slug: str) -> HttpResponse:
    """Show anybody the coming meetings at which everybody is welcome."""
    del request
    branch = get_object_or_404(Branch.objects.reads_on().select_related("heir"), slug=slug)
    if branch.heir is not None:
        # Its meetings to come went along.
        return redirect("process:public_meetings", branch.heir.slug)
    today = clock.today()
    context = {
        "of": branch,
        "coming": public_coming(branch=branch, today=today),
        "ways": of_path(reverse("process:feed_public", args=[slug]), name=branch.name),
        "today": today,
        "help_contact": settings.HELP_CONTACT,
    }
    # Without the request: nothing of the person who looks may end up in a shared cache.
    answer = HttpResponse(render_to_string("process/public_meetings.html", context))
    answer["Cache-Control"] = f"public, max-age={KEPT}"
    return answer
