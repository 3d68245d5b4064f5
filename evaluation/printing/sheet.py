"""The result as a spreadsheet, for further work: a summary, and every promise on a row."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.spreadsheets import Cell, Column, Sheet, xlsx
from evaluation.enums import CarryOver, Verdict
from evaluation.models import Evaluation
from evaluation.printing import words
from evaluation.queries.results import PromiseLine, Report

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_xlsx(evaluation: Evaluation, report: Report) -> bytes:
    """Return the result as the bytes of an .xlsx, in the active language."""
    return xlsx(_summary(evaluation, report), _promises(report))


def _summary(evaluation: Evaluation, report: Report) -> Sheet:
    counts = words.table(report.result, weighted=evaluation.weighted)
    name, *others = counts.head
    return Sheet(
        title=_("Per chapter"),
        columns=[Column(header=name, width=40), *(Column(header=one) for one in others)],
        rows=counts.rows,
    )


def _promises(report: Report) -> Sheet:
    columns = [
        Column(header=_("No."), width=7),
        Column(header=_("Chapter"), width=24),
        Column(header=_("Section"), width=24),
        Column(header=_("Promise"), width=60),
        Column(header=_("Portfolio"), width=16),
        Column(header=_("Verdict"), width=20),
        Column(header=_("Reason"), width=20),
        Column(header=_("On time or late"), width=14),
        Column(header=_("Weight"), width=9),
        Column(header=_("The verdicts differ"), width=24),
        Column(header=_("Was it good?"), width=10),
        Column(header=_("Still topical?"), width=10),
        Column(header=_("Does it go on?"), width=16),
        Column(header=pgettext("column", "Why"), width=40),
        Column(header=_("Explanation for the public"), width=50),
        Column(header=_("Evidence"), width=50),
    ]
    return Sheet(title=_("All promises"), columns=columns, rows=_rows(report))


def _rows(report: Report) -> Iterator[list[Cell]]:
    for chapter in report.chapters:
        for line in chapter.lines:
            yield [
                line.number,
                chapter.title,
                line.section,
                line.text,
                line.portfolio,
                str(Verdict(line.verdict).label),
                words.reason(line),
                words.timing(line),
                line.weight,
                words.findings(line) if line.disputed else "",
                _yes_no(line.good),
                _yes_no(line.topical),
                str(CarryOver(line.carry_over).label),
                line.carry_reason,
                line.explanation,
                _evidence(line),
            ]


def _evidence(line: PromiseLine) -> str:
    return "\n".join(
        " ".join(part for part in (one.title, one.url, one.note, one.file_name) if part)
        for one in line.evidence
    )


def _yes_no(answer: bool | None) -> str:  # noqa: FBT001 - it is the answer itself
    if answer is None:
        return ""
    return _("yes") if answer else _("no")
