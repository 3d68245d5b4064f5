"""A monthly report in words, the same on its page and on paper: made from its figures alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils import dateformat
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.dates import day_words
from core.paper.pdf import draw
from monitor import figures_words
from monitor.figures_words import StepWords
from monitor.models import MonthlyReport
from monitor.rules.line import Step
from monitor.rules.report import Change, Figures, change, read
from process.enums import DecisionKind, Forecast

PAPER_WIDTH = 640
"""Units of a drawing on paper: A4 within its margins, in CSS pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One step in a report: how far, and what is different from the month before.

    Attributes:
        in_month: branches that took it in the month.
        since: the difference with the month before, with its sign; empty: nothing to compare with.
    """

    words: StepWords
    in_month: int
    since: str
    late_since: str


def month_words(month: date) -> str:
    """Write a month in full: ``september 2021``."""
    return dateformat.format(month, "F Y")


def context_of(
    report: MonthlyReport, before: MonthlyReport | None, *, paper: bool = False
) -> dict[str, Any]:
    """Return what the page and the paper show.

    Args:
        report: with its election.
        before: the report of the month before, for the same election.
        paper: draw with measures of its own, for a document without style sheets.
    """
    figures = read(report.figures, month=report.month)
    earlier = read(before.figures, month=before.month) if before else None
    changes = change(figures, earlier) if earlier else {}
    words = figures_words.step_words(figures.steps, width=PAPER_WIDTH if paper else None)
    compared = any(one.standing.has_last for one in words)
    return {
        "report": report,
        "election": report.election,
        "title": _("Monthly report, %(month)s") % {"month": month_words(report.month)},
        "figures": figures,
        "before": before,
        "before_month": month_words(before.month) if before else "",
        "sentences": sentences(figures, earlier),
        "lead": figures_words.lead(figures.steps),
        "taken": taken(report),
        "steps": words,
        "lines": [_line(one, figures, changes) for one in words],
        "compared": compared,
        "comparison": _comparison(figures, report, enough=compared),
        "tiles": figures_words.tiles(figures.provinces),
        "decisions": [
            (capfirst(str(DecisionKind(kind).label)), count)
            for kind, count in sorted(figures.decisions.items())
        ],
    }


def sentences(figures: Figures, earlier: Figures | None) -> list[str]:
    """Return the first facts, a sentence each."""
    said = [
        ngettext(
            "%(count)s branch is on its way to the election.",
            "%(count)s branches are on their way to the election.",
            figures.branches,
        )
        % {"count": figures.branches},
        _("%(active)s of %(total)s recorded something in this month or since.")
        % {"active": figures.active, "total": figures.branches},
        _("%(late)s of %(total)s are late, and %(silent)s are silent.")
        % {
            "late": figures.outlooks.get(Forecast.LATE, 0),
            "silent": figures.outlooks.get(Forecast.SILENT, 0),
            "total": figures.branches,
        },
    ]
    if earlier is not None:
        said.append(
            _("The month before, %(late)s of %(total)s were late and %(silent)s silent.")
            % {
                "late": earlier.outlooks.get(Forecast.LATE, 0),
                "silent": earlier.outlooks.get(Forecast.SILENT, 0),
                "total": earlier.branches,
            }
        )
    return said


def taken(report: MonthlyReport) -> str:
    """Say when the figures were taken, and by whom, and that they stay."""
    values = {"day": day_words(report.taken_on), "person": report.taken_by}
    if report.taken_by is None:
        return _("Taken by itself on %(day)s. The figures stay as they were on that day.") % values
    return _("Taken by %(person)s on %(day)s. The figures stay as they were on that day.") % values


def as_pdf(report: MonthlyReport, before: MonthlyReport | None) -> bytes:
    """Return the report as the bytes of a PDF, in the active language.

    Raises:
        NoPango: this machine cannot draw one.
    """
    context = context_of(report, before, paper=True) | {"language": get_language()}
    return draw(render_to_string("monitor/report_paper.html", context))


def _line(words: StepWords, figures: Figures, changes: Mapping[Step, Change]) -> StepLine:
    since = changes.get(words.step)
    return StepLine(
        words=words,
        in_month=figures.in_month.get(words.step, 0),
        since=figures_words.signed(since.done) if since else "",
        late_since=figures_words.signed(since.late) if since else "",
    )


def _comparison(figures: Figures, report: MonthlyReport, *, enough: bool) -> str:
    last = figures.last
    if last is None:
        return figures_words.comparison(None, day=figures.until, enough=False)
    day = last.polling_day - (report.election.polling_day - figures.until)
    return figures_words.comparison(last, day=day, enough=enough)
