"""The monthly reports for the party board: the list, one of them, its PDF, and the remark."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.gate import ViewerRequest
from core.concurrency import Stale, conflict_page, fill_again
from core.pages import FORM_METHODS, UNPROCESSABLE
from core.paper.pdf import CONTENT_TYPE as PDF
from core.paper.pdf import can_draw
from core.refusal import Refused
from monitor import report_words
from monitor.forms.figures import RemarkForm
from monitor.gate import national_page
from monitor.models import MonthlyReport
from monitor.queries import national
from monitor.rules.report import last_of_month, month_before
from monitor.services import reports as services
from process.models import Election

_NO_PDF_HERE = 503


@require_safe
@national_page("monitor.view")
def reports(request: ViewerRequest) -> HttpResponse:
    """Show all reports, the newest first, and what can be made now."""
    rows = list(MonthlyReport.objects.select_related("election", "taken_by").defer("figures"))
    month, election = _last_month(today=request.viewer.today)
    is_there = any(
        row.month == month and election is not None and row.election_id == election.pk
        for row in rows
    )
    context = {
        "section": "figures",
        "tab": "reports",
        "rows": [(row, report_words.month_words(row.month)) for row in rows],
        "election": election,
        "month": report_words.month_words(month),
        "can_make": election is not None and not is_there,
    }
    return render(request, "monitor/reports.html", context)


@require_safe
@national_page("monitor.view")
def report(request: ViewerRequest, pk: int) -> HttpResponse:
    """Show one report: words, figures, and what is different from the month before."""
    row = _get(pk)
    return _page(request, row, form=RemarkForm.of(row))


@require_safe
@national_page("monitor.view")
def report_pdf(request: ViewerRequest, pk: int) -> HttpResponse:
    """Give the report as a PDF, drawn while somebody waits: it is two pages."""
    row = _get(pk)
    if not can_draw():
        return _page(request, row, form=RemarkForm.of(row), status=_NO_PDF_HERE, no_pdf=True)
    name = f"{_('monthly-report')}-{row.election.slug}-{row.month:%Y-%m}.pdf"
    return HttpResponse(
        report_words.as_pdf(row, _before(row)),
        content_type=PDF,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_POST
@national_page("monitor.report")
def report_make(request: ViewerRequest) -> HttpResponse:
    """Take the report of last month; the one that is there already is shown."""
    today = request.viewer.today
    month, election = _last_month(today=today)
    if election is None:
        messages.error(request, _("There is no election that branches are on their way to."))
        return redirect("monitor:reports")
    try:
        row, made = services.take(election=election, month=month, by=request.user, today=today)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("monitor:reports")
    messages.success(
        request,
        _("The report is made. Its figures stay as they are.")
        if made
        else _("This report was there already; here it is."),
    )
    return redirect("monitor:report", row.pk)


@require_http_methods(FORM_METHODS)
@national_page("monitor.report")
def report_remark(request: ViewerRequest, pk: int) -> HttpResponse:
    """Write what the office says with the figures."""
    row = _get(pk)
    if request.method != "POST":
        return redirect("monitor:report", row.pk)
    form = RemarkForm.of(row, request.POST)
    if not form.is_valid():
        return _page(request, row, form=form, status=UNPROCESSABLE)
    try:
        services.write_remark(
            report=row,
            remark=form.cleaned_data["remark"],
            by=request.user,
            today=request.viewer.today,
            revision=form.cleaned_data["revision"],
        )
    except Stale as stale:
        fill_again(form, revision=stale.revision)
        back = reverse("monitor:report", args=[row.pk])
        return conflict_page(request, stale, back=back, form=form, section="figures")
    messages.success(request, _("The remark stands with the report."))
    return redirect("monitor:report", row.pk)


def _last_month(*, today: date) -> tuple[date, Election | None]:
    """Return the month that can be reported on now, and the election that it is about."""
    month = month_before(today)
    return month, national.current_election(national.elections(), today=last_of_month(month))


def _get(pk: int) -> MonthlyReport:
    return get_object_or_404(MonthlyReport.objects.select_related("election", "taken_by"), pk=pk)


def _before(row: MonthlyReport) -> MonthlyReport | None:
    return MonthlyReport.objects.filter(
        election=row.election_id, month=month_before(row.month)
    ).first()


def _page(
    request: ViewerRequest,
    row: MonthlyReport,
    *,
    form: RemarkForm,
    status: int = 200,
    no_pdf: bool = False,
) -> HttpResponse:
    context: dict[str, Any] = {
        "section": "figures",
        "tab": "reports",
        "form": form,
        "no_pdf": no_pdf,
        "trail": [(_("Monthly reports"), reverse("monitor:reports"))],
        **report_words.context_of(row, _before(row)),
    }
    return render(request, "monitor/report.html", context, status=status)
