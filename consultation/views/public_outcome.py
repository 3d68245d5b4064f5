"""What happened with the input, for everybody; and the way out for who does not want to be kept."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from branches.models import Branch
from branches.naming import public_name
from branches.views.invitation import token_page
from consultation.links import read_forget
from consultation.models import Consultation, Contribution, Contributor
from consultation.queries.outcome import outcome_of
from consultation.queries.people import same_person
from consultation.queries.public import FormState, form_state, public_outcome_of
from consultation.services.erasing import erase_contributors
from consultation.views.public_pages import public_context
from core import clock
from core.pages import FORM_METHODS
from core.public_pages import draw, in_language, language_of

KEPT = "public, max-age=300"
"""Caches on the way may keep the result five minutes: a switch takes so long to be seen."""
NOT_FOUND = 404


@require_safe
@login_not_required
def outcome(request: HttpRequest, slug: str) -> HttpResponse:
    """Show anybody what happened with the input, once the branch has made that public."""
    branch = get_object_or_404(Branch.objects.reads_on(), slug=slug)
    consultation = public_outcome_of(branch)
    if consultation is None:
        raise Http404
    return outcome_page(request, consultation, kept=KEPT)


def outcome_page(
    request: HttpRequest, consultation: Consultation, *, kept: str, preview: str = ""
) -> HttpResponse:
    """Draw the result of a branch.

    Args:
        request: of who looks.
        consultation: whose result.
        kept: its ``Cache-Control``.
        preview: the page of the branch to go back to, when it only looks.
    """
    language, slug = language_of(request), consultation.branch.slug
    with translation.override(language):
        found = outcome_of(consultation)
        state = form_state(consultation=consultation, today=clock.today())
        context: dict[str, Any] = public_context(consultation) | {
            "consultation": consultation,
            "outcome": found,
            "form_url": in_language(reverse("consultation:form", args=[slug]), language)
            if state in (FormState.OPEN, FormState.LATE) and consultation.branch.closed_on is None
            else "",
            "preview": preview,
        }
        return draw(
            request, "consultation/public/outcome.html", context, language=language, kept=kept
        )


# Without cookie, as the rest: the link itself is what counts. It is signed, and can do one thing.
@csrf_exempt
@require_http_methods(FORM_METHODS)
@token_page
@login_not_required
def forget(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what goes and changes nothing; POST takes this person out.

    Who has the link reads that address' mail, so all that was sent with it goes: whoever sent in
    twice is gone after one press, as the page says.
    """
    pk, language = read_forget(token), language_of(request)
    if pk is None:
        return draw(
            request,
            "consultation/public/forget_unknown.html",
            {},
            language=language,
            status=NOT_FOUND,
        )
    people = Contributor.objects.filter(pk=pk).select_related("consultation__branch")
    person = people.first()
    if person is not None and request.method == "POST":
        erase_contributors(contributors=same_person(person), by=None, today=clock.today())
    if request.method == "POST":
        return HttpResponseRedirect(in_language(request.path, language))
    gone = person is None
    context = {
        "gone": gone,
        "name": public_name(person.consultation.branch) if person is not None else "",
        "count": 0
        if person is None
        else Contribution.objects.filter(contributor__in=same_person(person)).came_in().count(),
    }
    return draw(request, "consultation/public/forget.html", context, language=language)
