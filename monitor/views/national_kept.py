"""How the national page is answered again: as it was drawn, while nothing that it shows changed.

The mark (``monitor.queries.national_lists``) is made of what the page reads, so every change is
another one and nothing old is ever shown. Kept is the page of one person, without the token that
each answer has of its own; only so many pages that a process stays small.
"""

from __future__ import annotations

import zlib
from typing import Final

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import caches
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import get_language

from branches.gate import ViewerRequest
from core import clock

PLACES: Final = 8
"""So many pages are kept in a process, of up to two or three megabytes each."""


class Kept:
    """What was drawn before of what a request asks for, if it still holds.

    Args:
        request: of somebody of the office.
        mark: of all that the page reads (``monitor.queries.national_lists``).
    """

    def __init__(self, request: ViewerRequest, *, mark: str) -> None:
        self._request = request
        # What just happened is said once; a clock on its way says so on every page.
        usual = not len(get_messages(request)) and not (settings.DEMO and clock.destination())
        asked = f"{request.user.pk}:{get_language()}:{request.get_full_path()}"
        self._place = f"landelijk:{zlib.crc32(asked.encode()) % PLACES}"
        self._key = f"{mark}:{request.viewer.today}:{asked}" if usual else ""

    def answer(self) -> HttpResponse | None:
        """Return the page as it was drawn, or nothing."""
        if not self._key:
            return None
        kept = caches["pages"].get(self._place)
        if kept is None or kept[0] != self._key:
            return None
        token = get_token(self._request).encode()
        return HttpResponse(token.join(kept[1]))

    def draw(self, template: str, context: dict[str, object], *, keep: bool) -> HttpResponse:
        """Answer with a page drawn now; keep it if the mark says all that it shows."""
        token = get_token(self._request)
        page = render_to_string(template, {**context, "csrf_token": token}, self._request).encode()
        if self._key and keep:
            caches["pages"].set(self._place, (self._key, page.split(token.encode())))
        return HttpResponse(page)
