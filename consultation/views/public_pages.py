"""What the pages without account share: no cookie, nothing of who looks, the language asked for."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import translation

from branches.models import Branch
from branches.naming import public_name
from consultation.models import Consultation
from consultation.queries.current import public_consultation
from consultation.queries.public import contact_of

LANGUAGE: Final = "taal"
# A browser may show it once more after "back"; nobody on the way keeps it.
OWN: Final = "private, no-cache"


def language_of(request: HttpRequest) -> str:
    """Return the language that the address asks for; else that of the browser."""
    asked = request.GET.get(LANGUAGE, "")
    if asked in dict(settings.LANGUAGES):
        return asked
    return (translation.get_language() or settings.LANGUAGE_CODE)[:2]


def in_language(path: str, language: str, **more: str) -> str:
    """Return an address that asks for a language."""
    return f"{path}?{urlencode({LANGUAGE: language, **more})}"


def get_public(slug: str, *, today: date) -> tuple[Branch, Consultation]:
    """Return a branch and its collecting of input (404 before it has begun)."""
    branch = get_object_or_404(Branch.objects.active(), slug=slug)
    found = public_consultation(branch=branch, today=today)
    if found is None:
        raise Http404
    return branch, found


def public_context(consultation: Consultation) -> dict[str, Any]:
    """Return what each of these pages shows."""
    return {
        "of": consultation.branch,
        "name": public_name(consultation.branch),
        "contact": contact_of(consultation),
        "help_contact": settings.HELP_CONTACT,
    }


def draw(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    language: str,
    status: int = 200,
    kept: str = OWN,
) -> HttpResponse:
    """Answer with a page drawn without the request: no cookie, and nothing of a person.

    Args:
        request: for the address of the page in the other language.
        template: extends ``consultation/public/base.html``.
        context: of the page.
        language: of the page.
        status: of the answer.
        kept: its ``Cache-Control``.
    """
    others = [
        {"code": code, "name": name, "url": in_language(request.path, code)}
        for code, name in settings.LANGUAGES
        if code != language
    ]
    with translation.override(language):
        page = render_to_string(template, {"languages": others, **context})
    answer = HttpResponse(page, status=status)
    answer["Cache-Control"] = kept
    answer["Content-Language"] = language
    return answer
