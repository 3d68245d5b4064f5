"""The report as a PDF, drawn by weasyprint, whose library Pango a machine may lack.

It is the costly one: some hundred promises a second, so long reports are made as work for later
(``evaluation.tasks``), and a very long one leaves the list of all promises to the other formats.
"""

from __future__ import annotations

import logging
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from evaluation.models import Evaluation
from evaluation.printing import words
from evaluation.printing.page import report_context
from evaluation.queries.results import Report

CONTENT_TYPE = "application/pdf"

AT_ONCE = 100
"""So many promises are drawn in some two seconds, while the reader waits."""

MOST = 900
"""Above this (20 s, 250 MB) a PDF holds the summary and the lists, and says where the rest is."""

_LISTED = 200


class NoPango(RuntimeError):
    """This machine cannot draw a PDF: its library Pango is not there."""


def can_draw() -> bool:
    """Tell whether this machine can draw a PDF."""
    try:
        _weasyprint()
    except NoPango:
        return False
    return True


def as_pdf(evaluation: Evaluation, report: Report, *, today: date) -> bytes:
    """Return the report as the bytes of a PDF, in the active language.

    Raises:
        NoPango: this machine cannot draw one.
    """
    weasyprint = _weasyprint()
    whole = len(report.lines) <= MOST
    html = render_to_string(
        "evaluation/result/paper.html",
        report_context(evaluation, report, paper=True)
        | {
            "branch": evaluation.branch,
            "as_of": words.as_of(today),
            "language": get_language(),
            "whole": whole,
            "limit": ":" if whole else f":{_LISTED}",
        },
    )
    # The document brings everything along: whatever a text points at, nothing is fetched.
    document: bytes = weasyprint.HTML(string=html, url_fetcher=_nothing).write_pdf()
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
