"""A resident tells what was seen of one of the ten: no name, no address, no account (R59)."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from branches.visitor_place import address_of
from core import clock, form_tokens
from core.pages import FORM_METHODS, UNPROCESSABLE, whole_number
from core.public_pages import language_of
from evaluation.forms.ten.following import ProposalForm
from evaluation.models import Pledge
from evaluation.queries.ten.following import pledge_of_ten, ten_to_follow
from evaluation.services.ten.following import Full
from evaluation.services.ten.proposals import Sending, propose
from evaluation.ten_addresses import YEAR
from evaluation.ten_links import pledge_address
from evaluation.views.ten.open_pages import TOO_MANY, draw, drawn_again_at, same_page

SENT: Final = "verstuurd"
_FORM: Final = "ten.propose"


@csrf_exempt
@require_http_methods(FORM_METHODS)
@login_not_required
def propose_update(request: HttpRequest, slug: str, rank: int) -> HttpResponse:
    """Ask what was seen, or take it in."""
    year = whole_number(request, YEAR)
    top_ten = ten_to_follow(slug=slug, year=year)
    pledge = pledge_of_ten(top_ten=top_ten, rank=rank) if top_ten and rank <= _LAST else None
    if pledge is None:
        raise Http404
    with translation.override(language_of(request)):
        if request.method == "POST":
            return _take(request, pledge, year)
        if SENT in request.GET:
            return _page(request, pledge, year, "evaluation/ten/following/proposed.html")
        token = form_tokens.issue(form=_FORM, about=pledge.pk, now=timezone.now())
        return _form(request, pledge, year, ProposalForm(None, token=token))


_LAST: Final = 10
"""A longer number is no place among the ten, and may be too large for the database."""


def _take(request: HttpRequest, pledge: Pledge, year: int | None) -> HttpResponse:
    now, given = timezone.now(), request.POST.get("token", "")
    token = form_tokens.read(given, form=_FORM, about=pledge.pk)
    if token is None or not token.is_fresh(now=now):
        drawn = drawn_again_at(token, now=now)
        again = form_tokens.issue(form=_FORM, about=pledge.pk, now=drawn)
        form = ProposalForm(request.POST, token=again)
        return _form(request, pledge, year, form, UNPROCESSABLE, once_more=form.is_valid())
    form = ProposalForm(request.POST, token=given)
    if not form.is_valid():
        return _form(request, pledge, year, form, UNPROCESSABLE)
    text = form.cleaned_data["text"]
    try:
        propose(
            pledge=pledge,
            text=text,
            url=form.cleaned_data["url"],
            submission=token.submission(text),
            sending=Sending(address=address_of(request), took=token.age(now=now), trap=form.trap),
            today=clock.today(),
            now=now,
        )
    except Full as full:
        answer = _form(request, pledge, year, form, TOO_MANY, again_at=full.again_at)
        answer["Retry-After"] = str(int((full.again_at - now).total_seconds()) + 1)
        return answer
    language = language_of(request)
    return HttpResponseRedirect(same_page(request, language=language, year=year, **{SENT: "1"}))


def _form(
    request: HttpRequest,
    pledge: Pledge,
    year: int | None,
    form: ProposalForm,
    status: int = 200,
    **context: object,
) -> HttpResponse:
    context |= {
        "form": form,
        "action": same_page(request, language=language_of(request), year=year),
    }
    template = "evaluation/ten/following/propose.html"
    return _page(request, pledge, year, template, status, **context)


def _page(
    request: HttpRequest,
    pledge: Pledge,
    year: int | None,
    template: str,
    status: int = 200,
    **context: object,
) -> HttpResponse:
    language = language_of(request)
    shown = {
        "pledge": pledge,
        "pledge_url": pledge_address(pledge, top_ten=pledge.top_ten, language=language),
    }
    return draw(
        request,
        template,
        shown | context,
        top_ten=pledge.top_ten,
        language=language,
        year=year,
        status=status,
    )
