"""The page behind the link "no longer this kind" in a mail; nobody needs to sign in for it.

The link itself is what counts: it is signed, names one person and some kinds, and can do no more
than switch those off or on. That is why the one click of a mail program (RFC 8058), which brings no
cookie and no token, is taken as it is.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from branches.views.invitation import token_page
from core import clock
from notifications.links import read_stop
from notifications.queries.choices import named
from notifications.services import preferences

NOT_FOUND = 404
RESUMED = "weer-aan"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@token_page
@never_cache
@login_not_required
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what stops and changes nothing; POST stops it.

    A mail program is answered with the page itself: it follows no redirect after its click.
    """
    found = read_stop(token)
    if found is None or not named(stop=found):
        return _unknown(request)
    if request.method == "POST":
        by_program = request.POST.get("List-Unsubscribe") == "One-Click"
        preferences.stop(stop=found, today=clock.today())
        if not by_program:
            return redirect("notifications:stop", token)
    lines = named(stop=found)
    context = {
        "lines": lines,
        "token": token,
        "stopped": not any(line.is_on for line in lines),
        "resumed": RESUMED in request.GET and all(line.is_on for line in lines),
    }
    return render(request, "notifications/stop.html", context)


@require_POST
@token_page
@never_cache
@login_not_required
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """Switch on again what the link stopped."""
    found = read_stop(token)
    if found is None or not named(stop=found):
        return _unknown(request)
    preferences.resume(stop=found, today=clock.today())
    # Who has just switched it on again is not asked at once whether it must stop.
    return redirect(f"{reverse('notifications:stop', args=[token])}?{RESUMED}")


def _unknown(request: HttpRequest) -> HttpResponse:
    return render(request, "notifications/stop_unknown.html", status=NOT_FOUND)
