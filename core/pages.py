"""What the pages of every room share: which methods, which answers, and numbers in an address."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

FORM_METHODS: Final = ["GET", "HEAD", "POST"]
CONFLICT: Final = 409
UNPROCESSABLE: Final = 422

_MOST_DIGITS: Final = 9
"""A longer number is no id and no page, and may be too large for the database."""


def whole_number(request: HttpRequest, name: str) -> int | None:
    """Return a number from the address; anything else, and what is too large, is no number."""
    text = request.GET.get(name, "")
    if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS:
        return int(text)
    return None
