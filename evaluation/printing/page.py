"""What the pages and the PDF of a result need: the same words, chart and table for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.safestring import SafeString

from evaluation.enums import Verdict
from evaluation.models import Evaluation
from evaluation.printing import words
from evaluation.printing.chart import Bar, draw_chart, draw_swatch
from evaluation.queries.results import Report, Result
from evaluation.rules import verdict as values

PAPER_WIDTH = 660
"""Units of the chart on paper: A4 within its margins, in CSS pixels."""

BARS_ON_A_PAGE = 18
"""So many bars, each with a title of two lines, fit on a page."""


def result_context(
    evaluation: Evaluation, result: Result, *, paper: bool = False
) -> dict[str, Any]:
    """Return the numbers in words, the chart with its legend, and the table.

    Args:
        evaluation: whose result.
        result: the counts.
        paper: draw with colours and measures of its own, for a document without style sheets.
    """
    return {
        "evaluation": evaluation,
        "result": result,
        "headline": words.headline(result.score),
        "remarks": words.remarks(result, weighted=evaluation.weighted),
        "carrying": words.carrying(result.carry),
        "charts": _on_paper(result) if paper else [_chart(words.bars(result))],
        "legend": _legend(result, paper=paper),
        "table": words.table(result, weighted=evaluation.weighted),
    }


def report_context(
    evaluation: Evaluation, report: Report, *, paper: bool = False
) -> dict[str, Any]:
    """Return what a whole report needs: the result, and its promises."""
    return result_context(evaluation, report.result, paper=paper) | {
        "report": report,
        "judges": words.judges(report.assessors),
        "paper": paper,
    }


def _on_paper(result: Result) -> list[SafeString]:
    """Return as many charts as fit on pages: a drawing is not torn over two."""
    bars = words.bars(result)
    return [
        _chart(
            bars[start : start + BARS_ON_A_PAGE],
            key=f"chart{start}",
            width=PAPER_WIDTH,
            from_whole=start == 0,
        )
        for start in range(0, len(bars), BARS_ON_A_PAGE)
    ]


def _chart(bars: Sequence[Bar], **how: Any) -> SafeString:
    return draw_chart(bars, title=words.chart_title(), desc=words.chart_desc(), **how)


def _legend(result: Result, *, paper: bool) -> list[tuple[SafeString, str]]:
    """Return a piece of a bar and its word for each verdict that occurs."""
    return [
        (draw_swatch(one, paper=paper), str(Verdict(one).label))
        for one in values.Verdict
        if result.score.counts[one]
    ]
