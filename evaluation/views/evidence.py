"""Evidence of a promise: added, taken away, and its file handed over."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from core.pages import UNPROCESSABLE
from core.refusal import Refused
from core.uploads import CONTENT_TYPES, kind_of_name
from evaluation.forms.judging import EvidenceForm
from evaluation.models import Evidence, PledgeEvidence
from evaluation.services import evidence as services
from evaluation.services.judging import add_shown
from evaluation.views.loading import get_promise
from evaluation.views.promises import promise_page


@require_POST
@branch_page("evaluation.manage")
def evidence_add(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Add a link, a file or a note."""
    row = get_promise(request, branch, pk)
    form = EvidenceForm(request.POST, request.FILES, auto_id="evidence_%s")
    if form.is_valid():
        try:
            add_shown(promise=row, shown=form.shown, by=request.user, today=request.viewer.today)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("Added. Thank you: now everybody can see it."))
            return redirect(f"{_address(branch, row.pk)}#evidence")
    return promise_page(request, branch, row, evidence=form, status=UNPROCESSABLE)


@require_POST
@branch_page("evaluation.manage")
def evidence_remove(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Take evidence away."""
    row = _get(request, branch, pk)
    services.remove(evidence=row, by=request.user, today=request.viewer.today)
    messages.success(request, _("Taken away: “%(title)s”.") % {"title": row.title})
    return redirect(f"{_address(branch, row.promise_id)}#evidence")


@require_safe
@branch_page("evaluation.view_evaluation")
def evidence_file(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Hand over the file: always as a download, never shown inside the product."""
    row = _get(request, branch, pk)
    if not row.file:
        raise Http404
    return file_response(row)


def file_response(row: Evidence | PledgeEvidence) -> HttpResponse:
    """Return a stored file as a download.

    Raises:
        Http404: it is not on the disk any more.
    """
    try:
        with row.file.open("rb") as stored:
            content = stored.read()
        content_type = CONTENT_TYPES[kind_of_name(row.file.name)]
    except (FileNotFoundError, ValueError) as gone:
        raise Http404 from gone
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=row.file_name
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def _get(request: ViewerRequest, branch: Branch, pk: int) -> Evidence:
    rows = Evidence.objects.for_viewer(request.viewer).filter(promise__evaluation__branch=branch)
    return get_object_or_404(rows.select_related("promise"), pk=pk)


def _address(branch: Branch, pk: int) -> str:
    return reverse("evaluation:promise", args=[branch.slug, pk])
