"""The post: what would have been mailed, as it was sent, harmless whatever it holds."""

from __future__ import annotations

from itertools import groupby

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_update
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from demo import mail_reading, queries
from demo.models import DemoMail
from demo.views.gate import demo_page

PAGE_SIZE = 40
_LONGEST_SEARCH = 100
_LONGEST_ADDRESS = 254


@demo_page
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """Every mail of the demonstration, newest first."""
    words = request.GET.get("q", "").strip()[:_LONGEST_SEARCH]
    to = request.GET.get("aan", "").strip()[:_LONGEST_ADDRESS]
    readers = queries.readers()
    names = {reader.address: reader.name for reader in readers}
    pages = Paginator(queries.mails(words=words, to=to), PAGE_SIZE)
    page = pages.get_page(request.GET.get("page"))
    days = [
        (day, [(mail, names.get(mail.recipients, mail.recipients)) for mail in rows])
        for day, rows in groupby(page, key=lambda mail: mail.day)
    ]
    query = urlencode({"q": words, "aan": to})
    return render(
        request,
        "demo/mailbox.html",
        {
            "page": page,
            "days": days,
            "words": words,
            "to": to,
            "readers": readers,
            "query": f"{query}&",
        },
    )


@demo_page
@require_safe
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # its types know no arguments
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail: its HTML in a box of its own, its links and files, its text, its headers."""
    row = get_object_or_404(DemoMail, pk=pk)
    return render(
        request,
        "demo/mail.html",
        {
            "mail": row,
            "trail": [(_("Post"), reverse("demo:mailbox"))],
            "files": mail_reading.attachments(bytes(row.raw)),
            "links": mail_reading.links(row.html),
            "stop": mail_reading.stop_address(row.headers),
        },
    )


@demo_page
@require_safe
def mail_file(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One file of a mail, to save: whatever it is, nothing opens it here."""
    del request
    found = mail_reading.attachment(bytes(get_object_or_404(DemoMail, pk=pk).raw), number)
    if found is None:
        raise Http404
    name, content = found
    calendar = name.lower().endswith(".ics")
    kind = "text/calendar; charset=utf-8" if calendar else "application/octet-stream"
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": content_disposition_header(True, name) or "attachment"},
    )


@demo_page
@require_safe
@xframe_options_sameorigin
@csp(  # type: ignore[arg-type]  # as above
    {
        # A document without origin, scripts, forms, fonts, requests: only its own looks.
        "default-src": [NONE],
        "style-src": [UNSAFE_INLINE],
        "img-src": ["data:"],
        "form-action": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
        "sandbox": True,
    }
)
def mail_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML part as it was sent, for the frame on the mail's page."""
    del request
    row = get_object_or_404(DemoMail, pk=pk)
    if not row.html:
        raise Http404
    return HttpResponse(row.html)
