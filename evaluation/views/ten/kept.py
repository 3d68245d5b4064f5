"""How the public top ten is answered: drawn once for each state of it, kept, and sent as it is.

One small question to the database says which state is shown now; what was drawn of that state comes
from memory. Every change is another state, so nothing old is ever shown and nothing need be thrown
away. Whoever has these very bytes already is told so (304).
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_etags

from core import clock
from core.pages import whole_number
from core.public_pages import LANGUAGE, language_of
from evaluation.queries.ten.public import edition_of, public_ten
from evaluation.queries.ten.public_facts import Edition, PublicTen
from evaluation.ten_addresses import YEAR, Asked

HTML: Final = "text/html; charset=utf-8"
PUBLIC: Final = "public, no-cache"
"""Anybody on the way may keep it, and asks each time whether it is still so."""

_GZIP_LEVEL: Final = 6
_GZIP = re.compile(r"\bgzip\b")
_NO_GZIP = re.compile(r"gzip\s*;\s*q=0(\.0*)?\s*(,|$)")


@dataclass(frozen=True, slots=True)
class _Kept:
    body: bytes
    packed: bytes
    tag: str


Draw = Callable[[PublicTen, Asked], bytes | str]


def answer(
    request: HttpRequest, slug: str, *, what: str, draw: Draw, content_type: str = HTML
) -> HttpResponse:
    """Answer with something of a branch's public top ten.

    Args:
        request: of anybody; nothing of who looks is used.
        slug: of the branch.
        what: which of its pages and files; names it in memory.
        draw: makes it, in the active language; may raise ``Http404``.
        content_type: of the answer.

    Raises:
        Http404: there is no public top ten here (any more).
    """
    asked = asked_of(request, slug)
    edition = edition_of(slug=slug, today=asked.today, year=asked.year)
    if edition is None:
        raise Http404
    kept = _kept(asked, edition, what=what, draw=draw)
    given = {
        tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))
    }
    zipped = _takes_gzip(request)
    if given & {"*", f'"{kept.tag}"', f'"{kept.tag}-gzip"'}:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(kept.packed if zipped else kept.body, content_type=content_type)
        if zipped:
            response["Content-Encoding"] = "gzip"
    response["ETag"] = f'"{kept.tag}-gzip"' if zipped else f'"{kept.tag}"'
    if edition.edited_at is not None:
        response["Last-Modified"] = http_date(edition.edited_at.timestamp())
    response["Cache-Control"] = PUBLIC
    response["Content-Language"] = asked.language
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def asked_of(request: HttpRequest, slug: str) -> Asked:
    """Return what a request asks for; nothing of who asks is in it but the browser's language."""
    said = request.GET.get(LANGUAGE, "")
    if said not in dict(settings.LANGUAGES):
        said = ""
    return Asked(
        slug=slug,
        language=language_of(request),
        said=said,
        year=whole_number(request, YEAR),
        today=clock.today(),
    )


def _kept(asked: Asked, edition: Edition, *, what: str, draw: Draw) -> _Kept:
    """Return what was drawn of this state before, or draw it."""
    key = ":".join(
        str(part)
        for part in (
            "tien",
            edition.pk,
            edition.number,
            edition.mark,
            asked.today.isoformat(),
            asked.language,
            asked.said,
            asked.year or "",
            what,
        )
    )
    pages = caches["pages"]
    kept: _Kept | None = pages.get(key)
    if kept is None:
        ten = public_ten(edition=edition, today=asked.today)
        if ten is None:
            raise Http404
        with translation.override(asked.language):
            drawn = draw(ten, asked)
        body = drawn.encode() if isinstance(drawn, str) else drawn
        kept = _Kept(
            body,
            # Without a time in it: the same page is the same bytes.
            gzip.compress(body, _GZIP_LEVEL, mtime=0),
            hashlib.sha256(body).hexdigest()[:40],
        )
        pages.set(key, kept)
    return kept


def _takes_gzip(request: HttpRequest) -> bool:
    accepted = request.headers.get("Accept-Encoding", "").lower()
    return bool(_GZIP.search(accepted)) and not _NO_GZIP.search(accepted)
