"""The report of a gathering as a PDF, whole in itself."""

from __future__ import annotations

from typing import Final

from django.template.loader import render_to_string
from django.utils.translation import get_language

from consultation.printing.page import report_context
from consultation.queries.gathering_report import GatheringReport
from core.paper.pdf import draw

MOST: Final = 120_000
"""Characters that are drawn in some six seconds; an evening brings twenty thousand."""


def fits(report: GatheringReport) -> bool:
    """Tell whether a PDF is drawn while its reader waits."""
    return report.length <= MOST


def as_pdf(report: GatheringReport) -> bytes:
    """Return the report as the bytes of a PDF, in the active language.

    Raises:
        NoPango: this machine cannot draw one.
    """
    return draw(
        render_to_string(
            "consultation/report/paper.html",
            report_context(report)
            | {"branch": report.gathering.consultation.branch, "language": get_language()},
        )
    )
