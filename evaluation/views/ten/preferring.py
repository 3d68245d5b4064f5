"""Ten dots on a phone: no account, no name, one functional cookie for this page alone (R58).

The cookie is the sign by which the phone knows its own dots again, nothing else; other sites cannot
send it along (SameSite), which is what a CSRF token would see to.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from branches.services import place_limits
from branches.services.place_limits import Room
from branches.visitor_place import address_of
from core import clock, form_tokens
from core.pages import CONFLICT, FORM_METHODS, UNPROCESSABLE
from core.public_pages import NOWHERE, draw, in_language, language_of
from core.refusal import Refused
from evaluation.forms.ten.choosing import DotsForm
from evaluation.models import Pledge, TopTen
from evaluation.queries.ten.choosing import candidates
from evaluation.rules.pledge import DOTS
from evaluation.services.ten import preferring as services

COOKIE: Final = "stippen"
SAVED: Final = "bewaard"
_FORM: Final = "evaluation.preference"
_KEY: Final = re.compile(r"[\w-]{32,43}", re.ASCII)
_TWO_MONTHS: Final = 60 * 24 * 60 * 60
_TOO_MANY: Final = 429


@csrf_exempt
@require_http_methods(FORM_METHODS)
@login_not_required
def preference(request: HttpRequest, key: str) -> HttpResponse:
    """Let a phone give its ten dots, or change them, until the last day."""
    if not _KEY.fullmatch(key):
        raise Http404
    rows = TopTen.objects.select_related("branch", "timeline__election")
    top_ten = get_object_or_404(rows.filter(branch__closed_on=None), preference_key=key)
    with translation.override(language_of(request)):
        today = clock.today()
        if not services.is_open(top_ten, today=today):
            return _closed(request, top_ten)
        pledges = list(candidates(top_ten).order_by("measure__number", "pk"))
        own = request.COOKIES.get(COOKIE, "")
        known = bool(_KEY.fullmatch(own))
        given = services.ballot_of(top_ten=top_ten, key=own) if known else {}
        if request.method == "POST":
            return _take(request, top_ten, pledges, own=own if given else "", today=today)
        form = DotsForm(pledges=pledges, given=given, initial={"token": _token(top_ten)})
        context = {"saved": bool(given) and SAVED in request.GET, "changed": bool(given)}
        return _page(request, top_ten, form, **context)


def _take(
    request: HttpRequest, top_ten: TopTen, pledges: list[Pledge], *, own: str, today: date
) -> HttpResponse:
    """Take the dots, or show them again with what is wrong."""
    now = timezone.now()
    token = form_tokens.read(request.POST.get("token", ""), form=_FORM, about=top_ten.pk)
    form = DotsForm(request.POST, pledges=pledges, given={})
    if token is None or not token.is_fresh(now=now):
        again = request.POST.copy()
        again["token"] = _token(top_ten)
        form = DotsForm(again, pledges=pledges, given={})
        form.add_error(None, _("This page was too old. Press once more: your dots are still here."))
    if not form.is_valid():
        return _page(request, top_ten, form, status=UNPROCESSABLE)
    who, address = f"{_FORM} {top_ten.pk}", address_of(request)
    if not own and place_limits.room_for(who=who, address=address, now=now) is Room.FULL:
        form.add_error(None, _("Many people here are giving dots. Try again in an hour."))
        return _page(request, top_ten, form, status=_TOO_MANY)
    assert token is not None  # noqa: S101 - a form without one is not valid
    key = own or services.key_from(token.number)
    try:
        services.cast(top_ten=top_ten, dots=form.dots, key=key, today=today)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _page(request, top_ten, form, status=UNPROCESSABLE)
    if not own:
        place_limits.count(who=who, address=address, now=now)
    return _with_sign(request, top_ten, key)


def _with_sign(request: HttpRequest, top_ten: TopTen, key: str) -> HttpResponse:
    path = reverse("evaluation:preference", args=[top_ten.preference_key])
    answer = HttpResponseRedirect(in_language(path, language_of(request), **{SAVED: "1"}))
    answer.set_cookie(
        COOKIE,
        key,
        max_age=_TWO_MONTHS,
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    answer["Cache-Control"] = NOWHERE
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _page(
    request: HttpRequest, top_ten: TopTen, form: DotsForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"form": form, "dots": DOTS, "until": top_ten.preference_until, **more}
    return _draw(request, top_ten, "evaluation/ten/choosing/dots.html", context, status=status)


def _closed(request: HttpRequest, top_ten: TopTen) -> HttpResponse:
    """Say that it is closed; what there is to choose from is shown no more."""
    status = CONFLICT if request.method == "POST" else 200
    return _draw(request, top_ten, "evaluation/ten/choosing/dots_closed.html", {}, status=status)


def _draw(
    request: HttpRequest, top_ten: TopTen, template: str, context: dict[str, Any], *, status: int
) -> HttpResponse:
    """Draw a page without the request: no session, no token, nothing of who looks."""
    answer = draw(
        request,
        template,
        {"of": top_ten.branch, "election": top_ten.timeline.election, **context},
        language=language_of(request),
        status=status,
        kept=NOWHERE,
    )
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _token(top_ten: TopTen) -> str:
    return form_tokens.issue(form=_FORM, about=top_ten.pk, now=timezone.now())
