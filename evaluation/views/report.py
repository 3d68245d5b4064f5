"""The report for the members' meeting: a page, and the same as Word, PDF and spreadsheet."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from core.pages import FORM_METHODS
from core.paper.docx import CONTENT_TYPE as WORD
from core.paper.pdf import CONTENT_TYPE as PDF
from core.paper.pdf import can_draw
from evaluation.models import Evaluation
from evaluation.printing import docx, pdf, sheet, words
from evaluation.printing.page import report_context
from evaluation.queries.results import Report, report_of
from evaluation.services import reporting
from evaluation.services.reporting import Making
from evaluation.views.loading import get_evaluation, page

_STAMP = re.compile(r"[0-9a-f]{32}")
_SLOW = 503


@require_safe
@branch_page("evaluation.view_evaluation")
def report(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show the whole report, ready to print."""
    row = get_evaluation(request, branch, pk)
    return page(
        request,
        branch,
        "evaluation/result/report.html",
        {
            **report_context(row, report_of(row)),
            "as_of": words.as_of(request.viewer.today),
            "limit": ":",
        },
    )


@require_safe
@branch_page("evaluation.view_evaluation")
def report_docx(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Give the report as a Word document."""
    row = get_evaluation(request, branch, pk)
    content = docx.as_docx(row, report_of(row), today=request.viewer.today)
    return _file(request, branch, content, kind=WORD, ending="docx")


@require_safe
@branch_page("evaluation.view_evaluation")
def result_xlsx(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Give the result as a spreadsheet, for further work."""
    row = get_evaluation(request, branch, pk)
    content = sheet.as_xlsx(row, report_of(row))
    return _file(request, branch, content, kind=sheet.CONTENT_TYPE, ending="xlsx")


@require_http_methods(FORM_METHODS)
@branch_page("evaluation.view_evaluation")
def report_pdf(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Give the report as a PDF; a long one is made first, and this page tells how far it is."""
    row = get_evaluation(request, branch, pk)
    if not can_draw():
        return _pdf_page(request, branch, row, state="no_pango", status=_SLOW)
    asked = request.GET.get("versie", "")
    if request.method != "POST" and _STAMP.fullmatch(asked):
        return _asked_before(request, branch, row, asked)
    found = report_of(row)
    if request.method == "POST":
        stamp = _stamp(request, row, found)
        reporting.ask(
            evaluation=row,
            stamp=stamp,
            language=get_language() or "nl",
            today=request.viewer.today,
            now=timezone.now(),
        )
        return redirect(
            f"{reverse('evaluation:report_pdf', args=[branch.slug, pk])}?versie={stamp}"
        )
    if pdf.is_quick(found):
        content = pdf.as_pdf(row, found, today=request.viewer.today)
        return _file(request, branch, content, kind=PDF, ending="pdf")
    stamp = _stamp(request, row, found)
    if reporting.how_far(evaluation=row, stamp=stamp) is Making.READY:
        return _asked_before(request, branch, row, stamp)
    return _pdf_page(request, branch, row, state=Making.NOT_ASKED, count=len(found.lines))


def _asked_before(
    request: ViewerRequest, branch: Branch, row: Evaluation, stamp: str
) -> HttpResponse:
    state = reporting.how_far(evaluation=row, stamp=stamp)
    if state is Making.READY and not request.htmx:  # type: ignore[attr-defined]
        content = reporting.read(evaluation=row, stamp=stamp)
        return _file(request, branch, content, kind=PDF, ending="pdf")
    return _pdf_page(request, branch, row, state=state, stamp=stamp)


def _pdf_page(
    request: ViewerRequest,
    branch: Branch,
    row: Evaluation,
    *,
    state: str,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    back = reverse("evaluation:report", args=[branch.slug, row.pk])
    return page(
        request,
        branch,
        "evaluation/result/pdf.html",
        {"evaluation": row, "state": str(state), "report_url": back, **more},
        status=status,
        more=[(_("Report"), back)],
    )


def _stamp(request: ViewerRequest, row: Evaluation, found: Report) -> str:
    return reporting.stamp_of(
        row, found, language=get_language() or "nl", today=request.viewer.today
    )


def _file(
    request: ViewerRequest, branch: Branch, content: bytes, *, kind: str, ending: str
) -> HttpResponse:
    what = _("evaluation")
    name = f"{what}-{branch.slug}-{request.viewer.today.isoformat()}.{ending}"
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
