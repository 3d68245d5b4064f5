"""What the pages around the public ten share: no cookie, nothing of who looks, the language asked.

There is no session to protect, so no CSRF cookie either: what a form carries instead is signed
(``core.form_tokens``), and a link in a mail is its own proof. Whatever goes wrong, what was typed
stands in the answer.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from branches.naming import public_name
from core import public_pages
from core.form_tokens import FormToken
from core.public_pages import in_language
from core.suspicion import TOO_FAST
from evaluation.models import TopTen
from evaluation.ten_addresses import YEAR
from evaluation.ten_links import ten_address

TOO_MANY: Final = 429


def same_page(request: HttpRequest, *, language: str, year: int | None, **more: str) -> str:
    """Return the address of this page in a language, for the same top ten."""
    return in_language(request.path, language, **{YEAR: str(year or ""), **more})


def draw(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    top_ten: TopTen | None,
    language: str,
    year: int | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer with a page drawn without the request: no cookie, and nothing of a person.

    Args:
        request: for the address of the page in the other language.
        template: extends ``evaluation/ten/following/base.html``.
        context: of the page.
        top_ten: that it is about, with its branch and timeline; None: that is not known any more.
        language: of the page.
        year: that the address asked for.
        status: of the answer.
    """
    of_the_ten = {}
    if top_ten is not None:
        of_the_ten = {
            "of": top_ten.branch,
            "name": public_name(top_ten.branch),
            "ten_url": ten_address(top_ten, language=language),
        }
    asked = {YEAR: str(year or "")}
    answer = public_pages.draw(
        request, template, {**of_the_ten, **context}, language=language, status=status, **asked
    )
    answer["X-Robots-Tag"] = "noindex"
    return answer


def drawn_again_at(token: FormToken | None, *, now: datetime) -> datetime:
    """Return since when a form that is shown once more counts as open.

    Who left it open for days has read it; a made-up token has to wait like anybody.
    """
    return now - TOO_FAST if token is not None else now
