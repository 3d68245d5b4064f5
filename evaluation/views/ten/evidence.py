"""Documents, photos and links of a pledge: added, taken away, and files handed over."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from core.pages import UNPROCESSABLE
from core.refusal import Refused
from evaluation.forms.ten.pledge import PledgeDocumentForm
from evaluation.models import PledgeEvidence
from evaluation.services.ten import evidence as services
from evaluation.views.evidence import file_response
from evaluation.views.ten.delivering import evidence_to_deliver, pledge_to_deliver
from evaluation.views.ten.pledge import pledge_page, pledge_url


@require_POST
@branch_page("evaluation.view_ten")
def pledge_evidence_add(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Add a council document, a link or a file."""
    row = pledge_to_deliver(request, branch, pk)
    form = PledgeDocumentForm(request.POST, request.FILES, auto_id="document_%s")
    if form.is_valid():
        try:
            services.add(pledge=row, shown=form.shown, by=request.user, today=request.viewer.today)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("Added. Thank you."))
            return redirect(pledge_url(branch, row, "#documents"))
    return pledge_page(request, branch, row, document=form, status=UNPROCESSABLE)


@require_POST
@branch_page("evaluation.view_ten")
def pledge_evidence_remove(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Take a document or a photo away, with its file."""
    row = evidence_to_deliver(request, branch, pk)
    services.remove(evidence=row, by=request.user, today=request.viewer.today)
    messages.success(request, _("Taken away: “%(title)s”.") % {"title": row.title})
    return redirect(pledge_url(branch, row.pledge, "#documents"))


@require_safe
@branch_page("evaluation.view_ten")
def pledge_evidence_file(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Hand over the file: always as a download, never as a page inside the product."""
    rows = PledgeEvidence.objects.for_viewer(request.viewer).filter(pledge__top_ten__branch=branch)
    row = get_object_or_404(rows, pk=pk)
    if not row.file:
        raise Http404
    return file_response(row)
