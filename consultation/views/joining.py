"""Joining a session on a phone: the code on the screen, and as what one speaks (R80)."""

from __future__ import annotations

import secrets
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultation import guessing
from consultation.forms.joining import CodeForm, JoinForm, sign_key
from consultation.models import Session
from consultation.queries.joining import session_with
from consultation.rules.session_codes import read_code
from consultation.services.participants import join as join_session
from consultation.views.phone import (
    A_WEEK,
    COOKIE,
    about,
    draw,
    phone_page,
    seat,
    taking_part,
    to_code,
)
from core import clock
from core.pages import CONFLICT, FORM_METHODS, UNPROCESSABLE
from core.refusal import Refused

_NOT_FOUND: Final = 404
_TOO_MANY: Final = 429
_TOKEN_BYTES: Final = 24


@require_http_methods(FORM_METHODS)
@phone_page
def join(request: HttpRequest) -> HttpResponse:
    """Ask for the code on the screen."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        code = form.cleaned_data["code"]
        if guessing.is_shut(request):
            return _too_many()
        if session_with(code) is not None:
            return to_code(code)
        guessing.count(request)
        form.add_error("code", _unknown_code())
    status = UNPROCESSABLE if form.errors else 200
    return draw("consultation/join.html", {"form": form}, status=status)


@require_http_methods(FORM_METHODS)
@phone_page
def join_code(request: HttpRequest, code: str) -> HttpResponse:
    """Let somebody take part; show who does what there is to do now."""
    normal = read_code(code)
    if normal is None:
        return _no_such_session(request)
    if normal != code:
        return to_code(normal)
    here = seat(request, code)
    if here is not None:
        return to_code(code) if request.method == "POST" else taking_part(here)
    session = None if guessing.is_shut(request) else session_with(code)
    if session is None:
        return _no_such_session(request)
    if request.method == "POST":
        return _join(request, session, code)
    return _join_page(session, JoinForm(initial={"key": _new_key(), "member": ""}))


def _join(request: HttpRequest, session: Session, code: str) -> HttpResponse:
    form = JoinForm(request.POST)
    if not form.is_valid():
        if "key" in form.errors:
            # Too old or made up: the page comes back with a new one and what was chosen.
            again = request.POST.copy()
            again["key"] = _new_key()
            form = JoinForm(again)
            form.add_error(None, _("This page was too old. Press once more."))
        return _join_page(session, form, status=UNPROCESSABLE)
    if guessing.is_crowded(request, session_id=session.pk):
        return _too_many()
    token = form.cleaned_data["key"]
    try:
        join_session(
            session=session,
            token=token,
            role=form.cleaned_data["role"],
            is_member=form.is_member,
            today=clock.today(),
        )
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _join_page(session, form, status=CONFLICT)
    return _with_sign(to_code(code), token, code)


def _with_sign(answer: HttpResponseRedirect, token: str, code: str) -> HttpResponseRedirect:
    answer.set_cookie(
        COOKIE,
        token,
        max_age=A_WEEK,
        path=reverse("consultation:join_code", args=[code]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


def _new_key() -> str:
    return sign_key(secrets.token_urlsafe(_TOKEN_BYTES))


def _join_page(session: Session, form: JoinForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, **about(session)}
    return draw("consultation/join_session.html", context, status=status)


def _no_such_session(request: HttpRequest) -> HttpResponse:
    if guessing.is_shut(request):
        return _too_many()
    guessing.count(request)
    context = {"form": CodeForm(), "said": _unknown_code()}
    return draw("consultation/join.html", context, status=_NOT_FOUND)


def _too_many() -> HttpResponse:
    context = {"message": _("Ask the leader of your session for help.")}
    return draw("429.html", context, status=_TOO_MANY)


def _unknown_code() -> str:
    return _("We do not know this code. Look at the screen once more; perhaps the session is over.")
