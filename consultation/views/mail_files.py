"""Files of mail on their way in, and files that came with contributions on their way out."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from branches.gate import ViewerRequest, branch_page
from branches.models import Branch
from consultation.enums import UploadState
from consultation.forms.mailbox import MailFilesForm
from consultation.models import Attachment, MailUpload
from consultation.queries.mails import brought
from consultation.services.mail_uploads import bring
from consultation.views.loading import get_consultation, page
from core.kinds import CONTENT_TYPES
from core.pages import FORM_METHODS, UNPROCESSABLE
from core.refusal import Refused
from core.uploads import kind_of_name

EARLIER: Final = 10
_UNKNOWN: Final = "application/octet-stream"


@require_http_methods(FORM_METHODS)
@branch_page("consultation.work")
def mail_upload(request: ViewerRequest, branch: Branch) -> HttpResponse:
    """Take in files of mail."""
    consultation = get_consultation(request, branch)
    is_sent = request.method == "POST"
    form = MailFilesForm(request.POST, request.FILES) if is_sent else MailFilesForm()
    if form.is_valid():
        try:
            row = bring(
                consultation=consultation,
                files=form.cleaned_data["mails"],
                by=request.user,
                today=request.viewer.today,
                now=timezone.now(),
            )
        except Refused as refused:
            form.add_error("mails", refused.sentence)
        else:
            return redirect("consultation:mail_uploaded", branch.slug, row.pk)
    context = {"form": form, "earlier": brought(consultation, most=EARLIER)}
    return page(
        request,
        branch,
        "consultation/mail_upload.html",
        context,
        tab="channels",
        more=[_mailbox(branch)],
        status=UNPROCESSABLE if form.is_bound else 200,
    )


@require_safe
@branch_page("consultation.work")
def mail_uploaded(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Show how far files of mail are, and what came of them."""
    rows = MailUpload.objects.for_viewer(request.viewer).filter(consultation__branch=branch)
    row = get_object_or_404(rows.select_related("uploaded_by"), pk=pk)
    refused = row.done - row.new - row.double - row.aside
    context = {
        "upload": row,
        "reading": row.state == UploadState.READING,
        "refused": refused,
        "unnamed": max(0, refused - len(row.refused)),
    }
    return page(
        request,
        branch,
        "consultation/mail_uploaded.html",
        context,
        tab="channels",
        more=[
            _mailbox(branch),
            (_("Files of mail"), reverse("consultation:mail_upload", args=[branch.slug])),
        ],
    )


@require_safe
@branch_page("consultation.view_contributions")
def attachment(request: ViewerRequest, branch: Branch, pk: int) -> HttpResponse:
    """Hand over a file that came with a contribution: always as a download, never shown here."""
    rows = Attachment.objects.for_viewer(request.viewer).filter(
        contribution__consultation__branch=branch
    )
    row = get_object_or_404(rows, pk=pk)
    if not row.file:
        raise Http404
    try:
        with row.file.open("rb") as stored:
            content = stored.read()
    except FileNotFoundError as gone:
        raise Http404 from gone
    answer = HttpResponse(content, content_type=_content_type(str(row.file.name)))
    name = row.file_name or f"bestand{PurePosixPath(str(row.file.name)).suffix}"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _content_type(stored: str) -> str:
    try:
        return CONTENT_TYPES[kind_of_name(stored)]
    except ValueError:
        return _UNKNOWN  # a mail as it came


def _mailbox(branch: Branch) -> tuple[str, str]:
    return _("Mailbox"), reverse("consultation:mailbox", args=[branch.slug])
