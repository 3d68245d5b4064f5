"""The report as a PDF, drawn by weasyprint, whose library Pango a machine may lack.

It is the costly one: some hundred promises or twenty thousand characters a second. So a long
report is made as work for later (``evaluation.tasks``), and a very long one leaves the list of all
promises to the other formats.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.template.loader import render_to_string
from django.utils.translation import get_language

from core.paper.pdf import draw
from evaluation.models import Evaluation
from evaluation.printing import words
from evaluation.printing.page import report_context
from evaluation.queries.results import PromiseLine, Report

AT_ONCE = 100
"""So many promises are drawn in some two seconds, while the reader waits."""

AT_ONCE_TEXT = 60_000
"""The same in characters: a promise may have twenty thousand."""

MOST = 900
"""Above this (20 s, 250 MB) a PDF holds the summary and the lists, and says where the rest is."""

MOST_TEXT = 400_000
"""The same in characters."""

_LISTED = 200
_CUT = 200  # characters of each text in such a list


def is_quick(report: Report) -> bool:
    """Tell whether this report is drawn while its reader waits."""
    return len(report.lines) <= AT_ONCE and _characters(report) <= AT_ONCE_TEXT


def as_pdf(evaluation: Evaluation, report: Report, *, today: date) -> bytes:
    """Return the report as the bytes of a PDF, in the active language.

    Raises:
        NoPango: this machine cannot draw one.
    """
    whole = len(report.lines) <= MOST and _characters(report) <= MOST_TEXT
    if not whole:
        report = _cut(report)
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
    return draw(html)


def _characters(report: Report) -> int:
    """Count what is told of the promises, in characters."""
    return sum(
        len(line.text)
        + len(line.explanation)
        + len(line.settled_because)
        + len(line.carry_reason)
        + sum(len(one.title) + len(one.note) for one in line.evidence)
        for line in report.lines
    )


def _cut(report: Report) -> Report:
    """Return the report with the beginning of each text."""
    return replace(
        report,
        chapters=[
            replace(chapter, lines=[_cut_line(line) for line in chapter.lines])
            for chapter in report.chapters
        ],
    )


def _cut_line(line: PromiseLine) -> PromiseLine:
    return replace(
        line,
        text=_beginning(line.text),
        settled_because=_beginning(line.settled_because),
        carry_reason=_beginning(line.carry_reason),
    )


def _beginning(text: str) -> str:
    return text if len(text) <= _CUT else f"{text[:_CUT]}…"
