"""A report that was written elsewhere comes in: chosen, looked at, stored; and taken back."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from consultation.forms.reports import ReportFileForm, ReportSaveForm
from consultation.report_words import remark_of, why_words
from consultation.rules.report_parts import SessionReport
from consultation.rules.session_report import read_report
from consultation.services import report_imports as services
from consultation.views.gatherings import TAB, get_gathering, trail_of
from consultation.views.loading import get_consultation, page, sent
from core.pages import CONFLICT, FORM_METHODS, UNPROCESSABLE
from core.refusal import Refused
from core.uploads import Document
from programmes.reading.errors import Unreadable
from programmes.reading.sandbox import read_safely
from programmes.rules.blocks import Block, dump, load

LONGEST: Final = 400_000
"""Characters of a report; what is longer is no report of one gathering."""

_SALT: Final = "consultation.report_import"
_KEPT: Final = 24 * 3600
"""Seconds that a preview may lie open before it is stored."""


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def report_import(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Choose a file, look at what was found in it, and store that."""
    get_consultation(request, branch)
    if "report" in request.POST:
        return _save(request, branch)
    form = ReportFileForm(sent(request), request.FILES or None)
    status = UNPROCESSABLE if form.is_bound else 200
    if form.is_valid():
        document: Document = form.cleaned_data["file"]
        try:
            blocks = _read(document)
        except Unreadable as unreadable:
            form.add_error("file", unreadable.sentence)
        except Refused as refused:
            form.add_error("file", refused.sentence)
        else:
            name = document.name.rpartition(".")[0]
            report = read_report(blocks, today=request.viewer.today, name=name)
            return _preview(request, branch, report, _signed(branch, name, blocks))
    return page(
        request,
        branch,
        "consultation/report/import.html",
        {"form": form, "back": reverse("consultation:gatherings", args=[branch.slug])},
        tab=TAB,
        status=status,
        more=trail_of(branch),
    )


@require_POST
@branch_page("consultation.work")
def report_undo(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Take a report that was brought in away again."""
    row = get_gathering(request, branch, pk)
    try:
        services.take_back(gathering=row, by=request.user, today=request.viewer.today)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("consultation:report", branch.slug, pk)
    messages.success(request, _("The report is taken away again, with its points."))
    return redirect("consultation:gatherings", branch.slug)


def _save(request: ViewerRequest, branch: Branch) -> HttpResponse:
    form = ReportSaveForm(request.POST)
    report = _unsigned(branch, request.POST.get("report", ""), today=request.viewer.today)
    if report is None:
        messages.warning(
            request, _("This preview is too old or was changed. Choose the file again.")
        )
        return redirect("consultation:report_import", branch.slug)
    status = UNPROCESSABLE
    if form.is_valid():
        try:
            row = services.bring_in(
                consultation=get_consultation(request, branch),
                report=report,
                title=form.cleaned_data["title"],
                day=form.cleaned_data["day"],
                contact=form.cleaned_data["contact"],
                by=request.user,
                today=request.viewer.today,
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = CONFLICT
        else:
            messages.success(
                request, _("The report is in. Its points stand among everything that came in.")
            )
            return redirect("consultation:report", branch.slug, row.pk)
    return _preview_page(request, branch, report, form, status=status)


def _preview(
    request: ViewerRequest, branch: Branch, report: SessionReport, signed: str
) -> HttpResponse:
    days = [report.day.day] if report.day.day else list(report.day.possible)
    form = ReportSaveForm(
        initial={
            "title": report.title.text[:120],
            "day": days[0] if len(days) == 1 else None,
            "contact": report.contact,
            "report": signed,
        }
    )
    return _preview_page(request, branch, report, form)


def _preview_page(
    request: ViewerRequest,
    branch: Branch,
    report: SessionReport,
    form: ReportSaveForm,
    *,
    status: int = 200,
) -> HttpResponse:
    sessions: list[dict[str, Any]] = []
    for session in report.sessions:
        groups = [
            {"title": "", "points": [p for p in session.points if p.subtheme is None]},
            *(
                {"title": passage.text, "points": [p for p in session.points if p.subtheme == at]}
                for at, passage in enumerate(session.subthemes)
            ),
        ]
        sessions.append(
            {"found": session, "groups": [one for one in groups if one["title"] or one["points"]]}
        )
    context = {
        "form": form,
        "found": report,
        "sessions": sessions,
        "day_remark": remark_of(report.day),
        "left_out": [(one.passage.text, why_words(one.why)) for one in report.left_out],
        "again": reverse("consultation:report_import", args=[branch.slug]),
    }
    return page(
        request,
        branch,
        "consultation/report/import_preview.html",
        context,
        tab=TAB,
        status=status,
        more=trail_of(branch),
    )


def _read(document: Document) -> list[Block]:
    """Return the blocks of a file.

    Raises:
        Unreadable: it cannot be read, and why.
        Refused: it is far too long for a report.
    """
    blocks = read_safely(document.file.read(), document.kind)
    if sum(len(block.text) for block in blocks) > LONGEST:
        raise Refused(
            _("This is far more than a report of one gathering. Split it up, or choose another.")
        )
    return blocks


def _signed(branch: Branch, name: str, blocks: list[Block]) -> str:
    content = {"branch": branch.pk, "name": name, "blocks": [dump(block) for block in blocks]}
    return signing.dumps(content, salt=_SALT, compress=True)


def _unsigned(branch: Branch, signed: str, *, today: date) -> SessionReport | None:
    """Return the report that was looked at; None: made up, of another branch, or too old."""
    try:
        content: dict[str, Any] = signing.loads(signed, salt=_SALT, max_age=_KEPT)
    except signing.BadSignature:
        return None
    if content["branch"] != branch.pk:
        return None
    blocks = [load(row) for row in content["blocks"]]
    return read_report(blocks, today=today, name=content["name"])
