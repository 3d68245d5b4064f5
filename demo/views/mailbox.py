"""The post: what would have been mailed, harmless whatever it holds."""

from __future__ import annotations

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_update
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from demo import queries
from demo.models import DemoMail
from demo.views.gate import demo_page

PAGE_SIZE = 40
_LONGEST_SEARCH = 100


@demo_page
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """Every mail of the demonstration, newest first."""
    words = request.GET.get("q", "").strip()[:_LONGEST_SEARCH]
    pages = Paginator(queries.mails(words=words), PAGE_SIZE)
    page = pages.get_page(request.GET.get("page"))
    return render(request, "demo/mailbox.html", {"page": page, "words": words})


@demo_page
@require_safe
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # its types know no arguments
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail: its text with links, its HTML in a box of its own, its headers."""
    trail = [(_("Post"), reverse("demo:mailbox"))]
    return render(
        request, "demo/mail.html", {"mail": get_object_or_404(DemoMail, pk=pk), "trail": trail}
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
