"""The public form: for everybody, without account, cookie, puzzle or JavaScript (R22, R63).

There is no session to protect, so no CSRF cookie either: what the form carries instead is signed
(``consultation.form_tokens``). Whatever goes wrong, what was typed stands in the answer.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from branches.visitor_place import address_of
from consultation import consent, form_tokens
from consultation.forms.public import PublicForm
from consultation.models import Consultation
from consultation.queries.public import FormState, form_state, public_outcome_of
from consultation.services.public_form import Full, Sending, take_in
from consultation.views.public_pages import get_public, public_context
from core import clock
from core.characters import shown
from core.pages import FORM_METHODS, UNPROCESSABLE
from core.public_pages import draw, in_language, language_of
from core.refusal import Refused
from core.suspicion import TOO_FAST

TOO_MANY = 429
THANKED = "bedankt"


@csrf_exempt
@require_http_methods(FORM_METHODS)
@login_not_required
def form(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form, or take in what was sent."""
    return _form(request, slug, embedded=False)


@csrf_exempt
@xframe_options_exempt
@csp_replace({"frame-ancestors": [SELF, "https:"]})  # type: ignore[arg-type]  # its type knows no slug
@require_http_methods(FORM_METHODS)
@login_not_required
def form_embedded(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the same form bare, for a frame on another site.

    It reads no cookie and does nothing in anybody's name, so there is nothing to be tricked into.
    """
    return _form(request, slug, embedded=True)


@require_safe
@login_not_required
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """Thank, and tell what happens now; the address says nothing of who sent what."""
    _branch, consultation = get_public(slug, today=clock.today())
    if form_state(consultation=consultation, today=clock.today()) is FormState.NEVER:
        raise Http404
    return _thanks(request, consultation, embedded=False)


def _form(request: HttpRequest, slug: str, *, embedded: bool) -> HttpResponse:
    today, now = clock.today(), timezone.now()
    _branch, consultation = get_public(slug, today=today)
    state = form_state(consultation=consultation, today=today)
    if state is FormState.NEVER:
        raise Http404
    language = language_of(request)
    with translation.override(language):
        if embedded and THANKED in request.GET:
            return _thanks(request, consultation, embedded=True)
        if state is FormState.CLOSED:
            typed = {"typed": shown(request.POST.get("text", "")), "embedded": embedded}
            context = public_context(consultation) | typed
            return draw(request, "consultation/public/closed.html", context, language=language)
        page = _Page(request, consultation, embedded=embedded, today=today, now=now)
        return page.take() if request.method == "POST" else page.draw(page.empty())


class _Page:
    """One request for the form of one branch, in the active language."""

    def __init__(
        self,
        request: HttpRequest,
        consultation: Consultation,
        *,
        embedded: bool,
        today: date,
        now: datetime,
    ) -> None:
        self.request, self.consultation, self.embedded = request, consultation, embedded
        self.today, self.now, self.language = today, now, language_of(request)
        self.sentence = consent.sentence(consultation, today=today)

    def empty(self) -> PublicForm:
        """Return a form to fill in."""
        return self._form(None, form_tokens.issue(self.consultation, now=self.now))

    def take(self) -> HttpResponse:
        """Take in what was sent, or show it again with what is wrong."""
        given = self.request.POST.get("token", "")
        token = form_tokens.read(given, consultation=self.consultation)
        if token is None or not token.is_fresh(now=self.now):
            # Who left the form open for days has read it; a made-up token has to wait like anybody.
            drawn_at = self.now - TOO_FAST if token is not None else self.now
            again = form_tokens.issue(self.consultation, now=drawn_at)
            form = self._form(self.request.POST, again)
            return self.draw(form, status=UNPROCESSABLE, old=form.is_valid())
        form = self._form(self.request.POST, given)
        if not form.is_valid():
            return self.draw(form, status=UNPROCESSABLE)
        text = form.cleaned_data["text"]
        sending = Sending(
            address=address_of(self.request),
            took=token.age(now=self.now),
            trap=str(form.cleaned_data["homepage"] or ""),
            wants_confirmation=form.cleaned_data["wants_confirmation"],
        )
        try:
            take_in(
                consultation=self.consultation,
                incoming=form.incoming(language=self.language, submission=token.submission(text)),
                sending=sending,
                today=self.today,
                now=self.now,
            )
        except Refused as refused:
            form.add_error("text", refused.sentence)
            return self.draw(form, status=UNPROCESSABLE)
        except Full as full:
            answer = self.draw(form, status=TOO_MANY, again_at=full.again_at)
            answer["Retry-After"] = str(int((full.again_at - self.now).total_seconds()) + 1)
            return answer
        return HttpResponseRedirect(self._onward())

    def draw(self, form: PublicForm, *, status: int = 200, **context: Any) -> HttpResponse:
        """Answer with the page."""
        consultation = self.consultation
        whole = public_context(consultation) | {
            "consultation": consultation,
            "form": form,
            "late": consultation.closes_on is not None and consultation.closes_on < self.today,
            "today": self.today,
            "embedded": self.embedded,
            "action": in_language(self.request.path, self.language),
            **context,
        }
        return draw(
            self.request,
            "consultation/public/form.html",
            whole,
            language=self.language,
            status=status,
        )

    def _form(self, data: Any, token: str) -> PublicForm:
        return PublicForm(data, consultation=self.consultation, consent=self.sentence, token=token)

    def _onward(self) -> str:
        slug = self.consultation.branch.slug
        if self.embedded:
            return in_language(
                reverse("consultation:form_embedded", args=[slug]), self.language, **{THANKED: "1"}
            )
        return in_language(reverse("consultation:thanks", args=[slug]), self.language)


def _thanks(request: HttpRequest, consultation: Consultation, *, embedded: bool) -> HttpResponse:
    language, slug = language_of(request), consultation.branch.slug
    form_name = "consultation:form_embedded" if embedded else "consultation:form"
    outcome = public_outcome_of(consultation.branch)
    context = public_context(consultation) | {
        "embedded": embedded,
        "form_url": in_language(reverse(form_name, args=[slug]), language),
        "outcome_url": in_language(reverse("consultation:outcome", args=[slug]), language)
        if outcome is not None
        else "",
        "is_open": consultation.form_open_since is not None,
    }
    return draw(request, "consultation/public/thanks.html", context, language=language)
