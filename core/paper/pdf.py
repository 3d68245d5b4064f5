"""Drawing a PDF with weasyprint, whose library Pango a machine may lack."""

from __future__ import annotations

import logging
from typing import Any

CONTENT_TYPE = "application/pdf"


class NoPango(RuntimeError):
    """This machine cannot draw a PDF: its library Pango is not there."""


def can_draw() -> bool:
    """Tell whether this machine can draw a PDF."""
    try:
        _weasyprint()
    except NoPango:
        return False
    return True


def draw(html: str) -> bytes:
    """Return a page as the bytes of a PDF.

    Args:
        html: whole in itself: whatever a text in it points at, nothing is fetched.

    Raises:
        NoPango: this machine cannot draw one.
    """
    document: bytes = _weasyprint().HTML(string=html, url_fetcher=_nothing).write_pdf()
    return document


def _weasyprint() -> Any:
    # fontTools and weasyprint tell of every page and every letter.
    for name in ("fontTools", "weasyprint"):
        logging.getLogger(name).setLevel(logging.ERROR)
    try:
        import weasyprint  # noqa: PLC0415 - takes half a second, and Pango may be missing
    except (ImportError, OSError) as missing:
        raise NoPango from missing
    return weasyprint


def _nothing(url: str, *_args: object, **_more: object) -> Any:
    raise ValueError(f"a report fetches nothing: {url}")
