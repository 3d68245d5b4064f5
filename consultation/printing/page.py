"""What the pages and the PDF of a report need: the same words as the Word document."""

from __future__ import annotations

from typing import Any

from consultation.printing import words
from consultation.queries.gathering_report import GatheringReport


def report_context(report: GatheringReport) -> dict[str, Any]:
    """Return what ``consultation/report/told.html`` shows."""
    return {
        "report": report,
        "gathering": report.gathering,
        "report_title": words.title(report),
        "of_what": words.of_what(report),
        "thanks": words.thanks(report),
        "statement": words.statement(),
        "introduction": words.paragraphs(report.gathering.introduction),
        "more": words.more(report.gathering),
        "follow_up": words.follow_up(report),
    }
