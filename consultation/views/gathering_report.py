"""The report of a gathering: page, Word and PDF, sending it, and what everybody may read of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.gate import ViewerRequest, branch_page, check, may
from branches.models import Branch
from branches.views.invitation import token_page
from consultation.links import read_report, report_address
from consultation.models import Gathering
from consultation.printing import docx, pdf
from consultation.printing.page import report_context
from consultation.queries.gathering_report import report_of
from consultation.services import reports as services
from consultation.services.report_imports import was_imported
from consultation.views.gatherings import TAB, get_gathering, trail_of
from consultation.views.loading import page
from consultation.views.public_pages import public_context
from core.concurrency import Stale
from core.pages import FORM_METHODS
from core.paper.docx import CONTENT_TYPE as WORD
from core.paper.pdf import CONTENT_TYPE as PDF
from core.paper.pdf import can_draw
from core.public_pages import draw, language_of
from core.refusal import Refused
from process.forms.meetings import RevisionForm

FOLLOW_UP = "vervolg"


@require_safe
@branch_page("consultation.view_input")
def report(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show the report; with ``?vervolg`` what became of each point (R93)."""
    row = _readable(request, branch, pk)
    follows = FOLLOW_UP in request.GET
    may_work = may(request.viewer, "consultation.work", branch)
    context = report_context(report_of(row, with_measures=follows)) | {
        "follows": follows,
        "may_work": may_work,
        "may_read": may(request.viewer, "consultation.view_contributions", branch),
        "imported": may_work and was_imported(row),
        "shared_url": report_address(row),
    }
    return page(
        request,
        branch,
        "consultation/report/report.html",
        context,
        tab=TAB,
        more=trail_of(branch, row),
    )


@require_safe
@branch_page("consultation.view_input")
def report_docx(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Give the report as a Word document."""
    row = _readable(request, branch, pk)
    return _file(row, docx.as_docx(report_of(row)), kind=WORD, ending="docx")


@require_safe
@branch_page("consultation.view_input")
def report_pdf(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Give the report as a PDF; where that cannot be drawn, say how to print the page."""
    row = _readable(request, branch, pk)
    found = report_of(row)
    if not pdf.fits(found) or not can_draw():
        messages.warning(
            request,
            _(
                "A PDF cannot be made here. Print this page from your browser, or take the Word "
                "file."
            ),
        )
        return redirect("consultation:report", branch.slug, row.pk)
    return _file(row, pdf.as_pdf(found), kind=PDF, ending="pdf")


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def report_send(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show who gets the report, and send it."""
    row = get_gathering(request, branch, pk)
    back = reverse("consultation:report", args=[branch.slug, row.pk])
    form = RevisionForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            count = services.send(
                gathering=row,
                revision=form.cleaned_data["revision"],
                by=request.user,
                today=request.viewer.today,
            )
        except Stale:
            messages.warning(request, _("Somebody else changed this just now. Look again."))
            return redirect("consultation:report_send", branch.slug, row.pk)
        except Refused as refused:
            messages.error(request, refused.sentence)
        else:
            messages.success(
                request,
                ngettext(
                    "The report is on its way to %(count)s person.",
                    "The report is on its way to %(count)s people.",
                    count,
                )
                % {"count": count}
                if count
                else _("Nobody new to send it to. Who leaves an address now gets it at once."),
            )
        return redirect(back)
    context: dict[str, Any] = {
        "gathering": row,
        "addressees": services.addressees(row),
        "form": RevisionForm(initial={"revision": row.revision}),
        "shared_url": report_address(row),
        "back": back,
    }
    return page(
        request,
        branch,
        "consultation/report/send.html",
        context,
        tab=TAB,
        more=[*trail_of(branch, row), (_("Report"), back)],
    )


@require_POST
@branch_page("consultation.work")
def report_publish(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Let everybody with the address read the report, or no longer."""
    row = get_gathering(request, branch, pk)
    form = RevisionForm(request.POST)
    if form.is_valid():
        public = request.POST.get("public") == "yes"
        try:
            services.set_public(
                gathering=row,
                public=public,
                revision=form.cleaned_data["revision"],
                by=request.user,
                today=request.viewer.today,
            )
        except Stale:
            messages.warning(request, _("Somebody else changed this just now. Look again."))
        else:
            messages.success(
                request,
                _("Everybody with the address can read the report now.")
                if public
                else _("The report is no longer public. Who got it by mail can still read it."),
            )
    return redirect("consultation:report", branch.slug, row.pk)


@require_safe
@token_page
@login_not_required
def shared_report(request: HttpRequest, token: str) -> HttpResponse:
    """Show the report to who got its address: no names, no cookie, in no search engine."""
    rows = Gathering.objects.filter(consultation__branch__closed_on=None).select_related(
        "meeting", "consultation__branch", "consultation__timeline__election"
    )
    row = get_object_or_404(rows, pk=read_report(token))
    if row.report_sent_on is None and row.report_public_since is None:
        raise Http404
    language = language_of(request)
    with translation.override(language):
        context = report_context(report_of(row)) | public_context(row.consultation)
        context["follows"] = context["report"].settled > 0
        return draw(request, "consultation/report/shared.html", context, language=language)


def _readable(request: ViewerRequest, branch: Branch, pk: int) -> Gathering:
    """Return a gathering whose report this viewer may read.

    What is still being written holds post-its as they came in: it is for who may read these. Once
    it is sent or public, everybody of the branch and the national office may.
    """
    row = get_gathering(request, branch, pk)
    if row.report_sent_on is None and row.report_public_since is None:
        check(request.viewer, "consultation.view_contributions", branch)
    return row


def _file(row: Gathering, content: bytes, *, kind: str, ending: str) -> HttpResponse:
    # The tool that finds texts does not look into the braces of an f-string.
    report = _("report")
    name = f"{report}-{slugify(row.meeting.title)[:60] or row.pk}.{ending}"
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
