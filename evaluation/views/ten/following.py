"""Following a top ten by mail: asking, saying yes from one's own mailbox, stopping (R59)."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from branches.views.invitation import token_page
from branches.visitor_place import address_of
from core import clock, form_tokens
from core.pages import FORM_METHODS, UNPROCESSABLE, whole_number
from core.public_pages import language_of
from core.suspicion import TOO_FAST
from evaluation.forms.ten.following import FollowForm
from evaluation.models import Follower, TopTen
from evaluation.queries.ten.following import follower_of, ten_to_follow
from evaluation.services.ten import following
from evaluation.services.ten.following import Full
from evaluation.ten_addresses import YEAR
from evaluation.ten_links import language_of as language_of_follower
from evaluation.views.ten.open_pages import TOO_MANY, draw, drawn_again_at, same_page

ASKED: Final = "gevraagd"
_FORM: Final = "ten.follow"
_NOT_FOUND: Final = 404


@csrf_exempt
@require_http_methods(FORM_METHODS)
@login_not_required
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for an address; the answer is the same whoever follows already."""
    year = whole_number(request, YEAR)
    top_ten = ten_to_follow(slug=slug, year=year)
    if top_ten is None:
        raise Http404
    with translation.override(language_of(request)):
        if request.method == "POST":
            return _ask(request, top_ten, year)
        if ASKED in request.GET:
            return draw(
                request,
                "evaluation/ten/following/asked.html",
                {"kept": following.UNCONFIRMED_KEPT.days},
                top_ten=top_ten,
                language=language_of(request),
                year=year,
            )
        token = form_tokens.issue(form=_FORM, about=top_ten.pk, now=timezone.now())
        return _form(request, top_ten, year, FollowForm(None, token=token))


def _ask(request: HttpRequest, top_ten: TopTen, year: int | None) -> HttpResponse:
    now, given = timezone.now(), request.POST.get("token", "")
    token = form_tokens.read(given, form=_FORM, about=top_ten.pk)
    if token is None or not token.is_fresh(now=now):
        # Also from a field on a page that is the same for everybody: it carries no token.
        drawn = drawn_again_at(token, now=now)
        again = form_tokens.issue(form=_FORM, about=top_ten.pk, now=drawn)
        form = FollowForm(request.POST, token=again)
        return _form(request, top_ten, year, form, UNPROCESSABLE, once_more=form.is_valid())
    form = FollowForm(request.POST, token=given)
    if not form.is_valid():
        return _form(request, top_ten, year, form, UNPROCESSABLE)
    if token.age(now=now) < TOO_FAST:
        # A browser that fills in the address is this quick too.
        return _form(request, top_ten, year, form, UNPROCESSABLE, once_more=True)
    language = language_of(request)
    if not form.trap.strip():
        try:
            following.ask(
                top_ten=top_ten,
                email=form.cleaned_data["email"],
                language=language,
                address=address_of(request),
                today=clock.today(),
                now=now,
            )
        except Full as full:
            answer = _form(request, top_ten, year, form, TOO_MANY, again_at=full.again_at)
            answer["Retry-After"] = str(int((full.again_at - now).total_seconds()) + 1)
            return answer
    return HttpResponseRedirect(same_page(request, language=language, year=year, **{ASKED: "1"}))


def _form(
    request: HttpRequest,
    top_ten: TopTen,
    year: int | None,
    form: FollowForm,
    status: int = 200,
    **context: object,
) -> HttpResponse:
    language = language_of(request)
    return draw(
        request,
        "evaluation/ten/following/follow.html",
        {
            "form": form,
            "action": same_page(request, language=language, year=year),
            "kept": following.UNCONFIRMED_KEPT.days,
            **context,
        },
        top_ten=top_ten,
        language=language,
        year=year,
        status=status,
    )


@csrf_exempt
@require_http_methods(FORM_METHODS)
@token_page
@login_not_required
def follow_confirm(request: HttpRequest, key: str) -> HttpResponse:
    """GET asks once more and changes nothing, so that who looks through mails confirms nothing."""
    follower = follower_of(key=key)
    if follower is None or not _is_public(follower):
        return _gone(request)
    language = language_of(request, language_of_follower(follower))
    if request.method == "POST":
        if following.confirm(key=key, today=clock.today()) is None:
            return _gone(request)
        return HttpResponseRedirect(same_page(request, language=language, year=None))
    return draw(
        request,
        "evaluation/ten/following/confirm.html",
        {
            "follows": follower.confirmed_on is not None,
            "action": same_page(request, language=language, year=None),
            "stop_url": _stop_path(follower),
        },
        top_ten=follower.top_ten,
        language=language,
    )


@csrf_exempt
@require_http_methods(FORM_METHODS)
@token_page
@login_not_required
def follow_stop(request: HttpRequest, key: str) -> HttpResponse:
    """GET asks and changes nothing; POST stops, also from a mail program (RFC 8058).

    Who stopped is not known any more, so any link that is of nobody says: no mail comes. A mail
    program is answered with the page itself: it follows no redirect after its click.
    """
    follower = follower_of(key=key)
    language = language_of(request, language_of_follower(follower) if follower else "")
    top_ten = follower.top_ten if follower is not None and _is_public(follower) else None
    stopped = follower is None
    if request.method == "POST":
        # Read before anything is done: a body that is no form is refused here.
        by_program = request.POST.get("List-Unsubscribe") == "One-Click"
        following.stop(key=key)
        stopped = True
        if not by_program:
            return HttpResponseRedirect(same_page(request, language=language, year=None))
    return draw(
        request,
        "evaluation/ten/following/stop.html",
        {
            "stopped": stopped,
            "follows": follower is not None and follower.confirmed_on is not None,
            "action": same_page(request, language=language, year=None),
        },
        top_ten=top_ten,
        language=language,
    )


def _is_public(follower: Follower) -> bool:
    return TopTen.objects.alive().filter(pk=follower.top_ten_id).exists()


def _stop_path(follower: Follower) -> str:
    return reverse("evaluation:follow_stop", args=[follower.key])


def _gone(request: HttpRequest) -> HttpResponse:
    return draw(
        request,
        "evaluation/ten/following/gone.html",
        {},
        top_ten=None,
        language=language_of(request),
        status=_NOT_FOUND,
    )
