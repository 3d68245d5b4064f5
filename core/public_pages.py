"""Pages without account: no cookie, nothing of who looks, the language that is asked for."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

LANGUAGE: Final = "taal"
# A browser may show it once more after "back"; nobody on the way keeps it.
OWN: Final = "private, no-cache"
NOWHERE: Final = "private, no-store"


def language_of(request: HttpRequest, otherwise: str = "") -> str:
    """Return the language that the address asks for; else ``otherwise``; else the browser's."""
    asked = request.GET.get(LANGUAGE, "")
    if asked in dict(settings.LANGUAGES):
        return asked
    return otherwise or (translation.get_language() or settings.LANGUAGE_CODE)[:2]


def in_language(path: str, language: str, **more: str) -> str:
    """Return an address that asks for a language; what is empty in ``more`` is left out."""
    asks = {LANGUAGE: language, **{name: value for name, value in more.items() if value}}
    return f"{path}?{urlencode(asks)}"


def draw(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    language: str,
    status: int = 200,
    kept: str = OWN,
    **more: str,
) -> HttpResponse:
    """Answer with a page drawn without the request: no cookie, and nothing of a person.

    Args:
        request: for the address of the page in the other language.
        template: finds ``languages`` (code, name, url) and ``help_contact`` beside its context.
        context: of the page.
        language: of the page.
        status: of the answer.
        kept: its ``Cache-Control``.
        more: what the address asks besides, for the other language too.
    """
    others = [
        {"code": code, "name": name, "url": in_language(request.path, code, **more)}
        for code, name in settings.LANGUAGES
        if code != language
    ]
    shared = {"languages": others, "help_contact": settings.HELP_CONTACT}
    with translation.override(language):
        page = render_to_string(template, {**shared, **context})
    answer = HttpResponse(page, status=status)
    answer["Cache-Control"] = kept
    answer["Content-Language"] = language
    return answer
